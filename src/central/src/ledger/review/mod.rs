//! Reviewing: the queue, one submission, its decision, the history.

mod begin;
mod decide;
mod history;
mod queue;
mod subject;

pub(crate) use decide::{DecideError, Decision};
pub(crate) use history::PastDecision;
pub(crate) use queue::{Filter, TaskChoice};
pub(crate) use subject::ReviewSubject;

/// Rows of one page of the queue or the history.
const ROWS: u64 = 100;
