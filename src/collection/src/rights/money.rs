//! Paying: the modes that the task allows, one order at a time, never twice.

use super::Reason;
use crate::{Enrolment, PaymentMode, PaymentState, Task};

pub(super) fn pay_by(mode: PaymentMode, enrolment: &Enrolment, task: &Task) -> Result<(), Reason> {
    let state = enrolment.payment_state(task);
    Reason::AlreadyPaid.refuses_if(state.is_settled())?;
    Reason::ModeNotOffered.refuses_if(!task.payment.contains(&mode))?;
    // Whether an open order was paid must be known before another way to pay is offered.
    Reason::OrderOpen.refuses_if(matches!(state, PaymentState::Open | PaymentState::Held))
}
