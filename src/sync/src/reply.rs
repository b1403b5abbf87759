//! A valid reply: it has the protocol's header and is within its size limit.

use crate::Failure;
use crate::tls::ServerProof;
use protocol::{Fault, HEADER, MAX_REPLY_BYTES, SERVER_TIME, VERSION, WireError};
use reqwest::header::HeaderMap;
use reqwest::{RequestBuilder, Response, StatusCode};
use rustix::time::{ClockId, clock_gettime};
use sentences::{Code, codes};
use std::time::{SystemTime, UNIX_EPOCH};
use store::ServerTime;

/// Status, headers and body of a valid reply.
pub(crate) struct Reply {
    pub status: StatusCode,
    headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Reply {
    /// Sends the request and takes a reply of at most `limit` bytes. Statuses that no call handles become failures:
    /// 401 and 403 refuse this kiosk, 5xx, redirects, 423 and 429 are faults of the server.
    pub async fn of(request: RequestBuilder, limit: usize, proof: &ServerProof) -> Result<Reply, Failure> {
        let broken = |e: reqwest::Error| Failure::transport(&e, proof.is_given());
        let response = request.send().await.map_err(broken)?;
        match response.headers().get(HEADER).map(|v| String::from_utf8_lossy(v.as_bytes()).into_owned()) {
            Some(version) if version == VERSION => {}
            Some(other) => return Err(Failure::Version(other.chars().take(20).collect())),
            None => return Err(Failure::Stranger(format!("{} without our header", response.status()))),
        }
        let (status, headers) = (response.status(), response.headers().clone());
        let limit = if status.is_success() { limit } else { limit.min(MAX_REPLY_BYTES) };
        let reply = Reply { status, headers, body: body(response, limit, broken).await? };
        match status {
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => {
                Err(Failure::Refused { code: reply.code(codes::SERVER_DEVICE_REFUSED) })
            }
            s if s.is_server_error() || s.is_redirection() => Err(reply.fault()),
            StatusCode::TOO_MANY_REQUESTS | StatusCode::LOCKED => Err(reply.fault()),
            _ => Ok(reply),
        }
    }

    /// The reply if it is a success, else the fault that it is.
    pub fn good(self) -> Result<Reply, Failure> {
        if self.status.is_success() { Ok(self) } else { Err(self.fault()) }
    }

    /// A fault, for a status that the caller does not handle.
    pub fn fault(&self) -> Failure {
        let otherwise = match self.status {
            StatusCode::INSUFFICIENT_STORAGE => codes::SERVER_DISK_FULL,
            _ => codes::SERVER_OFFLINE_FAULT,
        };
        Failure::Fault { status: self.status.as_u16(), code: self.code(otherwise) }
    }

    /// A header with a number.
    pub fn number(&self, name: &str) -> Option<u64> {
        self.headers.get(name)?.to_str().ok()?.parse().ok()
    }

    /// The server's time, with this kiosk's clocks at the same moment.
    pub fn server_time(&self) -> Option<ServerTime> {
        let boot = clock_gettime(ClockId::Boottime);
        let millis = |n: i64| u64::try_from(n).unwrap_or(0);
        let kiosk = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Some(ServerTime {
            server_millis: self.number(SERVER_TIME)?,
            kiosk_millis: u64::try_from(kiosk.as_millis()).unwrap_or(u64::MAX),
            boot_millis: millis(boot.tv_sec) * 1000 + millis(boot.tv_nsec) / 1_000_000,
        })
    }

    /// The sentence that the server gave, or this one: a `HEAD` has no body, and another version of the server may have other
    /// sentences.
    fn code(&self, otherwise: Code) -> Code {
        let fault = protocol::read::<Fault>(&self.body, MAX_REPLY_BYTES);
        fault.ok().and_then(|f| Code::find(&f.code)).unwrap_or(otherwise)
    }
}

async fn body(
    mut response: Response,
    limit: usize,
    broken: impl Fn(reqwest::Error) -> Failure,
) -> Result<Vec<u8>, Failure> {
    let declared = response.content_length().and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
    if declared > limit {
        return Err(WireError::TooLarge { bytes: declared, limit }.into());
    }
    let mut body = Vec::with_capacity(declared);
    while let Some(chunk) = response.chunk().await.map_err(&broken)? {
        if body.len() + chunk.len() > limit {
            return Err(WireError::TooLarge { bytes: body.len() + chunk.len(), limit }.into());
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}
