//! The rules of a collection: tasks, roster, payloads of codes, enrolments, journal, fold, quotas and rights.
//!
//! Kiosk and server link the same rules, so a decision made offline and checked online later comes out the same. The crate is pure:
//! it reads no clock and no file, uses no network, and draws no random numbers.

#![deny(clippy::wildcard_enum_match_arm)]

mod agreement;
mod authority;
mod claimant;
mod clock;
mod conflicts;
mod document;
mod entry_values;
mod fold;
mod id;
mod identity;
mod journal;
mod kind;
mod mask;
mod matching;
mod naming;
pub mod payload;
mod payment_mode;
#[cfg(test)]
#[allow(clippy::wildcard_enum_match_arm, reason = "a test names only the cases that it means")]
mod property_tests;
pub mod quota;
pub mod record;
pub mod rights;
mod roster;
mod search;
mod settings;
mod signature;
mod task;
mod task_search;
mod token;
mod trusted_time;
mod validity;
mod window;
mod workdays;

pub use agreement::{Stars, agrees};
pub use authority::{Author, CENTRAL, authority};
pub use claimant::{Binding, Standing, binding, is_born_on, month_day, standing};
pub use clock::{Hlc, MAX_AHEAD_MILLIS};
pub use conflicts::{Finding, findings};
pub use document::{Document, DocumentFault, DocumentKind};
pub use entry_values::{CaseKind, ComparisonBand, CtidOutcome, Disowned, Resolution, ReviewOutcome};
pub use fold::{
    Case, Delivery, DeliveryState, Durable, Enrolment, Given, IgnoreReason, Ignored, Order, Participation,
    Payment, PaymentState, PhotoState, REPLACEMENT_UNCONFIRMED, Receipt, Refund, Review, Role, Submission,
    Versions, fold, fold_all,
};
pub use id::{
    DeviceId, EnrolmentId, EntryId, IdError, OrderId, PictureHash, RecordHash, StaffId, TaskId, UniqueNumber,
    VoucherHash,
};
pub use identity::{IdNumber, IdNumberError};
pub use journal::{Entry, SignedEntry};
pub use kind::Kind;
pub use mask::{mask_name, mask_number};
pub use matching::{MatchingKey, enrolment_id, matching};
pub use naming::{NameFault, NameField, NameTemplate, RosterFacts};
pub use payment_mode::{PaymentMode, PaymentStep};
pub use roster::{Matching, RosterEntry};
pub use search::{Asked, Found, LAST_DIGITS, MAX_TYPED, MIN_TYPED, More, search};
pub use settings::Settings;
pub use signature::{EntryError, KeyError, MAX_ENTRY_BYTES, PublicKey, Signer};
pub use standard::{Comparing, PASS_SCORE};
pub use task::{Category, Decoder, Task};
pub use task_search::{MAX_FOUND, TaskIndex, TaskRow, task_search};
pub use token::TokenHash;
pub use trusted_time::{Clocks, MAX_STEP_MILLIS, Trusted, TrustedTime};
pub use validity::TaskFault;
pub use window::Window;
