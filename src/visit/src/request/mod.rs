//! Everything that a visit or the staff panel asks for, one enum for each worker that serves it.
//!
//! What is answered travels in an envelope, [`Asked`], with the ticket that its reply must carry. What a question is answered
//! with when it could not be served is said once, in [`failure`](Answered::failure).

mod failure;
mod journal;
mod production;
mod records;
mod staff;
mod ui;

pub use failure::Answered;
pub use journal::{JournalEvent, JournalRequest, Production};
pub use production::ProductionRequest;
pub use records::{RecordsRequest, Submission};
pub use staff::{List, StaffRequest};
pub use ui::UiRequest;

use crate::ticket::Ticket;
use standard::Preset;
use std::sync::Arc;

/// What frames are looked at for. Before consent, codes only.
#[derive(Clone, Debug, PartialEq)]
pub enum Watch {
    /// Nothing.
    Rest,
    /// Collection codes.
    Codes,
    /// A face in the oval, judged by this standard.
    Face(Arc<Preset>),
}

/// A question with the ticket that its answer must carry.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked<T> {
    /// What the reply must carry.
    pub ticket: Ticket,
    /// The question.
    pub request: T,
}

/// One thing to be done outside.
#[derive(Clone, Debug, PartialEq)]
pub enum Request {
    /// Look at frames for this from now on.
    Watch(Watch),
    /// Pictures are taken, compared or made.
    Production(Asked<ProductionRequest>),
    /// Something of a student is looked up or kept.
    Records(Asked<RecordsRequest>),
    /// Something for staff is looked up or kept.
    Staff(Asked<StaffRequest>),
    /// Something happened; it is kept, and nobody waits for it.
    Journal(JournalRequest),
    /// Something for the loop itself.
    Ui(UiRequest),
}
