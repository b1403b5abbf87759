//! The ledger: everything the server must not forget. Nothing outside this folder touches the database.
//!
//! It is built in layers; a file uses files of its own layer or of lower ones, never the other way round:
//!
//! 1. `error`, `tables` (one entity a table, typed columns), `migrations` (the schema as frozen text), `database` (opening,
//!    transactions);
//! 2. `counters`, `feed` (changes for the kiosks), `entry_rows` (the journal's rows), `task_versions`;
//! 3. `enrolment_fold`: an enrolment's state, computed from its journal;
//! 4. `server_entries`: entries that the server itself writes;
//! 5. `review_queue` (a projection of the journal), `durability`, `attachments`, `conflicts`;
//! 6. what callers ask for: `intake` of the kiosks' entries, `uploads`, `review`, `cases`, `erasure`, `tasks`, `roster`, `cards`, `devices`,
//!    `device_enrolment`, `accounts`, `staff`, `sessions`.

mod accounts;
mod attachments;
mod cards;
mod cases;
mod conflicts;
mod counters;
mod database;
mod device_enrolment;
mod devices;
mod durability;
mod enrolment_fold;
mod entry_rows;
mod erasure;
mod error;
mod feed;
mod intake;
mod migrations;
mod review;
mod review_queue;
mod roster;
mod server_entries;
mod sessions;
mod staff;
mod tables;
mod task_versions;
mod tasks;
mod uploads;

pub(crate) use accounts::Reviewer;
pub(crate) use cards::Card;
pub use cases::OpenCase;
pub(crate) use cases::{CaseDecision, ResolveError};
pub(crate) use database::Ledger;
pub(crate) use device_enrolment::{Enrolled, EnrolmentError, IssuedCode};
pub(crate) use devices::{Device, DeviceRow};
pub(crate) use erasure::EraseError;
pub use error::LedgerError;
pub(crate) use review::{DecideError, Decision, Filter, PastDecision, ReviewSubject, TaskChoice};
pub(crate) use roster::Student;
pub(crate) use staff::StaffRow;
pub(crate) use tasks::{PutTaskError, TaskConflict};
