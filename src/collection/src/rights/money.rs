//! Paying: the modes that the task allows, one order at a time, never twice.

use super::{Act, Refusal};
use crate::{Enrolment, PaymentMode, PaymentState, Task};

pub(super) fn permits(act: Act, enrolment: &Enrolment, task: &Task) -> Result<(), Refusal> {
    let mode = match act {
        Act::Pay => PaymentMode::WechatNative,
        Act::RedeemVoucher => PaymentMode::Voucher,
        _ => PaymentMode::PayLater,
    };
    if enrolment.payment_state(task).is_settled() {
        return Err(Refusal::new("rights.already_paid"));
    }
    if !task.payment.contains(&mode) {
        return Err(Refusal::new("rights.mode_not_offered"));
    }
    match enrolment.payment_state(task) {
        // Whether this order was paid must be known before there is another way to pay.
        PaymentState::Open | PaymentState::Held => Err(Refusal::new("rights.order_open")),
        _ => Ok(()),
    }
}
