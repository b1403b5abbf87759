//! A whole screen that says one thing and leads on.

use super::{OnTouch, Scene};
use collection::{PASS_SCORE, PaymentMode, PhotoState};
use slint::ComponentHandle as _;
use ui::{AppWindow, SentenceView, Sign, Tone};
use visit::{Compared, Help, NextAction, PaymentStage, PickPhase, PickStage, Sentence, SentenceStage, Touch};

pub(super) fn wire(window: &AppWindow, touch: &OnTouch) {
    let view = window.global::<SentenceView<'_>>();
    let t = touch.clone();
    view.on_primary_pressed(move || t(Touch::Primary));
    let t = touch.clone();
    view.on_secondary_pressed(move || t(Touch::Secondary));
}

pub(super) fn show_stage(scene: &Scene<'_>, stage: &SentenceStage) {
    let primary = match stage.action {
        NextAction::Retake => "word.retake",
        NextAction::GoOn => "word.go_on",
        NextAction::End => "word.end",
    };
    let secondary = if stage.help.is_some() { "word.ask_teacher" } else { "" };
    let sign = match stage.help {
        Some(Help::Unlock) => Sign::Lock,
        Some(Help::Grant) => Sign::Clock,
        Some(Help::Verify | Help::VerifyWithoutConsent) => Sign::Hand,
        None => Sign::Info,
    };
    show(scene, &stage.sentence, Tone::Warn, sign, primary, secondary);
}

/// The kiosk is stopped; whoever comes may still see how their photo stands.
pub(super) fn show_paused(scene: &Scene<'_>, notice: &Sentence) {
    show(scene, notice, Tone::Pine, Sign::Pause, "", "word.see_my_tasks");
    scene.window.global::<SentenceView<'_>>().set_serif(true);
}

/// A way to pay that asks for nothing to be typed: waiting for an order, or paying later.
pub(super) fn show_payment(scene: &Scene<'_>, stage: &PaymentStage) {
    let later = stage.mode == PaymentMode::PayLater;
    let sentence = stage
        .problem
        .clone()
        .unwrap_or_else(|| Sentence::plain(if later { "payment.later" } else { "payment.opening" }));
    let secondary = if later { "" } else { "word.other_way" };
    show(scene, &sentence, Tone::Pine, Sign::Card, "word.go_on", secondary);
    let view = scene.window.global::<SentenceView<'_>>();
    view.set_busy(stage.waiting);
    let skipped = super::payment::skipped(scene, stage);
    if !skipped.is_empty() {
        view.set_note_sign(Sign::Info);
        view.set_note_title(skipped);
        view.set_note(scene.say("payment.not_connected.mend"));
    }
}

pub(super) fn show_pick(scene: &Scene<'_>, stage: &PickStage) {
    match &stage.phase {
        PickPhase::Refused(sentence) => {
            show(scene, sentence, Tone::Warn, Sign::Camera, "word.retake", "word.end");
        }
        PickPhase::ComparisonFailed(compared) => {
            show(scene, &failed(compared), Tone::Warn, Sign::User, "word.retake", "word.end");
        }
        PickPhase::Choosing | PickPhase::Comparing | PickPhase::Confirming | PickPhase::Making => {}
    }
}

fn failed(compared: &Compared) -> Sentence {
    if compared.same_photo {
        return Sentence::plain("compare.same_photo");
    }
    let score = compared.score_tenths.map_or(0.0, |t| f64::from(t) / 10.0);
    let points = (PASS_SCORE - score).ceil().max(1.0);
    Sentence { code: "compare.below".to_owned(), args: vec![("points", format!("{points:.0}"))] }
}

fn show(scene: &Scene<'_>, sentence: &Sentence, tone: Tone, sign: Sign, primary: &str, secondary: &str) {
    let view = scene.window.global::<SentenceView<'_>>();
    view.set_sign(sign);
    view.set_tone(tone);
    view.set_serif(false);
    view.set_busy(false);
    view.set_note_sign(Sign::Info);
    view.set_headline(scene.say_with(&sentence.code, &sentence.args));
    view.set_detail(scene.mend(&sentence.code, &sentence.args));
    let kept = scene.visit.subject().is_some_and(|s| {
        let state = s.enrolment.photo_state(collection::Durable::Server);
        state != PhotoState::AwaitingCapture
    });
    view.set_note_title(if kept { scene.say("word.kept") } else { slint::SharedString::default() });
    view.set_note(if kept { scene.mend("word.kept", &[]) } else { slint::SharedString::default() });
    view.set_primary(if primary.is_empty() { slint::SharedString::default() } else { scene.say(primary) });
    view.set_secondary(if secondary.is_empty() {
        slint::SharedString::default()
    } else {
        scene.say(secondary)
    });
}
