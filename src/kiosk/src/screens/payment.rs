//! Paying, where the task needs it: a voucher is typed on the screen of a number, every other mode is one sentence.

use super::entry::{Typing, fill};
use super::scene::{Face, Scene, Shown};
use super::sentence;
use collection::PaymentMode;
use slint::{ComponentHandle as _, SharedString};
use ui::{Screen, SentenceView, Sign, Tone};
use visit::{PaymentStage, Sentence};

impl Shown for PaymentStage {
    fn face(&self) -> Face {
        let screen = match self.mode {
            PaymentMode::Voucher => Screen::NumberEntry,
            PaymentMode::SchoolPays | PaymentMode::WechatNative | PaymentMode::PayLater => Screen::Sentence,
        };
        Face::of("payment", screen)
    }

    fn show(&self, scene: &Scene<'_>) {
        if self.mode != PaymentMode::Voucher {
            return show_sentence(scene, self);
        }
        let message = match &self.problem {
            Some(problem) => scene.say_with(&problem.code, &problem.args),
            None => skipped(scene, self),
        };
        let typing = Typing {
            title: "payment.voucher",
            lead: "payment.voucher.mend",
            typed: &self.entered,
            placeholder: "payment.voucher.placeholder",
            x: None,
            can_go_on: self.can_go_on() || self.waiting,
            busy: self.waiting,
            wrong: self.problem.is_some(),
            other: Some("word.other_way"),
        };
        fill(scene, &typing, message);
    }
}

/// A payment mode for which nothing is typed: waiting for an order, or paying later.
fn show_sentence(scene: &Scene<'_>, stage: &PaymentStage) {
    let later = stage.mode == PaymentMode::PayLater;
    let said = stage
        .problem
        .clone()
        .unwrap_or_else(|| Sentence::plain(if later { "payment.later" } else { "payment.opening" }));
    let secondary = if later { "" } else { "word.other_way" };
    sentence::show(scene, &said, Tone::Pine, Sign::Card, "word.go_on", secondary);
    let view = scene.window.global::<SentenceView<'_>>();
    view.set_busy(stage.waiting);
    let skipped = skipped(scene, stage);
    if !skipped.is_empty() {
        view.set_note_sign(Sign::Info);
        view.set_note_title(skipped);
        view.set_note(scene.say("payment.not_connected.mend"));
    }
}

/// Which payment modes are not connected here, in words.
pub(super) fn skipped(scene: &Scene<'_>, stage: &PaymentStage) -> SharedString {
    let names: Vec<String> = stage
        .skipped
        .iter()
        .map(|mode| {
            let code = match mode {
                PaymentMode::SchoolPays => "word.school_paid",
                PaymentMode::WechatNative => "payment.wechat",
                PaymentMode::Voucher => "payment.voucher.name",
                PaymentMode::PayLater => "word.pay_later",
            };
            scene.say(code).to_string()
        })
        .collect();
    if names.is_empty() {
        return SharedString::default();
    }
    scene.say_with("payment.not_connected", &[("ways", names.join("、"))])
}
