//! Paying, only where the task needs it: the task's modes in order, one that is not connected goes to the next, and the last
//! one is always later. Never a wall, never a success that nobody vouches for.

use crate::behaviour::{Known, Resting};
use crate::context::Context;
use crate::next::Next;
use crate::personal::Typed;
use crate::reply::{PayOutcome, Reply};
use crate::request::{JournalEvent, RecordsRequest};
use crate::sentence::Sentence;
use crate::subject::Subject;
use crate::subset::subset;
use crate::touch::Touch;
use crate::typing::{self, Keystroke};
use collection::{PaymentMode, PaymentStep};

/// Most characters of a voucher.
const VOUCHER_MOST: usize = 16;
/// Fewest characters of a voucher.
const VOUCHER_FEWEST: usize = 6;

/// How to pay, where the school has not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentStage {
    /// The mode that is tried now.
    pub mode: PaymentMode,
    /// Modes that are not connected here (未接入).
    pub skipped: Vec<PaymentMode>,
    /// Characters of the voucher so far.
    pub entered: Typed,
    /// Waiting for an answer.
    pub waiting: bool,
    /// Why it did not do.
    pub problem: Option<Sentence>,
}

subset! {
    /// What can be touched while paying.
    PaymentTouch of Touch {
        Touch::Back => Back,
        Touch::OtherWay | Touch::Secondary => OtherWay,
        Touch::Key(key) => Key(key: Keystroke),
        Touch::GoOn => GoOn,
        Touch::Primary => Primary,
    }
}

/// What is paid, and whether anything is. The price is the same however the photo comes, and it is paid once per enrolment.
pub(crate) fn first(subject: &Subject) -> Next {
    let settled = subject.enrolment.payment_state(&subject.task).is_settled();
    if settled || subject.enrolment.payment.pay_later || subject.enrolment.candidate().is_some() {
        return Next::BeforeCamera;
    }
    Next::PayBy { at: 0, skipped: Vec::new() }
}

/// The task's mode at this position; the last one is later, and that is always possible. `None` where nothing is asked for.
pub(crate) fn mode_at(subject: &Subject, at: usize) -> Option<PaymentMode> {
    match subject.task.payment.get(at).copied() {
        Some(mode) => (!mode.is_prepaid()).then_some(mode),
        None => (at > 0).then_some(PaymentMode::PayLater),
    }
}

impl PaymentStage {
    /// This mode is tried.
    pub(crate) fn new(mode: PaymentMode, skipped: Vec<PaymentMode>) -> PaymentStage {
        let waiting = mode.asks_for() == PaymentStep::Order;
        PaymentStage { mode, skipped, entered: Typed::default(), waiting, problem: None }
    }

    /// Whether there is enough to go on with.
    #[must_use]
    pub fn can_go_on(&self) -> bool {
        match self.mode.asks_for() {
            PaymentStep::VoucherNumber => !self.waiting && self.entered.len() >= VOUCHER_FEWEST,
            PaymentStep::Notice => true,
            PaymentStep::Nothing | PaymentStep::Order => false,
        }
    }

    fn next_mode(&self, subject: &Subject, not_connected: bool) -> Next {
        let mut skipped = self.skipped.clone();
        if not_connected {
            skipped.push(self.mode);
        }
        let at = subject.task.payment.iter().position(|m| *m == self.mode).map_or(0, |i| i + 1);
        Next::PayBy { at: at.max(1), skipped }
    }

    fn redeem(&mut self, cx: &mut Context<'_>, subject: &Subject) {
        self.waiting = true;
        cx.ask_records(RecordsRequest::RedeemVoucher(subject.key(), self.entered.clone()));
    }
}

fn pay_later(cx: &mut Context<'_>, subject: &Subject) -> Next {
    cx.journal(subject.key(), JournalEvent::PayLater);
    Next::BeforeCamera
}

impl Resting for PaymentStage {
    fn is_busy(&self) -> bool {
        self.waiting
    }
}

impl Known for PaymentStage {
    fn begin(&mut self, cx: &mut Context<'_>, subject: &Subject) {
        if self.mode.asks_for() == PaymentStep::Order {
            cx.ask_records(RecordsRequest::OpenOrder(subject.entry.enrolment, self.mode));
        }
    }

    fn touch(&mut self, cx: &mut Context<'_>, subject: &mut Subject, touch: Touch) -> Next {
        let Some(touch) = PaymentTouch::of(touch) else { return Next::Stay };
        let types = self.mode.asks_for() == PaymentStep::VoucherNumber && !self.waiting;
        let later = self.mode.asks_for() == PaymentStep::Notice;
        match touch {
            PaymentTouch::Back => return Next::End,
            PaymentTouch::OtherWay if !later => return self.next_mode(subject, false),
            PaymentTouch::Key(key) if types => typing::write_digit(&mut self.entered, key, VOUCHER_MOST),
            PaymentTouch::GoOn if types && self.can_go_on() => self.redeem(cx, subject),
            PaymentTouch::GoOn | PaymentTouch::Primary if later => return pay_later(cx, subject),
            PaymentTouch::OtherWay | PaymentTouch::Key(_) | PaymentTouch::GoOn | PaymentTouch::Primary => {}
        }
        Next::Stay
    }

    fn reply(&mut self, _cx: &mut Context<'_>, subject: &mut Subject, reply: Reply) -> Next {
        let Reply::Paid(outcome) = reply else { return Next::Stay };
        if !self.waiting {
            return Next::Stay;
        }
        match outcome {
            PayOutcome::Paid => Next::BeforeCamera,
            PayOutcome::NotConnected => self.next_mode(subject, true),
            PayOutcome::Refused(problem) => {
                self.waiting = false;
                self.entered.clear();
                self.problem = Some(problem);
                Next::Stay
            }
        }
    }
}
