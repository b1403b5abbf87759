//! A whole screen for one sentence and what to do next.

use super::OnTouch;
use super::scene::{Face, Scene, Shown};
use collection::{PASS_SCORE, PhotoState};
use slint::{ComponentHandle as _, SharedString};
use ui::{AppWindow, Reset as _, Screen, SentenceView, Sign, Tone};
use visit::{Compared, Help, NextAction, PausedStage, Sentence, SentenceStage, Touch};

pub(super) fn wire(window: &AppWindow, touch: &OnTouch) {
    let view = window.global::<SentenceView<'_>>();
    let t = touch.clone();
    view.on_primary_pressed(move || t(Touch::Primary));
    let t = touch.clone();
    view.on_secondary_pressed(move || t(Touch::Secondary));
}

impl Shown for SentenceStage {
    fn face(&self) -> Face {
        Face::of("sentence", Screen::Sentence)
    }

    fn show(&self, scene: &Scene<'_>) {
        let primary = match self.action {
            NextAction::Retake => "word.retake",
            NextAction::GoOn => "word.go_on",
            NextAction::End => "word.end",
        };
        let secondary = if self.help.is_some() { "word.ask_teacher" } else { "" };
        let sign = match self.help {
            Some(Help::Unlock) => Sign::Lock,
            Some(Help::Grant) => Sign::Clock,
            Some(Help::Verify | Help::VerifyWithoutConsent) => Sign::Hand,
            None => Sign::Info,
        };
        show(scene, &self.sentence, Tone::Warn, sign, primary, secondary);
    }
}

/// The notice of a kiosk that staff stopped; my tasks stay open.
impl Shown for PausedStage {
    fn face(&self) -> Face {
        Face::of("paused", Screen::Sentence)
    }

    fn show(&self, scene: &Scene<'_>) {
        show(scene, &self.notice, Tone::Pine, Sign::Pause, "", "word.see_my_tasks");
        scene.window.global::<SentenceView<'_>>().set_serif(true);
    }
}

pub(super) fn clear(window: &AppWindow) {
    window.global::<SentenceView<'_>>().reset();
}

/// No portrait could be made of the chosen frame.
pub(super) fn show_refused(scene: &Scene<'_>, sentence: &Sentence) {
    show(scene, sentence, Tone::Warn, Sign::Camera, "word.retake", "word.end");
}

/// The chosen frame does not match the admission photo, or is a copy of it.
pub(super) fn show_comparison_failed(scene: &Scene<'_>, compared: &Compared) {
    show(scene, &failed(compared), Tone::Warn, Sign::User, "word.retake", "word.end");
}

fn failed(compared: &Compared) -> Sentence {
    if compared.same_photo {
        return Sentence::plain("compare.same_photo");
    }
    let score = compared.score_tenths.map_or(0.0, |t| f64::from(t) / 10.0);
    let points = (PASS_SCORE - score).ceil().max(1.0);
    Sentence { code: "compare.below".to_owned(), args: vec![("points", format!("{points:.0}"))] }
}

/// Shows a sentence with its remedy and up to two buttons (sentence codes of their words; empty: no button).
pub(super) fn show(
    scene: &Scene<'_>,
    sentence: &Sentence,
    tone: Tone,
    sign: Sign,
    primary: &str,
    secondary: &str,
) {
    let view = scene.window.global::<SentenceView<'_>>();
    view.set_sign(sign);
    view.set_tone(tone);
    view.set_serif(false);
    view.set_busy(false);
    view.set_note_sign(Sign::Info);
    view.set_headline(scene.say_with(&sentence.code, &sentence.args));
    view.set_detail(scene.remedy(&sentence.code, &sentence.args));
    let kept = scene.visit.subject().is_some_and(|s| {
        let state = s.enrolment.photo_state(collection::Durable::Server);
        state != PhotoState::AwaitingCapture
    });
    let if_kept = |words: SharedString| if kept { words } else { SharedString::default() };
    view.set_note_title(if_kept(scene.say("word.kept")));
    view.set_note(if_kept(scene.remedy("word.kept", &[])));
    let button = |code: &str| if code.is_empty() { SharedString::default() } else { scene.say(code) };
    view.set_primary(button(primary));
    view.set_secondary(button(secondary));
}
