//! Making portraits and submitting them.

use super::{Act, Reason};
use crate::{Enrolment, Participation, PaymentState, Review, Submission, Task, quota};
use jiff::civil::Date;

/// Which act submitting a portrait is for this enrolment now. Whether it is permitted, [`permits`](super::permits) says.
#[must_use]
pub fn submission_act(enrolment: &Enrolment) -> Act {
    match enrolment.candidate().map(|c| &c.review) {
        None => Act::Submit,
        Some(Review::Rejected { .. }) => Act::Resubmit,
        Some(Review::Approved | Review::Began) if enrolment.extra_submissions > 0 => Act::Resubmit,
        Some(Review::Waiting | Review::Approved | Review::Began) => Act::Replace,
    }
}

/// A production is permitted when its portrait could be submitted, the registry has not taken over the comparisons, and the day
/// has a production left.
pub(super) fn produce(enrolment: &Enrolment, task: &Task, today: Date) -> Result<(), Reason> {
    not_at_registry(enrolment)?;
    submittable(enrolment, task, submission_act(enrolment))?;
    Reason::ComparisonCase.refuses_if(quota::comparisons_left(enrolment, task) == 0)?;
    if quota::productions_left(enrolment, task, today) > 0 {
        return Ok(());
    }
    let count = enrolment.productions_on(today);
    Err(match quota::reopens(task, today) {
        Some(reopens) => Reason::QuotaUsed { count, reopens },
        None => Reason::QuotaUsedLastDay { count },
    })
}

pub(super) fn resume_draft(enrolment: &Enrolment, task: &Task) -> Result<(), Reason> {
    not_at_registry(enrolment)?;
    Reason::NoDraft.refuses_if(enrolment.draft.is_none())?;
    submittable(enrolment, task, submission_act(enrolment))
}

/// For [`Act::Submit`], [`Act::Replace`] and [`Act::Resubmit`].
pub(super) fn submit(act: Act, enrolment: &Enrolment, task: &Task) -> Result<(), Reason> {
    not_at_registry(enrolment)?;
    participates(enrolment)?;
    submittable(enrolment, task, act)?;
    payment_chosen(enrolment, task)
}

/// What the registry has taken over stays there until it has decided.
fn not_at_registry(enrolment: &Enrolment) -> Result<(), Reason> {
    Reason::TakenOver.refuses_if(enrolment.is_taken_over())?;
    Reason::CaseOpen.refuses_if(enrolment.open_cases().any(|c| c.kind.blocks()))
}

/// Nothing is submitted for a student who withdrew consent or asked for erasure.
fn participates(enrolment: &Enrolment) -> Result<(), Reason> {
    match enrolment.participation {
        Participation::Active => Ok(()),
        Participation::Withdrawn => Err(Reason::ConsentWithdrawn),
        Participation::ErasureRequested => Err(Reason::ErasureAsked),
        Participation::Erased => Err(Reason::Erased),
    }
}

/// A mode of payment has been chosen; whether the money came is asked when the portrait leaves the server.
fn payment_chosen(enrolment: &Enrolment, task: &Task) -> Result<(), Reason> {
    match enrolment.payment_state(task) {
        PaymentState::Unpaid | PaymentState::Refunded | PaymentState::Refunding => Err(Reason::Unpaid),
        PaymentState::Open => Err(Reason::OrderOpen),
        PaymentState::SchoolPays
        | PaymentState::Held
        | PaymentState::Paid
        | PaymentState::PayLater
        | PaymentState::Voucher => Ok(()),
    }
}

fn submittable(enrolment: &Enrolment, task: &Task, act: Act) -> Result<(), Reason> {
    let Some(candidate) = enrolment.candidate() else {
        return Reason::NothingSubmitted.refuses_if(act != Act::Submit);
    };
    Reason::Published.refuses_if(candidate.published)?;
    if enrolment.extra_submissions > 0 && act == submission_act(enrolment) {
        return Ok(());
    }
    Reason::Approved.refuses_if(candidate.handed_over)?;
    after(candidate, enrolment, task, act)
}

/// Whether another portrait may be submitted after this candidate.
fn after(candidate: &Submission, enrolment: &Enrolment, task: &Task, act: Act) -> Result<(), Reason> {
    match (&candidate.review, act) {
        (Review::Approved, _) => Err(Reason::Approved),
        (Review::Began, _) => Err(Reason::ReviewBegan),
        (Review::Waiting, Act::Replace) => {
            Reason::ReplacementUsed.refuses_if(quota::replacements_left(enrolment, task) == 0)
        }
        (Review::Waiting, _) => Err(Reason::AlreadySubmitted),
        (Review::Rejected { .. }, Act::Resubmit) => {
            Reason::ResubmissionsUsed.refuses_if(quota::resubmissions_left(enrolment, task) == 0)
        }
        (Review::Rejected { .. }, _) => Err(Reason::Rejected),
    }
}
