//! The ways to pay, and what each of them needs. Screens, rules and flows ask these questions and name no mode.

use sentences::{Code, codes};
use serde::{Deserialize, Serialize};

/// A way to pay, in the order in which the task tries them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PaymentMode {
    /// The school has paid.
    SchoolPays,
    /// WeChat Pay, Native: a code on the screen that any phone may pay.
    WechatNative,
    /// A printed voucher.
    Voucher,
    /// Later; the server holds the portrait until then.
    PayLater,
}

/// What a way to pay asks of the student.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PaymentStep {
    /// Nothing: it is paid already.
    Nothing,
    /// To pay an order with a phone.
    Order,
    /// To type a voucher's number.
    VoucherNumber,
    /// To take note that the portrait waits until it is paid.
    Notice,
}

impl PaymentMode {
    /// All of them.
    pub const ALL: [PaymentMode; 4] =
        [PaymentMode::SchoolPays, PaymentMode::WechatNative, PaymentMode::Voucher, PaymentMode::PayLater];

    /// What it asks of the student.
    #[must_use]
    pub const fn asks_for(self) -> PaymentStep {
        match self {
            PaymentMode::SchoolPays => PaymentStep::Nothing,
            PaymentMode::WechatNative => PaymentStep::Order,
            PaymentMode::Voucher => PaymentStep::VoucherNumber,
            PaymentMode::PayLater => PaymentStep::Notice,
        }
    }

    /// Whether it works only while there is a network. A task that offers such a mode offers one that never fails too.
    #[must_use]
    pub const fn needs_network(self) -> bool {
        match self {
            PaymentMode::WechatNative => true,
            PaymentMode::SchoolPays | PaymentMode::Voucher | PaymentMode::PayLater => false,
        }
    }

    /// Whether the school has paid, so that no later mode is ever tried and there is no price.
    #[must_use]
    pub const fn is_prepaid(self) -> bool {
        matches!(self.asks_for(), PaymentStep::Nothing)
    }

    /// Whether every student can take it at any time: it needs no network and nothing in the hand.
    #[must_use]
    pub const fn never_fails(self) -> bool {
        match self.asks_for() {
            PaymentStep::Nothing | PaymentStep::Notice => true,
            PaymentStep::Order | PaymentStep::VoucherNumber => false,
        }
    }

    /// Code of its name.
    #[must_use]
    pub const fn code(self) -> Code {
        match self {
            PaymentMode::SchoolPays => codes::WORD_SCHOOL_PAID,
            PaymentMode::WechatNative => codes::PAYMENT_WECHAT,
            PaymentMode::Voucher => codes::PAYMENT_VOUCHER_NAME,
            PaymentMode::PayLater => codes::WORD_PAY_LATER,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_needs_a_network_may_fail_and_every_mode_has_a_name() {
        for mode in PaymentMode::ALL {
            assert!(!(mode.needs_network() && mode.never_fails()), "{mode:?}");
        }
    }
}
