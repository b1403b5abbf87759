//! Why a call to the server failed, what has to be done about it, and how far the failure reaches.

use protocol::WireError;
use rustls::{AlertDescription, CertificateError};
use sentences::{Code, codes};
use std::error::Error;
use std::io;
use store::StoreError;

/// A failed call.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// No connection, it broke, or something on the way ended it before the server had proved who it is.
    #[error("the server cannot be reached: {0}")]
    Unreachable(String),
    /// No whole reply in time.
    #[error("the server did not answer in time")]
    Timeout,
    /// Another host answered: it does not speak TLS, or the reply lacks the protocol's header (a captive portal, a proxy).
    #[error("somebody else answered: {0}")]
    Stranger(String),
    /// Another host answered: its certificate is not one of the configured CA for this address.
    #[error("the server's certificate is not the expected one: {0}")]
    Certificate(String),
    /// By this kiosk's clock the server's certificate is not valid yet or no longer.
    #[error("by this kiosk's clock the server's certificate is not valid: {0}")]
    Clock(String),
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

/// What stops the traffic, by what has to be done about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cause {
    /// No network, or no way to the server.
    Unreachable,
    /// Another host answers: a captive portal, a proxy.
    Stranger,
    /// The server does not accept this kiosk.
    Refused,
    /// This kiosk's clock, or the server's certificate, is out of date.
    Clock,
    /// The server has a problem.
    Fault,
    /// The server's disk is full.
    Full,
    /// Server and kiosk speak different versions of the protocol.
    Version,
    /// This kiosk's store cannot be read or written.
    Store,
    /// This kiosk's certificate or key cannot be used.
    Identity,
}

/// What a failure says about the calls that follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// It may be about this one entry or picture only.
    Item,
    /// The same kind of call fails for every entry or picture.
    Step,
    /// Every call fails.
    Round,
}

/// The server may take no request at the moment, whatever it is about.
const TOO_MANY_REQUESTS: u16 = 429;
const UNAVAILABLE: u16 = 503;
const INSUFFICIENT_STORAGE: u16 = 507;

impl Failure {
    /// The sentence that says so to a person.
    #[must_use]
    pub fn code(&self) -> Code {
        match self {
            Failure::Unreachable(_) => codes::SERVER_OFFLINE_UNREACHABLE,
            Failure::Timeout => codes::SERVER_OFFLINE_TIMEOUT,
            Failure::Stranger(_) => codes::SERVER_OFFLINE_STRANGER,
            Failure::Certificate(_) => codes::SERVER_DEVICE_CERTIFICATE,
            Failure::Clock(_) => codes::SERVER_OFFLINE_CLOCK,
            Failure::Version(_) => codes::SERVER_OFFLINE_VERSION,
            Failure::Refused { code } | Failure::Fault { code, .. } => *code,
            Failure::Form(_) => codes::SERVER_OFFLINE_FAULT,
            Failure::Store(e) => e.code(),
            Failure::Identity(_) => codes::SERVER_DEVICE_IDENTITY,
        }
    }

    /// What has to be looked at.
    #[must_use]
    pub fn cause(&self) -> Cause {
        match self {
            Failure::Unreachable(_) | Failure::Timeout => Cause::Unreachable,
            Failure::Stranger(_) | Failure::Certificate(_) => Cause::Stranger,
            Failure::Clock(_) => Cause::Clock,
            Failure::Version(_) => Cause::Version,
            Failure::Refused { .. } => Cause::Refused,
            Failure::Fault { status: INSUFFICIENT_STORAGE, .. } => Cause::Full,
            Failure::Fault { .. } | Failure::Form(_) => Cause::Fault,
            Failure::Store(_) => Cause::Store,
            Failure::Identity(_) => Cause::Identity,
        }
    }

    /// How far the failure reaches.
    pub(crate) fn reach(&self) -> Reach {
        match self {
            Failure::Unreachable(_)
            | Failure::Timeout
            | Failure::Stranger(_)
            | Failure::Certificate(_)
            | Failure::Clock(_)
            | Failure::Version(_)
            | Failure::Refused { .. }
            | Failure::Identity(_) => Reach::Round,
            Failure::Fault { status: TOO_MANY_REQUESTS | UNAVAILABLE | INSUFFICIENT_STORAGE, .. } => {
                Reach::Step
            }
            Failure::Fault { .. } | Failure::Form(_) => Reach::Item,
            Failure::Store(e) if is_about_one_object(e) => Reach::Item,
            Failure::Store(_) => Reach::Step,
        }
    }

    /// Whether the server itself answered, by whatever it said.
    pub(crate) fn is_an_answer(&self) -> bool {
        match self {
            Failure::Version(_) | Failure::Refused { .. } | Failure::Fault { .. } | Failure::Form(_) => true,
            Failure::Unreachable(_)
            | Failure::Timeout
            | Failure::Stranger(_)
            | Failure::Certificate(_)
            | Failure::Clock(_)
            | Failure::Store(_)
            | Failure::Identity(_) => false,
        }
    }

    /// From what the HTTP client said. `server_proven`: whether the other end has proved to be the server. Until it has, an alert
    /// may be anybody's on the way and refuses nothing.
    pub(crate) fn transport(error: &reqwest::Error, server_proven: bool) -> Self {
        match tls_error(error) {
            Some(rustls::Error::InvalidCertificate(e)) if is_about_time(e) => {
                Failure::Clock(format!("{e:?}"))
            }
            Some(rustls::Error::InvalidCertificate(e)) => Failure::Certificate(format!("{e:?}")),
            Some(rustls::Error::AlertReceived(alert)) if server_proven && refuses_us(*alert) => {
                Failure::Refused { code: codes::SERVER_DEVICE_REFUSED }
            }
            Some(rustls::Error::AlertReceived(alert)) => {
                Failure::Unreachable(format!("the connection ended with the TLS alert {alert:?}"))
            }
            // The other end does not speak TLS: a captive portal's plain page.
            Some(rustls::Error::InvalidMessage(e)) => Failure::Stranger(format!("{e:?}")),
            _ if error.is_timeout() => Failure::Timeout,
            _ => Failure::Unreachable(innermost(error)),
        }
    }
}

/// Whether the store could not read or write one object only, so that the next one may succeed.
pub(crate) fn is_about_one_object(error: &StoreError) -> bool {
    match error {
        StoreError::Damaged { .. }
        | StoreError::Row { .. }
        | StoreError::Database { .. }
        | StoreError::NotSigned { .. }
        | StoreError::PictureMissing { .. }
        | StoreError::PictureTooLarge { .. }
        | StoreError::PictureOther { .. } => true,
        StoreError::NoCipher
        | StoreError::WrongKey { .. }
        | StoreError::Newer { .. }
        | StoreError::NotEnrolled
        | StoreError::AlreadyEnrolled { .. }
        | StoreError::InUse { .. }
        | StoreError::Missing { .. }
        | StoreError::Full { .. }
        | StoreError::File { .. } => false,
    }
}

/// Whether a certificate is fine but for the time at which it is looked at.
fn is_about_time(error: &CertificateError) -> bool {
    matches!(
        error,
        CertificateError::Expired
            | CertificateError::ExpiredContext { .. }
            | CertificateError::NotValidYet
            | CertificateError::NotValidYetContext { .. }
    )
}

/// Alerts by which a server turns down a client's certificate (RFC 8446, section 6.2). `decrypt_error` is what a server says whose
/// authority has the same name as the certificate's issuer and another key.
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
            | AlertDescription::DecryptError
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
