//! `[console]`: the port that browsers talk to.

use super::address::address;
use super::session_length::SESSION_LENGTH;
use ::config::Section;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

/// Where browsers reach the console.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsolePort {
    /// Address and port; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Certificate for browsers; without one the console answers on loopback only.
    pub tls: Option<TlsFiles>,
    /// How long a session lives without signing in again.
    pub session: Duration,
}

/// A certificate chain and its key, both PEM.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TlsFiles {
    /// Chain, the server's certificate first.
    pub certificate: PathBuf,
    /// Private key.
    pub key: PathBuf,
}

impl ConsolePort {
    pub(super) fn take(s: &mut Section<'_>) -> ConsolePort {
        let listen = address(s, "listen");
        let tls = tls(s);
        if tls.is_none() && !listen.ip().is_loopback() {
            let reason = "without tls_certificate only a loopback address is allowed: passwords would be readable on the way";
            s.report("listen", reason);
        }
        let hours: Option<u64> = s.number("session_hours", 1..=24);
        let session = hours.map_or(SESSION_LENGTH, |hours| Duration::from_secs(hours * 3600));
        ConsolePort { listen, tls, session }
    }
}

fn tls(s: &mut Section<'_>) -> Option<TlsFiles> {
    match (s.path("tls_certificate"), s.path("tls_key")) {
        (Some(certificate), Some(key)) => Some(TlsFiles { certificate, key }),
        (None, None) => None,
        (Some(_), None) => {
            s.report("tls_key", "is missing, although there is a tls_certificate");
            None
        }
        (None, Some(_)) => {
            s.report("tls_certificate", "is missing, although there is a tls_key");
            None
        }
    }
}
