//! What the server and the registry do with a portrait that was handed in.

use super::{Act, Refusal};
use crate::{Enrolment, Participation, Refund, Review, Submission, Task};

pub(super) fn permits(act: Act, enrolment: &Enrolment, task: &Task) -> Result<(), Refusal> {
    let refuse = |code: &'static str, when: bool| if when { Err(Refusal::new(code)) } else { Ok(()) };
    match act {
        Act::BeginReview => match reviewable(enrolment)?.review {
            Review::Waiting => Ok(()),
            _ => Err(Refusal::new("rights.review_began")),
        },
        Act::Decide => match reviewable(enrolment)?.review {
            Review::Approved => Err(Refusal::new("rights.approved").phone(task)),
            Review::Rejected { .. } => Err(Refusal::new("rights.rejected")),
            Review::Waiting | Review::Began => Ok(()),
        },
        Act::HandOver => {
            refuse("rights.published", approved(enrolment)?.handed_over)?;
            refuse("rights.unpaid", !enrolment.payment_state(task).is_settled())
        }
        Act::Publish => {
            let candidate = approved(enrolment)?;
            refuse("rights.not_handed_over", !candidate.handed_over)?;
            refuse("rights.published", candidate.published)
        }
        Act::Print => {
            refuse("rights.no_prints", !task.settings.prints)?;
            approved(enrolment)?;
            refuse("rights.unpaid", !enrolment.payment_state(task).is_settled())
        }
        Act::Mail => {
            refuse("rights.not_printed", !enrolment.delivery.printed)?;
            refuse("rights.mailed", enrolment.delivery.mailed_to.is_some())?;
            refuse("rights.no_address", enrolment.delivery.address.is_none())
        }
        Act::Refund => {
            let kept = |r: &crate::Receipt| matches!(r.refund, Refund::None | Refund::Failed);
            refuse("rights.nothing_paid", !enrolment.payment.receipts.iter().any(kept))
        }
        Act::ResolveCase => refuse("rights.no_case", enrolment.open_cases().next().is_none()),
        _ => {
            let asked = enrolment.participation == Participation::ErasureRequested;
            refuse("rights.nothing_to_erase", !asked)
        }
    }
}

fn reviewable(enrolment: &Enrolment) -> Result<&Submission, Refusal> {
    if enrolment.candidate().is_none() {
        return Err(Refusal::new("rights.nothing_submitted"));
    }
    let held = if enrolment.participation == Participation::Active {
        "rights.case_open"
    } else {
        "rights.consent_withdrawn"
    };
    enrolment.reviewable().ok_or(Refusal::new(held))
}

fn approved(enrolment: &Enrolment) -> Result<&Submission, Refusal> {
    match reviewable(enrolment)? {
        approved if approved.review == Review::Approved => Ok(approved),
        _ => Err(Refusal::new("rights.not_approved")),
    }
}
