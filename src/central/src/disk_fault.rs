//! A disk that takes no more. It is no mistake of the request and none of the program: the same request succeeds once there is room,
//! so kiosks and browsers are told so by its own status and sentence.

use axum::http::StatusCode;
use sentences::{Code, codes};

/// Why the server's disk takes no bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DiskFault {
    /// There is no room.
    Full,
    /// It cannot be written for another reason, such as damage.
    Unwritable,
}

impl DiskFault {
    /// The status of a reply; both are ones after which a kiosk sends the same again.
    pub const fn status(self) -> StatusCode {
        match self {
            DiskFault::Full => StatusCode::INSUFFICIENT_STORAGE,
            DiskFault::Unwritable => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// Code of the sentence.
    pub const fn code(self) -> Code {
        match self {
            DiskFault::Full => codes::SERVER_DISK_FULL,
            DiskFault::Unwritable => codes::SERVER_DISK_UNWRITABLE,
        }
    }
}
