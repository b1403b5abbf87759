//! The protocol's calls, one function each.

use crate::reply::Reply;
use crate::tls::{self, ClientPem, ServerProof};
use crate::{Config, Failure};
use collection::PictureHash;
use protocol::{
    ChangePage, EnrolReply, EnrolRequest, HEADER, JournalBatch, JournalReply, MAX_PAGE_BYTES,
    MAX_PICTURE_BYTES, MAX_REPLY_BYTES, Misread, UPLOAD_CHUNK_BYTES, UPLOAD_LENGTH, UPLOAD_OFFSET, VERSION,
    path,
};
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderValue};
use reqwest::redirect::Policy;
use reqwest::{StatusCode, Url};
use serde::Serialize;
use std::sync::{Mutex, PoisonError};
use store::{Identity, ServerTime};

/// A connection to the server.
pub(crate) struct Client {
    http: reqwest::Client,
    base: Url,
    proof: ServerProof,
    time: Mutex<Option<ServerTime>>,
}

/// The server's reply to the next bytes of a picture.
pub(crate) enum Upload {
    /// It has this many bytes. Even all of them may not be finished: the server may have stopped before it verified the hash.
    At(u64),
    /// It verified the hash and keeps the picture.
    Whole,
    /// It does not expect this picture.
    Unexpected,
}

impl Client {
    /// A kiosk that is a device.
    pub fn device(identity: &Identity, config: &Config) -> Result<Client, Failure> {
        let client = ClientPem { certificate: &identity.certificate_pem, key: &identity.tls_key_pem };
        Client::new(&identity.server_url, &identity.ca_pem, Some(&client), config)
    }

    /// A kiosk that is not one yet, or is one with this certificate.
    pub fn new(
        server_url: &str,
        ca_pem: &str,
        client: Option<&ClientPem<'_>>,
        config: &Config,
    ) -> Result<Client, Failure> {
        let base = Url::parse(server_url)
            .ok()
            .filter(|u| u.scheme() == "https" && u.has_host() && u.path() == "/" && u.query().is_none())
            .ok_or_else(|| Failure::Identity(format!("{server_url} is not https://host:port")))?;
        let mut headers = HeaderMap::new();
        headers.insert(HEADER, HeaderValue::from_static(VERSION));
        let proof = ServerProof::default();
        // HTTP/1.1: calls go one after another, and a TLS alert stays visible in the error.
        let http = reqwest::Client::builder()
            .tls_backend_preconfigured(tls::config(ca_pem, client, &proof)?)
            .default_headers(headers)
            .http1_only()
            .https_only(true)
            .no_proxy()
            .redirect(Policy::none())
            .referer(false)
            .connect_timeout(config.connect_timeout)
            .timeout(config.request_timeout)
            .build()
            .map_err(|e| Failure::Identity(e.to_string()))?;
        Ok(Client { http, base, proof, time: Mutex::new(None) })
    }

    /// The server's time in its last reply.
    pub fn server_time(&self) -> Option<ServerTime> {
        *self.time.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub async fn enrol(&self, request: &EnrolRequest) -> Result<EnrolReply, Failure> {
        let reply = self.post(path::ENROL, request).await?;
        Ok(protocol::read(&reply.body, MAX_REPLY_BYTES)?)
    }

    pub async fn changes(&self, epoch: &str, cursor: u64) -> Result<(ChangePage, Vec<Misread>), Failure> {
        let mut url = self.url(path::CHANGES);
        url.query_pairs_mut().append_pair("cursor", &cursor.to_string()).append_pair("epoch", epoch);
        let reply = self.take(self.http.get(url), MAX_PAGE_BYTES).await?.good()?;
        Ok(ChangePage::parse(&reply.body)?)
    }

    pub async fn journal(&self, batch: &JournalBatch) -> Result<JournalReply, Failure> {
        let reply = self.post(path::JOURNAL, batch).await?;
        Ok(protocol::read(&reply.body, MAX_REPLY_BYTES)?)
    }

    /// How much of a picture the server has.
    pub async fn picture_offset(&self, hash: PictureHash) -> Result<Upload, Failure> {
        let reply = self.take(self.http.head(self.picture_url(hash)), MAX_REPLY_BYTES).await?;
        if reply.status == StatusCode::NOT_FOUND {
            return Ok(Upload::Unexpected);
        }
        progress(&reply.good()?)
    }

    /// Sends the next bytes of a picture from `offset`, at most [`UPLOAD_CHUNK_BYTES`]; none where all are there already, which
    /// asks the server to finish. When the server is at another offset (409) or discarded bytes that do not match the hash
    /// (422), it says where to continue.
    pub async fn send_picture(
        &self,
        hash: PictureHash,
        all: &[u8],
        offset: usize,
    ) -> Result<Upload, Failure> {
        let rest = all.get(offset..).unwrap_or_default();
        let chunk = &rest[..rest.len().min(UPLOAD_CHUNK_BYTES)];
        let request = self
            .http
            .patch(self.picture_url(hash))
            .header(UPLOAD_OFFSET, offset)
            .header(UPLOAD_LENGTH, all.len())
            .header(CONTENT_TYPE, "application/offset+octet-stream")
            .body(chunk.to_vec());
        let reply = self.take(request, MAX_REPLY_BYTES).await?;
        match reply.status {
            StatusCode::NOT_FOUND => Ok(Upload::Unexpected),
            StatusCode::CONFLICT | StatusCode::UNPROCESSABLE_ENTITY => {
                Ok(Upload::At(reply.number(UPLOAD_OFFSET).unwrap_or(0)))
            }
            _ => progress(&reply.good()?),
        }
    }

    /// An admission photo; `None` when the server does not have it.
    pub async fn picture(&self, hash: PictureHash) -> Result<Option<Vec<u8>>, Failure> {
        let reply = self.take(self.http.get(self.picture_url(hash)), MAX_PICTURE_BYTES).await?;
        if reply.status == StatusCode::NOT_FOUND {
            return Ok(None);
        }
        Ok(Some(reply.good()?.body))
    }

    async fn post<T: Serialize>(&self, path: &str, body: &T) -> Result<Reply, Failure> {
        self.take(self.http.post(self.url(path)).json(body), MAX_REPLY_BYTES).await?.good()
    }

    async fn take(&self, request: reqwest::RequestBuilder, limit: usize) -> Result<Reply, Failure> {
        let reply = Reply::of(request, limit, &self.proof).await?;
        if let Some(time) = reply.server_time() {
            *self.time.lock().unwrap_or_else(PoisonError::into_inner) = Some(time);
        }
        Ok(reply)
    }

    fn url(&self, path: &str) -> Url {
        let mut url = self.base.clone();
        url.set_path(path);
        url
    }

    fn picture_url(&self, hash: PictureHash) -> Url {
        self.url(&format!("{}/{hash}", path::PICTURES))
    }
}

/// The progress of an upload: finished only where the server says so with the length.
fn progress(reply: &Reply) -> Result<Upload, Failure> {
    let offset = reply.number(UPLOAD_OFFSET).ok_or_else(|| reply.fault())?;
    Ok(if reply.number(UPLOAD_LENGTH) == Some(offset) { Upload::Whole } else { Upload::At(offset) })
}
