//! What travels between a kiosk and the server, versioned.
//!
//! Both ends link these types, so a change of the wire format shows in both. Every reply of the server carries
//! [`HEADER`]`: `[`VERSION`]; a reply without it came from another host (a captive portal, a proxy) and counts as no reply.
//!
//! | call | good | otherwise, each with a [`Fault`] body |
//! |---|---|---|
//! | `POST` [`path::ENROL`] | 200 [`EnrolReply`] | 403 code unknown, used or expired; 400 form |
//! | `GET` [`path::CHANGES`] | 200 [`ChangePage`] | 401, 403 not (or no longer) a device of this server |
//! | `POST` [`path::JOURNAL`] | 200 [`JournalReply`]; entries that were not accepted are listed in it, the others count | 401, 403 |
//! | `HEAD` picture | 200 with [`UPLOAD_OFFSET`], and [`UPLOAD_LENGTH`] once the picture is whole | 404 no entry of this device refers to it |
//! | `PATCH` picture; without bytes at the end of a part that is not whole yet: finish it | 204 (200) with the new [`UPLOAD_OFFSET`], and [`UPLOAD_LENGTH`] once the picture is whole | 409 other offset than the server's; 422 the whole has another hash and was dropped: begin again at 0; 404; 423 another request is writing it |
//! | `GET` picture | 200 with its bytes | 404 |
//!
//! Every body is read up to a stated size: [`MAX_BATCH_BYTES`], [`MAX_PAGE_BYTES`], [`MAX_REPLY_BYTES`],
//! [`MAX_PICTURE_BYTES`]; a longer one is refused unread.

#![deny(clippy::wildcard_enum_match_arm)]

mod change;
mod enrol;
mod journal;
mod upload;
mod wire;

pub use change::{Change, ChangePage, MAX_PAGE_BYTES, Misread, StaffMember};
pub use enrol::{EnrolReply, EnrolRequest};
pub use journal::{
    Accepted, JournalBatch, JournalReply, MAX_BATCH_BYTES, MAX_BATCH_ENTRIES, Refused, WireEntry,
};
pub use upload::{MAX_PICTURE_BYTES, UPLOAD_CHUNK_BYTES, UPLOAD_LENGTH, UPLOAD_OFFSET};
pub use wire::{Fault, MAX_REPLY_BYTES, WireError, read};

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
    /// `HEAD`, `PATCH` (upload, resumable, headers of tus) and `GET` (admission photos) on `/v1/pictures/{sha256}`.
    pub const PICTURES: &str = "/v1/pictures";
}
