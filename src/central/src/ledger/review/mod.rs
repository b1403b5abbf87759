//! The review queue: what waits for an eye, and what was decided.

mod begin;
mod decide;
mod enqueue;
mod look;
pub(super) mod word;

pub(crate) use decide::{DecideError, Decision};
pub(super) use enqueue::{enqueue, settle, settle_school};
pub(crate) use look::{Filter, PastDecision, ReviewSubject, TaskChoice};

/// Waits for a decision.
const PENDING: &str = "pending";
/// A later submission of the same student took its place before anybody decided.
const REPLACED: &str = "replaced";
/// Handed in although nothing was left to hand in: a case for the registry, with both pictures.
const SURPLUS: &str = "surplus";
/// The rules do not count it.
const IGNORED: &str = "ignored";
/// 审核通过
const APPROVED: &str = "approved";
/// 审核未通过
const REJECTED: &str = "rejected";
