//! The kiosk's encrypted database: journal, pictures, what came down from the server, and projections.
//!
//! [`Store::append`] is the one door through which anything is written that happened at this kiosk: it numbers, dates and
//! signs the entry and makes entry, pictures and projections durable in one transaction, or nothing at all. [`Store::admit`]
//! is the other direction: a page of the server's feed, all of it or nothing. What the journal means is `collection`'s; this
//! room keeps it.
//!
//! A [`Store`] is a handle: clone it freely. Calls block (a commit waits for the disk) and belong on worker threads. Writers
//! take turns at one connection behind a lock, so callers wait in line and nothing queues up in memory; readers have a
//! connection of their own and never wait for the disk's flush. A writer thread behind a channel would add copies of
//! pictures and a hop, and order nothing more than the lock does.
//!
//! Everything is in SQLCipher under a 32-byte key from [`keys`]. What one damaged page takes with it is named, by
//! [`StoreError::Damaged`] and by [`Store::inspect`]; the rest stays readable.

mod admit;
mod connection;
mod error;
mod handle;
mod identity;
mod inspect;
mod journal;
pub mod keys;
mod meta;
mod outbox;
mod picture;
mod projection;
mod roster;
mod schema;
mod space;
mod time;

pub use admit::{Admitted, SetAside};
pub use error::StoreError;
pub use handle::Store;
pub use identity::{EnrolDraft, Identity, ServerTime};
pub use inspect::{Inspection, Loss};
pub use journal::EntryDraft;
pub use keys::{KeyFileError, StoreKey};
pub use outbox::{PendingEntry, PendingPicture, Queue, RefusedEntry};
pub use picture::{Picture, PictureIn, PictureRole};
pub use projection::Standing;
pub use roster::MatchBy;
pub use space::{Space, VISIT_BYTES};
