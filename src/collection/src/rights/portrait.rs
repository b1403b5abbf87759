//! Making portraits and handing them in.

use super::{Act, Refusal};
use crate::{Enrolment, Participation, PaymentState, Review, Task, quota};
use jiff::civil::Date;

/// Which act handing in a portrait is for this enrolment now. Whether it is permitted, [`permits`](super::permits) says.
#[must_use]
pub fn submission_act(enrolment: &Enrolment) -> Act {
    match enrolment.candidate().map(|c| &c.review) {
        None => Act::Submit,
        Some(Review::Rejected { .. }) => Act::Resubmit,
        Some(Review::Approved | Review::Began) if enrolment.extra_submissions > 0 => Act::Resubmit,
        Some(_) => Act::Replace,
    }
}

pub(super) fn permits(act: Act, enrolment: &Enrolment, task: &Task, today: Date) -> Result<(), Refusal> {
    registry(enrolment, task)?;
    match act {
        Act::Produce => produce(enrolment, task, today),
        Act::ResumeDraft if enrolment.draft.is_none() => Err(Refusal::new("rights.no_draft")),
        Act::ResumeDraft => hand_in(enrolment, task, submission_act(enrolment)),
        _ => {
            leaving(enrolment, task)?;
            hand_in(enrolment, task, act)?;
            paid_for(enrolment, task)
        }
    }
}

/// What the registry has taken into its hands stays there until it has decided.
fn registry(enrolment: &Enrolment, task: &Task) -> Result<(), Refusal> {
    if enrolment.is_taken_over() {
        return Err(Refusal::new("rights.taken_over").phone(task));
    }
    if enrolment.open_cases().any(|c| c.kind.blocks()) {
        return Err(Refusal::new("rights.case_open").phone(task));
    }
    Ok(())
}

/// Nothing is handed in for somebody who took consent back or asked for erasure.
fn leaving(enrolment: &Enrolment, task: &Task) -> Result<(), Refusal> {
    match enrolment.participation {
        Participation::Active => Ok(()),
        Participation::Withdrawn => Err(Refusal::new("rights.consent_withdrawn").phone(task)),
        Participation::ErasureRequested => Err(Refusal::new("rights.erasure_asked").phone(task)),
        Participation::Erased => Err(Refusal::new("rights.erased").phone(task)),
    }
}

/// A mode of payment has been chosen; whether the money came is asked when the portrait leaves the server.
fn paid_for(enrolment: &Enrolment, task: &Task) -> Result<(), Refusal> {
    match enrolment.payment_state(task) {
        PaymentState::Unpaid | PaymentState::Refunded | PaymentState::Refunding => {
            Err(Refusal::new("rights.unpaid"))
        }
        PaymentState::Open => Err(Refusal::new("rights.order_open")),
        _ => Ok(()),
    }
}

/// A production is permitted when its portrait could be handed in, comparisons are not the registry's, and the day has one left.
fn produce(enrolment: &Enrolment, task: &Task, today: Date) -> Result<(), Refusal> {
    hand_in(enrolment, task, submission_act(enrolment))?;
    if quota::comparisons_left(enrolment, task) == 0 {
        return Err(Refusal::new("rights.comparison_case").phone(task));
    }
    if quota::productions_left(enrolment, task, today) > 0 {
        return Ok(());
    }
    let count = enrolment.productions_on(today);
    let reopens = quota::reopens(task, today);
    let code = if reopens.is_some() { "rights.quota_used" } else { "rights.quota_used_last_day" };
    let mut refusal = Refusal::new(code).with("count", &count).phone(task);
    refusal.reopens = reopens;
    Err(refusal)
}

fn hand_in(enrolment: &Enrolment, task: &Task, act: Act) -> Result<(), Refusal> {
    let Some(candidate) = enrolment.candidate() else {
        return if act == Act::Submit { Ok(()) } else { Err(Refusal::new("rights.nothing_submitted")) };
    };
    if candidate.published {
        return Err(Refusal::new("rights.published").phone(task));
    }
    let extra = enrolment.extra_submissions > 0 && act == submission_act(enrolment);
    if candidate.handed_over && !extra {
        return Err(Refusal::new("rights.approved").phone(task));
    }
    match (&candidate.review, act) {
        _ if extra => Ok(()),
        (Review::Approved, _) => Err(Refusal::new("rights.approved").phone(task)),
        (Review::Began, _) => Err(Refusal::new("rights.review_began")),
        (Review::Waiting, Act::Replace) if quota::replacements_left(enrolment, task) > 0 => Ok(()),
        (Review::Waiting, Act::Replace) => Err(Refusal::new("rights.replacement_used").phone(task)),
        (Review::Waiting, _) => Err(Refusal::new("rights.already_submitted")),
        (Review::Rejected { .. }, Act::Resubmit) if quota::resubmissions_left(enrolment, task) > 0 => Ok(()),
        (Review::Rejected { .. }, Act::Resubmit) => {
            Err(Refusal::new("rights.resubmissions_used").phone(task))
        }
        (Review::Rejected { .. }, _) => Err(Refusal::new("rights.rejected")),
    }
}
