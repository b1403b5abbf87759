//! Applies the entries about payment. No payment is forgotten: one beyond what is owed becomes a case and is refunded.

use super::enrolment::Enrolment;
use super::payment::{Order, Payment, PaymentState, Receipt, Refund};
use crate::{CaseKind, Entry, EntryId, Kind, OrderId, Task};
use std::collections::BTreeSet;

impl Enrolment {
    /// The state of the payment.
    #[must_use]
    pub fn payment_state(&self, task: &Task) -> PaymentState {
        if task.payment.iter().any(|mode| mode.is_prepaid()) {
            return PaymentState::SchoolPays;
        }
        self.payment.state()
    }
}

/// The redemptions that the server refused. They are refused even where a ring of entries, or a wrong clock, sorts the refusal first.
pub(super) fn refused_redemptions(admitted: &[Entry]) -> BTreeSet<EntryId> {
    admitted.iter().filter(|e| matches!(e.kind, Kind::VoucherRefused)).filter_map(|e| e.about).collect()
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the other kinds are applied by other modules of the fold"
)]
pub(super) fn apply(entry: &Entry, refused: &BTreeSet<EntryId>, state: &mut Enrolment) {
    let payment = &mut state.payment;
    let order = |p: &mut Payment, change: fn(&mut Order)| {
        p.orders.iter_mut().filter(|o| Some(o.opened) == entry.about).for_each(change);
    };
    let refund = |p: &mut Payment, to: Refund| {
        // A refund that is done stays done, whatever later entries say.
        for receipt in p.receipts.iter_mut().filter(|r| Some(r.entry) == entry.about) {
            receipt.refund = receipt.refund.max(to);
        }
    };
    match &entry.kind {
        Kind::PaymentOpened { order: number, fen } => {
            let number = number.clone();
            payment.orders.push(Order { opened: entry.id, number, fen: *fen, held: false, closed: false });
        }
        Kind::PaymentHeld => order(payment, |o| o.held = true),
        Kind::PaymentClosed => order(payment, |o| o.closed = true),
        Kind::Paid { transaction, fen } => paid(entry, transaction, *fen, state),
        Kind::RefundOpened => refund(payment, Refund::Open),
        Kind::Refunded => refund(payment, Refund::Done),
        Kind::RefundFailed => {
            refund(payment, Refund::Failed);
            state.open_case(CaseKind::RefundFailed, entry.about.into_iter().collect());
        }
        Kind::PayLater => payment.pay_later = true,
        Kind::VoucherRedeemed { .. } if refused.contains(&entry.id) => {}
        Kind::VoucherRedeemed { voucher } => payment.vouchers.push((entry.id, *voucher)),
        Kind::VoucherRefused => payment.pay_later = true,
        _ => {}
    }
}

/// A transaction that is reported twice counts once; a further one, while another payment is kept, is surplus.
fn paid(entry: &Entry, transaction: &OrderId, fen: u32, state: &mut Enrolment) {
    let payment = &mut state.payment;
    if payment.receipts.iter().any(|r| r.transaction == *transaction) {
        return;
    }
    let Some(order) = entry.about else { return };
    let kept = payment.receipts.iter().any(|r| r.refund != Refund::Done);
    payment.receipts.push(Receipt {
        entry: entry.id,
        order,
        transaction: transaction.clone(),
        fen,
        refund: Refund::None,
    });
    if kept || !payment.vouchers.is_empty() {
        state.open_case(CaseKind::PaidTwice, vec![entry.id]);
    }
}
