//! The payment axis: orders at WeChat Pay, vouchers, paying later.
//!
//! Money that came is never forgotten: what is paid beyond what is owed becomes a case and is refunded.

use super::Enrolment;
use crate::{CaseKind, Entry, EntryId, Kind, OrderId, Task, VoucherHash};

/// Where the payment of one enrolment stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PaymentState {
    /// Nothing was chosen yet.
    Unpaid,
    /// 学校已支付
    SchoolPays,
    /// An order is open at WeChat Pay.
    Open,
    /// The network went while an order was open: whether it was paid is not known.
    Held,
    /// Paid.
    Paid,
    /// To be paid later; the portrait is held.
    PayLater,
    /// A voucher was used.
    Voucher,
    /// A refund is on its way.
    Refunding,
    /// Refunded.
    Refunded,
}

impl PaymentState {
    /// All nine.
    pub const ALL: [PaymentState; 9] = [
        PaymentState::Unpaid,
        PaymentState::SchoolPays,
        PaymentState::Open,
        PaymentState::Held,
        PaymentState::Paid,
        PaymentState::PayLater,
        PaymentState::Voucher,
        PaymentState::Refunding,
        PaymentState::Refunded,
    ];

    /// Code of the state's sentence.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            PaymentState::Unpaid => "state.payment.unpaid",
            PaymentState::SchoolPays => "state.payment.school_pays",
            PaymentState::Open => "state.payment.open",
            PaymentState::Held => "state.payment.held",
            PaymentState::Paid => "state.payment.paid",
            PaymentState::PayLater => "state.payment.pay_later",
            PaymentState::Voucher => "state.payment.voucher",
            PaymentState::Refunding => "state.payment.refunding",
            PaymentState::Refunded => "state.payment.refunded",
        }
    }

    /// Whether the portrait may leave the server.
    #[must_use]
    pub const fn is_settled(self) -> bool {
        matches!(self, PaymentState::SchoolPays | PaymentState::Paid | PaymentState::Voucher)
    }
}

/// An order at WeChat Pay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// The `PaymentOpened` entry.
    pub opened: EntryId,
    /// Our number of it.
    pub number: OrderId,
    /// Amount, fen.
    pub fen: u32,
    /// The visit went on without knowing.
    pub held: bool,
    /// It was closed and can never be paid.
    pub closed: bool,
}

/// How far a refund is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Refund {
    /// None was asked for.
    None,
    /// Asked for.
    Open,
    /// WeChat Pay could not.
    Failed,
    /// Done.
    Done,
}

/// Money that came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// The `Paid` entry.
    pub entry: EntryId,
    /// The order it paid: its `PaymentOpened` entry.
    pub order: EntryId,
    /// WeChat Pay's number.
    pub transaction: OrderId,
    /// Amount, fen.
    pub fen: u32,
    /// How far its refund is.
    pub refund: Refund,
}

/// What is known of one enrolment's payment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Payment {
    /// Orders, oldest first.
    pub orders: Vec<Order>,
    /// Money that came, oldest first, each transaction once.
    pub receipts: Vec<Receipt>,
    /// Vouchers that were used here and not refused: the entry and which.
    pub vouchers: Vec<(EntryId, VoucherHash)>,
    /// Paying later was chosen, or a voucher turned out to be used.
    pub pay_later: bool,
}

impl Payment {
    /// An order of which nobody knows yet whether it was paid; the server asks or closes it before there is a new one.
    #[must_use]
    pub fn unsettled(&self) -> Option<&Order> {
        let paid = |o: &Order| self.receipts.iter().any(|r| r.order == o.opened);
        self.orders.iter().find(|o| !o.closed && !paid(o))
    }

    /// Where it stands, whoever pays by the task.
    #[must_use]
    pub fn state(&self) -> PaymentState {
        let any = |refund| self.receipts.iter().any(|r| r.refund == refund);
        if any(Refund::None) || any(Refund::Failed) {
            PaymentState::Paid
        } else if !self.vouchers.is_empty() {
            PaymentState::Voucher
        } else if any(Refund::Open) {
            PaymentState::Refunding
        } else if let Some(order) = self.unsettled() {
            if order.held { PaymentState::Held } else { PaymentState::Open }
        } else if self.pay_later {
            PaymentState::PayLater
        } else if any(Refund::Done) {
            PaymentState::Refunded
        } else {
            PaymentState::Unpaid
        }
    }
}

impl Enrolment {
    /// Where the payment stands.
    #[must_use]
    pub fn payment_state(&self, task: &Task) -> PaymentState {
        if task.payment.iter().any(|mode| mode.is_prepaid()) {
            return PaymentState::SchoolPays;
        }
        self.payment.state()
    }
}

pub(super) fn apply(entry: &Entry, state: &mut Enrolment) {
    let payment = &mut state.payment;
    let order = |p: &mut Payment, change: fn(&mut Order)| {
        p.orders.iter_mut().filter(|o| Some(o.opened) == entry.about).for_each(change);
    };
    let refund = |p: &mut Payment, to: Refund| {
        // A refund that is done stays done, whatever is said late.
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
        Kind::VoucherRedeemed { voucher } => payment.vouchers.push((entry.id, *voucher)),
        Kind::VoucherRefused => {
            payment.vouchers.retain(|(redeemed, _)| Some(*redeemed) != entry.about);
            payment.pay_later = true;
        }
        _ => {}
    }
}

/// The same transaction told twice came once; another one beside money that was kept is surplus.
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
