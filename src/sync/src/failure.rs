//! Why a call to the server did not count.

use protocol::WireError;
use rustls::{AlertDescription, CertificateError};
use std::error::Error;
use std::io;
use store::StoreError;

/// A call that did not count.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// No connection, or it broke.
    #[error("the server cannot be reached: {0}")]
    Unreachable(String),
    /// No whole reply in time.
    #[error("the server did not answer in time")]
    Timeout,
    /// Somebody else answered: a certificate that our CA does not vouch for, or a reply without the protocol's header
    /// (a captive portal, a proxy).
    #[error("somebody else answered: {0}")]
    Stranger(String),
    /// The server speaks another version.
    #[error("the server speaks version {0} of the protocol")]
    Version(String),
    /// The server does not accept this kiosk.
    #[error("the server refuses this kiosk: {code}")]
    Refused {
        /// Sentence code of the reason.
        code: String,
    },
    /// The server answered that it cannot.
    #[error("the server answered {status} {code}")]
    Fault {
        /// HTTP status.
        status: u16,
        /// Sentence code it gave, or nothing.
        code: String,
    },
    /// The server's answer is not of the expected form.
    #[error("the server's answer: {0}")]
    Form(#[from] WireError),
    /// The store could not be read or written.
    #[error("the store: {0}")]
    Store(#[from] StoreError),
    /// Certificate or key of this kiosk cannot be used.
    #[error("the kiosk's certificate or key: {0}")]
    Identity(String),
}

impl Failure {
    /// Code of the sentence that tells a person.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Failure::Unreachable(_) => "server.offline.unreachable",
            Failure::Timeout => "server.offline.timeout",
            Failure::Stranger(_) => "server.offline.stranger",
            Failure::Version(_) => "server.offline.version",
            Failure::Refused { .. } => "server.device.refused",
            Failure::Fault { .. } | Failure::Form(_) => "server.offline.fault",
            Failure::Store(e) => e.code(),
            Failure::Identity(_) => "server.device.identity",
        }
    }

    /// From what the HTTP client said.
    pub(crate) fn transport(error: &reqwest::Error) -> Self {
        match tls_error(error) {
            Some(rustls::Error::InvalidCertificate(CertificateError::ExpiredContext { .. })) => {
                Failure::Stranger("its certificate has expired, or this clock is wrong".to_owned())
            }
            Some(rustls::Error::InvalidCertificate(e)) => Failure::Stranger(format!("{e:?}")),
            Some(rustls::Error::AlertReceived(alert)) if refuses_us(*alert) => {
                Failure::Refused { code: "server.device.certificate".to_owned() }
            }
            // Something that is no TLS server at all: a portal's plain page.
            Some(rustls::Error::InvalidMessage(e)) => Failure::Stranger(format!("{e:?}")),
            _ if error.is_timeout() => Failure::Timeout,
            _ => Failure::Unreachable(innermost(error)),
        }
    }
}

/// Alerts by which a server turns down a client's certificate (RFC 8446, section 6.2).
fn refuses_us(alert: AlertDescription) -> bool {
    matches!(
        alert,
        AlertDescription::BadCertificate
            | AlertDescription::UnsupportedCertificate
            | AlertDescription::CertificateRevoked
            | AlertDescription::CertificateExpired
            | AlertDescription::CertificateUnknown
            | AlertDescription::UnknownCA
            | AlertDescription::AccessDenied
            | AlertDescription::CertificateRequired
    )
}

/// rustls' own error, however deeply it is wrapped. An `io::Error` hides what it holds from `source`.
fn tls_error(error: &reqwest::Error) -> Option<&rustls::Error> {
    let mut next: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(e) = next {
        if let Some(tls) = e.downcast_ref::<rustls::Error>() {
            return Some(tls);
        }
        next = match e.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
            Some(held) => Some(held),
            None => e.source(),
        };
    }
    None
}

/// The last cause, which says what happened ("connection refused"); the outer ones repeat the address.
fn innermost(error: &dyn Error) -> String {
    let mut last: &dyn Error = error;
    while let Some(e) = last.source() {
        last = e;
    }
    last.to_string()
}
