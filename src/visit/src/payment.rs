//! Paying, only where the task needs it: the task's ways in order, a way that is not connected goes to the next, and the last
//! one is always later. Never a wall, never a success that nobody vouches for.

use crate::stage::{PaymentStage, Sentence, Stage};
use crate::{Effect, PayOutcome, Touch, Visit};
use collection::PaymentMode;

/// Most characters of a voucher.
const VOUCHER_MOST: usize = 16;
/// Fewest characters of a voucher.
const VOUCHER_FEWEST: usize = 6;

impl PaymentStage {
    fn new(mode: PaymentMode, skipped: Vec<PaymentMode>) -> PaymentStage {
        let waiting = mode == PaymentMode::WechatNative;
        PaymentStage { mode, skipped, entered: String::new(), waiting, problem: None }
    }

    /// Whether there is enough to go on with.
    #[must_use]
    pub fn can_go_on(&self) -> bool {
        match self.mode {
            PaymentMode::Voucher => !self.waiting && self.entered.len() >= VOUCHER_FEWEST,
            PaymentMode::PayLater => true,
            PaymentMode::SchoolPays | PaymentMode::WechatNative => false,
        }
    }
}

impl Visit {
    /// The camera, or how to pay first. The price is the same however the photo comes, and it is paid once per enrolment.
    pub(crate) fn pay_or_capture(&mut self) -> Vec<Effect> {
        let Some(subject) = &self.subject else { return self.end() };
        let settled = subject.enrolment.payment_state(&subject.task).is_settled();
        if settled || subject.enrolment.payment.pay_later || subject.enrolment.candidate().is_some() {
            return self.before_camera();
        }
        self.pay_by(0, Vec::new())
    }

    /// The task's way to pay at this position, and the next ones where it asks for nothing.
    fn pay_by(&mut self, at: usize, skipped: Vec<PaymentMode>) -> Vec<Effect> {
        let Some(subject) = &self.subject else { return self.end() };
        let enrolment = subject.entry.enrolment;
        match subject.task.payment.get(at).copied() {
            Some(PaymentMode::SchoolPays) => self.before_camera(),
            // Nothing was asked for.
            None if at == 0 => self.before_camera(),
            // Everything failed; later is always possible.
            None => {
                vec![self.enter(Stage::Payment(PaymentStage::new(PaymentMode::PayLater, skipped)))]
            }
            Some(mode) => {
                let mut effects = vec![self.enter(Stage::Payment(PaymentStage::new(mode, skipped)))];
                if mode == PaymentMode::WechatNative {
                    effects.push(Effect::OpenOrder(self.ticket(), enrolment, mode));
                }
                effects
            }
        }
    }

    pub(crate) fn touch_payment(&mut self, touch: Touch) -> Vec<Effect> {
        let ticket = self.ticket();
        let Some(subject) = &self.subject else { return self.end() };
        let (enrolment, task) = (subject.entry.enrolment, subject.task.id.clone());
        let Stage::Payment(pay) = &mut self.stage else { return Vec::new() };
        let types = pay.mode == PaymentMode::Voucher && !pay.waiting;
        match touch {
            Touch::Back => self.end(),
            Touch::OtherWay | Touch::Secondary if pay.mode != PaymentMode::PayLater => self.next_way(false),
            Touch::Digit(d) if types && pay.entered.len() < VOUCHER_MOST && d < 10 => {
                pay.entered.push(char::from(b'0' + d));
                Vec::new()
            }
            Touch::Backspace if types => {
                pay.entered.pop();
                Vec::new()
            }
            Touch::Clear if types => {
                pay.entered.clear();
                Vec::new()
            }
            Touch::GoOn if types && pay.can_go_on() => {
                pay.waiting = true;
                let code = pay.entered.clone();
                vec![Effect::RedeemVoucher { ticket, enrolment, task, code }]
            }
            Touch::GoOn | Touch::Primary if pay.mode == PaymentMode::PayLater => {
                let mut effects = vec![Effect::RecordPayLater { enrolment, task }];
                effects.extend(self.before_camera());
                effects
            }
            _ => Vec::new(),
        }
    }

    pub(crate) fn paid(&mut self, outcome: PayOutcome) -> Vec<Effect> {
        let Stage::Payment(pay) = &mut self.stage else { return Vec::new() };
        if !pay.waiting {
            return Vec::new();
        }
        match outcome {
            PayOutcome::Paid => self.before_camera(),
            PayOutcome::NotConnected => self.next_way(true),
            PayOutcome::Refused { code } => {
                pay.waiting = false;
                pay.entered.clear();
                pay.problem = Some(Sentence::plain(&code));
                Vec::new()
            }
        }
    }

    fn next_way(&mut self, not_connected: bool) -> Vec<Effect> {
        let Stage::Payment(pay) = &self.stage else { return Vec::new() };
        let (mode, mut skipped) = (pay.mode, pay.skipped.clone());
        if not_connected {
            skipped.push(mode);
        }
        let Some(subject) = &self.subject else { return self.end() };
        let at = subject.task.payment.iter().position(|m| *m == mode).map_or(0, |i| i + 1);
        self.pay_by(at.max(1), skipped)
    }
}
