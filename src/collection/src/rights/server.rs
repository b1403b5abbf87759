//! What the server and the registry do with a submitted portrait.

use super::Reason;
use crate::{Enrolment, Participation, Receipt, Refund, Review, Submission, Task};

pub(super) fn begin_review(enrolment: &Enrolment) -> Result<(), Reason> {
    match reviewable(enrolment)?.review {
        Review::Waiting => Ok(()),
        Review::Began | Review::Approved | Review::Rejected { .. } => Err(Reason::ReviewBegan),
    }
}

pub(super) fn decide(enrolment: &Enrolment) -> Result<(), Reason> {
    match reviewable(enrolment)?.review {
        Review::Waiting | Review::Began => Ok(()),
        Review::Approved => Err(Reason::Approved),
        Review::Rejected { .. } => Err(Reason::Rejected),
    }
}

pub(super) fn hand_over(enrolment: &Enrolment, task: &Task) -> Result<(), Reason> {
    Reason::Published.refuses_if(approved(enrolment)?.handed_over)?;
    settled(enrolment, task)
}

pub(super) fn publish(enrolment: &Enrolment) -> Result<(), Reason> {
    let candidate = approved(enrolment)?;
    Reason::NotHandedOver.refuses_if(!candidate.handed_over)?;
    Reason::Published.refuses_if(candidate.published)
}

pub(super) fn print(enrolment: &Enrolment, task: &Task) -> Result<(), Reason> {
    Reason::NoPrints.refuses_if(!task.settings.prints)?;
    approved(enrolment)?;
    settled(enrolment, task)
}

pub(super) fn mail(enrolment: &Enrolment) -> Result<(), Reason> {
    Reason::NotPrinted.refuses_if(!enrolment.delivery.printed)?;
    Reason::Mailed.refuses_if(enrolment.delivery.mailed_to.is_some())?;
    Reason::NoAddress.refuses_if(enrolment.delivery.address.is_none())
}

pub(super) fn refund(enrolment: &Enrolment) -> Result<(), Reason> {
    let kept = |r: &Receipt| matches!(r.refund, Refund::None | Refund::Failed);
    Reason::NothingPaid.refuses_if(!enrolment.payment.receipts.iter().any(kept))
}

pub(super) fn erase(enrolment: &Enrolment) -> Result<(), Reason> {
    Reason::NothingToErase.refuses_if(enrolment.participation != Participation::ErasureRequested)
}

fn settled(enrolment: &Enrolment, task: &Task) -> Result<(), Reason> {
    Reason::Unpaid.refuses_if(!enrolment.payment_state(task).is_settled())
}

fn reviewable(enrolment: &Enrolment) -> Result<&Submission, Reason> {
    if enrolment.candidate().is_none() {
        return Err(Reason::NothingSubmitted);
    }
    let held = if enrolment.participation == Participation::Active {
        Reason::CaseOpen
    } else {
        Reason::ConsentWithdrawn
    };
    enrolment.reviewable().ok_or(held)
}

fn approved(enrolment: &Enrolment) -> Result<&Submission, Reason> {
    let candidate = reviewable(enrolment)?;
    Reason::NotApproved.refuses_if(candidate.review != Review::Approved)?;
    Ok(candidate)
}
