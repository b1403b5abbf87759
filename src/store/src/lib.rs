//! The kiosk's encrypted database: journal, pictures, the server's feed, and projections.
//!
//! [`Store::append`] is the only way to write an event of this kiosk: it numbers, dates and signs the entry and makes entry,
//! attachments and projections durable in one transaction, or nothing at all. [`Store::append_all`] does the same for entries that
//! belong together. [`Store::admit`] is the other direction: it applies
//! a page of the server's feed in one transaction. `collection` defines what the journal means; this crate stores it.
//!
//! A [`Store`] is a cheap handle to clone. Calls block (a commit waits for the disk) and belong on worker threads. Writers share
//! one connection behind a lock, so callers wait and nothing queues up in memory; readers have a separate connection and never
//! wait for a flush. A writer thread behind a channel would add copies of pictures and a context switch, and would give no
//! stronger order than the lock does.
//!
//! Everything is in SQLCipher under a 32-byte key from [`keys`]. [`StoreError::Damaged`] and [`Store::inspect`] name what is lost
//! with a damaged page; the rest stays readable. One kiosk process uses a store at a time, see [`StoreClaim`].

#![deny(clippy::wildcard_enum_match_arm)]

mod admit;
mod claim;
mod connection;
mod entry_rows;
mod error;
mod handle;
mod identity;
mod inspect;
mod journal;
pub mod keys;
mod layout;
mod meta;
mod open;
mod outbox;
mod photo_turns;
mod picture;
mod pin_tries;
mod projection;
mod roster;
mod row_fault;
mod schema;
mod space;
mod time;

pub use admit::{Admitted, SetAside};
pub use claim::StoreClaim;
pub use error::StoreError;
pub use handle::Store;
pub use identity::{EnrolDraft, Identity, ServerTime};
pub use inspect::{Inspection, Loss};
pub use journal::{EntryDraft, NewEntry};
pub use keys::{KeyFileError, StoreKey};
pub use outbox::{PendingEntry, PendingPicture, Queue, RefusedEntry};
pub use picture::{Picture, PictureIn, PictureRole};
pub use pin_tries::PinTries;
pub use projection::Standing;
pub use roster::MatchBy;
pub use row_fault::{JsonFault, RowFault};
pub use space::{Space, VISIT_BYTES};
