//! Paying, where the task needs it: a voucher is typed on the screen of a number, every other mode is one sentence.

use super::entry::{Typing, fill};
use super::scene::{Face, Scene, Shown};
use super::sentence;
use collection::PaymentStep;
use sentences::codes;
use slint::{ComponentHandle as _, SharedString};
use ui::{Screen, SentenceView, Sign, Tone};
use visit::{PaymentStage, Sentence};

impl Shown for PaymentStage {
    fn face(&self) -> Face {
        let screen = match self.mode.asks_for() {
            PaymentStep::VoucherNumber => Screen::NumberEntry,
            PaymentStep::Nothing | PaymentStep::Order | PaymentStep::Notice => Screen::Sentence,
        };
        Face::of("payment", screen)
    }

    fn show(&self, scene: &Scene<'_>) {
        if self.mode.asks_for() != PaymentStep::VoucherNumber {
            return show_sentence(scene, self);
        }
        let message = match &self.problem {
            Some(problem) => scene.say_with(problem.code, &problem.args),
            None => skipped(scene, self),
        };
        let typing = Typing {
            title: codes::PAYMENT_VOUCHER,
            lead: codes::PAYMENT_VOUCHER_REMEDY,
            typed: &self.entered,
            placeholder: codes::PAYMENT_VOUCHER_PLACEHOLDER,
            x: None,
            can_go_on: self.can_go_on() || self.waiting,
            busy: self.waiting,
            wrong: self.problem.is_some(),
            other: Some(codes::WORD_OTHER_WAY),
        };
        fill(scene, &typing, message);
    }
}

/// A payment mode for which nothing is typed: waiting for an order, or paying later.
fn show_sentence(scene: &Scene<'_>, stage: &PaymentStage) {
    let later = stage.mode.asks_for() == PaymentStep::Notice;
    let said = stage.problem.clone().unwrap_or_else(|| {
        Sentence::plain(if later { codes::PAYMENT_LATER } else { codes::PAYMENT_OPENING })
    });
    let secondary = (!later).then_some(codes::WORD_OTHER_WAY);
    sentence::show(scene, &said, Tone::Pine, Sign::Card, [Some(codes::WORD_GO_ON), secondary]);
    let view = scene.window.global::<SentenceView<'_>>();
    view.set_busy(stage.waiting);
    let skipped = skipped(scene, stage);
    if !skipped.is_empty() {
        view.set_note_sign(Sign::Info);
        view.set_note_title(skipped);
        view.set_note(scene.say(codes::PAYMENT_NOT_CONNECTED_REMEDY));
    }
}

/// Which payment modes are not connected here, in words.
pub(super) fn skipped(scene: &Scene<'_>, stage: &PaymentStage) -> SharedString {
    let names: Vec<String> = stage.skipped.iter().map(|mode| scene.say(mode.code()).to_string()).collect();
    if names.is_empty() {
        return SharedString::default();
    }
    scene.say_with(codes::PAYMENT_NOT_CONNECTED, &[("ways", names.join("、"))])
}
