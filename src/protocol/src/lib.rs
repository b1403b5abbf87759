//! What travels between a kiosk and the server, versioned.
//!
//! Both ends link these types, so a change of the wire shows in both. Every reply of the server carries
//! [`HEADER`]`: `[`VERSION`]; a reply without it came from somebody else (a captive portal, a proxy) and counts as silence.

mod change;
mod enrol;
mod journal;
mod picture;

pub use change::{Change, ChangePage, StaffMember};
pub use enrol::{EnrolReply, EnrolRequest};
pub use journal::{Accepted, JournalBatch, JournalReply, Refused, WireEntry};
pub use picture::{UPLOAD_CHUNK_BYTES, UPLOAD_LENGTH, UPLOAD_OFFSET};

/// Name of the header that marks every request and reply of this protocol.
pub const HEADER: &str = "kiosk-protocol";
/// The protocol's version.
pub const VERSION: &str = "1";
/// Header with the server's time in replies: milliseconds since 1970-01-01T00:00Z.
pub const SERVER_TIME: &str = "kiosk-server-time";

/// Paths under the kiosks' port.
pub mod path {
    /// `POST` [`super::EnrolRequest`] -> [`super::EnrolReply`]; the only path open without a client certificate.
    pub const ENROL: &str = "/v1/enrol";
    /// `GET ?cursor=N&epoch=E` -> [`super::ChangePage`].
    pub const CHANGES: &str = "/v1/changes";
    /// `POST` [`super::JournalBatch`] -> [`super::JournalReply`].
    pub const JOURNAL: &str = "/v1/journal";
    /// `HEAD`, `PATCH` (upload, resumable, tus words) and `GET` (admission photos) on `/v1/pictures/{sha256}`.
    pub const PICTURES: &str = "/v1/pictures";
}
