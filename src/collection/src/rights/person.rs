//! Second factor, bindings, address, consent, leaving, and what staff does for a person.

use super::{Act, Refusal};
use crate::{Enrolment, Participation, Task, quota};

pub(super) fn permits(act: Act, enrolment: &Enrolment, task: &Task) -> Result<(), Refusal> {
    let refuse =
        |code: &'static str, when: bool| if when { Err(Refusal::new(code).phone(task)) } else { Ok(()) };
    match act {
        Act::SecondFactor => refuse("rights.second_factor_locked", quota::second_factor_left(enrolment) == 0),
        Act::GiveAddress => {
            refuse("rights.no_prints", !task.settings.prints)?;
            refuse("rights.mailed", enrolment.delivery.mailed_to.is_some())
        }
        Act::Unbind => refuse("rights.nothing_bound", enrolment.bindings.is_empty()),
        Act::Withdraw => {
            refuse("rights.no_consent", enrolment.consent.is_none())?;
            refuse("rights.consent_withdrawn", enrolment.participation == Participation::Withdrawn)
        }
        Act::RequestErasure => {
            refuse("rights.erasure_asked", enrolment.participation == Participation::ErasureRequested)
        }
        Act::EnterByHand => refuse("rights.not_by_hand", !task.settings.manual_entry),
        Act::Import => refuse("rights.no_import", !task.settings.import),
        _ => Ok(()),
    }
}
