//! A reply that counts: it has the protocol's header and is no longer than it may be.

use crate::Failure;
use protocol::{Fault, HEADER, MAX_REPLY_BYTES, SERVER_TIME, VERSION, WireError};
use reqwest::header::HeaderMap;
use reqwest::{RequestBuilder, Response, StatusCode};
use rustix::time::{ClockId, clock_gettime};
use std::time::{SystemTime, UNIX_EPOCH};
use store::ServerTime;

/// Status, headers and body of a reply that counts.
pub(crate) struct Reply {
    pub status: StatusCode,
    headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Reply {
    /// Sends the request and takes a reply of at most `limit` bytes. Statuses that a call has no use for become failures:
    /// 401 and 403 refuse this kiosk, 5xx and the like are the server's trouble.
    pub async fn of(request: RequestBuilder, limit: usize) -> Result<Reply, Failure> {
        let response = request.send().await.map_err(|e| Failure::transport(&e))?;
        match response.headers().get(HEADER).map(|v| String::from_utf8_lossy(v.as_bytes()).into_owned()) {
            Some(version) if version == VERSION => {}
            Some(other) => return Err(Failure::Version(other.chars().take(20).collect())),
            None => return Err(Failure::Stranger(format!("{} without our header", response.status()))),
        }
        let (status, headers) = (response.status(), response.headers().clone());
        let limit = if status.is_success() { limit } else { limit.min(MAX_REPLY_BYTES) };
        let reply = Reply { status, headers, body: body(response, limit).await? };
        match status {
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => {
                Err(Failure::Refused { code: reply.code("server.device.refused") })
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

    /// A fault, for a status that the caller has no use for.
    pub fn fault(&self) -> Failure {
        Failure::Fault { status: self.status.as_u16(), code: self.code("server.offline.fault") }
    }

    /// A header with a number.
    pub fn number(&self, name: &str) -> Option<u64> {
        self.headers.get(name)?.to_str().ok()?.parse().ok()
    }

    /// The server's time, beside our clocks' at the moment of asking.
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

    /// The sentence code that the server gave, or this one (a `HEAD` has no body).
    fn code(&self, otherwise: &str) -> String {
        let fault = protocol::read::<Fault>(&self.body, MAX_REPLY_BYTES);
        fault.map_or_else(|_| otherwise.to_owned(), |f| f.code.chars().take(60).collect())
    }
}

async fn body(mut response: Response, limit: usize) -> Result<Vec<u8>, Failure> {
    let declared = response.content_length().and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
    if declared > limit {
        return Err(WireError::TooLarge { bytes: declared, limit }.into());
    }
    let mut body = Vec::with_capacity(declared);
    while let Some(chunk) = response.chunk().await.map_err(|e| Failure::transport(&e))? {
        if body.len() + chunk.len() > limit {
            return Err(WireError::TooLarge { bytes: body.len() + chunk.len(), limit }.into());
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}
