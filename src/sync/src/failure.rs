//! Why a call to the server failed.

use protocol::WireError;
use rustls::{AlertDescription, CertificateError};
use sentences::{Code, codes};
use std::error::Error;
use std::io;
use store::StoreError;

/// A failed call.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// No connection, or it broke.
    #[error("the server cannot be reached: {0}")]
    Unreachable(String),
    /// No whole reply in time.
    #[error("the server did not answer in time")]
    Timeout,
    /// Another host answered: its certificate is not from the configured CA, or the reply lacks the protocol's header
    /// (a captive portal, a proxy).
    #[error("somebody else answered: {0}")]
    Stranger(String),
    /// The server speaks another version.
    #[error("the server speaks version {0} of the protocol")]
    Version(String),
    /// The server does not accept this kiosk.
    #[error("the server refuses this kiosk: {code}")]
    Refused {
        /// The sentence of the reason.
        code: Code,
    },
    /// The server answered that it cannot.
    #[error("the server answered {status} {code}")]
    Fault {
        /// HTTP status.
        status: u16,
        /// The sentence it gave.
        code: Code,
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
    /// The sentence that says so to a person.
    #[must_use]
    pub fn code(&self) -> Code {
        match self {
            Failure::Unreachable(_) => codes::SERVER_OFFLINE_UNREACHABLE,
            Failure::Timeout => codes::SERVER_OFFLINE_TIMEOUT,
            Failure::Stranger(_) => codes::SERVER_OFFLINE_STRANGER,
            Failure::Version(_) => codes::SERVER_OFFLINE_VERSION,
            Failure::Refused { .. } => codes::SERVER_DEVICE_REFUSED,
            Failure::Fault { .. } | Failure::Form(_) => codes::SERVER_OFFLINE_FAULT,
            Failure::Store(e) => e.code(),
            Failure::Identity(_) => codes::SERVER_DEVICE_IDENTITY,
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
                Failure::Refused { code: codes::SERVER_DEVICE_CERTIFICATE }
            }
            // The other end does not speak TLS: a captive portal's plain page.
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

/// The error of rustls, however deeply it is wrapped. `source` of an `io::Error` skips the error that it holds.
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
