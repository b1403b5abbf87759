//! Second factor, bindings, address, consent and leaving.

use super::Reason;
use crate::{Enrolment, Participation, Task, quota};

pub(super) fn not_erased(enrolment: &Enrolment) -> Result<(), Reason> {
    Reason::Erased.refuses_if(enrolment.participation == Participation::Erased)
}

pub(super) fn second_factor(enrolment: &Enrolment) -> Result<(), Reason> {
    Reason::SecondFactorLocked.refuses_if(quota::second_factor_left(enrolment) == 0)
}

pub(super) fn give_address(enrolment: &Enrolment, task: &Task) -> Result<(), Reason> {
    Reason::NoPrints.refuses_if(!task.settings.prints)?;
    Reason::Mailed.refuses_if(enrolment.delivery.mailed_to.is_some())
}

pub(super) fn unbind(enrolment: &Enrolment) -> Result<(), Reason> {
    Reason::NothingBound.refuses_if(enrolment.bindings.is_empty())
}

pub(super) fn withdraw(enrolment: &Enrolment) -> Result<(), Reason> {
    Reason::NoConsent.refuses_if(enrolment.consent.is_none())?;
    Reason::ConsentWithdrawn.refuses_if(enrolment.participation == Participation::Withdrawn)
}

pub(super) fn request_erasure(enrolment: &Enrolment) -> Result<(), Reason> {
    Reason::ErasureAsked.refuses_if(enrolment.participation == Participation::ErasureRequested)
}
