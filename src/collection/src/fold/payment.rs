//! The payment of one enrolment: orders at WeChat Pay, vouchers, paying later.

use crate::{EntryId, OrderId, VoucherHash};
use sentences::{Code, codes};

/// Where the payment of one enrolment stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PaymentState {
    /// Nothing was chosen yet.
    Unpaid,
    /// 学校已支付
    SchoolPays,
    /// An order is open at WeChat Pay.
    Open,
    /// The network failed while an order was open: whether it was paid is not known.
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
    /// Every state.
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

    /// The state's sentence.
    #[must_use]
    pub const fn code(self) -> Code {
        match self {
            PaymentState::Unpaid => codes::STATE_PAYMENT_UNPAID,
            PaymentState::SchoolPays => codes::STATE_PAYMENT_SCHOOL_PAYS,
            PaymentState::Open => codes::STATE_PAYMENT_OPEN,
            PaymentState::Held => codes::STATE_PAYMENT_HELD,
            PaymentState::Paid => codes::STATE_PAYMENT_PAID,
            PaymentState::PayLater => codes::STATE_PAYMENT_PAY_LATER,
            PaymentState::Voucher => codes::STATE_PAYMENT_VOUCHER,
            PaymentState::Refunding => codes::STATE_PAYMENT_REFUNDING,
            PaymentState::Refunded => codes::STATE_PAYMENT_REFUNDED,
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
    /// The school's number of it.
    pub number: OrderId,
    /// Amount, fen.
    pub fen: u32,
    /// The visit continued without knowing whether it was paid.
    pub held: bool,
    /// It was closed and can never be paid.
    pub closed: bool,
}

/// The progress of a refund.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Refund {
    /// None was asked for.
    None,
    /// Asked for.
    Open,
    /// WeChat Pay could not refund.
    Failed,
    /// Done.
    Done,
}

/// A payment that arrived.
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
    /// The progress of its refund.
    pub refund: Refund,
}

/// What is known of one enrolment's payment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Payment {
    /// Orders, oldest first.
    pub orders: Vec<Order>,
    /// Payments that arrived, oldest first, each transaction once.
    pub receipts: Vec<Receipt>,
    /// Vouchers that were redeemed and not refused, with their entries.
    pub vouchers: Vec<(EntryId, VoucherHash)>,
    /// Paying later was chosen, or a voucher had been used before.
    pub pay_later: bool,
}

impl Payment {
    /// An order of which it is not known whether it was paid; the server queries or closes it before there is a new one.
    #[must_use]
    pub fn unsettled(&self) -> Option<&Order> {
        let paid = |o: &Order| self.receipts.iter().any(|r| r.order == o.opened);
        self.orders.iter().find(|o| !o.closed && !paid(o))
    }

    /// The state, apart from what the school pays by the task.
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
