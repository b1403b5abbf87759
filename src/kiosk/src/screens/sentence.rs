//! A whole screen for one sentence and what to do next.

use super::OnTouch;
use super::scene::{Face, Scene, Shown};
use collection::{PASS_SCORE, PhotoState};
use sentences::{Code, codes};
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
            NextAction::Retake => codes::WORD_RETAKE,
            NextAction::GoOn => codes::WORD_GO_ON,
            NextAction::End => codes::WORD_END,
        };
        let secondary = self.help.is_some().then_some(codes::WORD_ASK_TEACHER);
        let sign = match self.help {
            Some(Help::Unlock) => Sign::Lock,
            Some(Help::Grant) => Sign::Clock,
            Some(Help::Verify | Help::VerifyWithoutConsent) => Sign::Hand,
            None => Sign::Info,
        };
        show(scene, &self.sentence, Tone::Warn, sign, [Some(primary), secondary]);
    }
}

/// The notice of a kiosk that staff stopped; my tasks stay open.
impl Shown for PausedStage {
    fn face(&self) -> Face {
        Face::of("paused", Screen::Sentence)
    }

    fn show(&self, scene: &Scene<'_>) {
        show(scene, &self.notice, Tone::Pine, Sign::Pause, [None, Some(codes::WORD_SEE_MY_TASKS)]);
        scene.window.global::<SentenceView<'_>>().set_serif(true);
    }
}

pub(super) fn clear(window: &AppWindow) {
    window.global::<SentenceView<'_>>().reset();
}

/// No portrait could be made of the chosen frame.
pub(super) fn show_refused(scene: &Scene<'_>, sentence: &Sentence) {
    show(scene, sentence, Tone::Warn, Sign::Camera, [Some(codes::WORD_RETAKE), Some(codes::WORD_END)]);
}

/// The chosen frame does not match the admission photo, or is a copy of it.
pub(super) fn show_comparison_failed(scene: &Scene<'_>, compared: &Compared) {
    show(scene, &failed(compared), Tone::Warn, Sign::User, [Some(codes::WORD_RETAKE), Some(codes::WORD_END)]);
}

fn failed(compared: &Compared) -> Sentence {
    if compared.same_photo {
        return Sentence::plain(codes::COMPARE_SAME_PHOTO);
    }
    let score = compared.score_tenths.map_or(0.0, |t| f64::from(t) / 10.0);
    let points = (PASS_SCORE - score).ceil().max(1.0);
    Sentence::with(codes::COMPARE_BELOW, "points", format!("{points:.0}"))
}

/// Shows a sentence with its remedy and the words of the primary and the secondary button; `None`: no button.
pub(super) fn show(
    scene: &Scene<'_>,
    sentence: &Sentence,
    tone: Tone,
    sign: Sign,
    buttons: [Option<Code>; 2],
) {
    let view = scene.window.global::<SentenceView<'_>>();
    view.set_sign(sign);
    view.set_tone(tone);
    view.set_serif(false);
    view.set_busy(false);
    view.set_note_sign(Sign::Info);
    view.set_headline(scene.say_with(sentence.code, &sentence.args));
    view.set_detail(scene.remedy(sentence.code, &sentence.args));
    let kept = scene.visit.subject().is_some_and(|s| {
        let state = s.enrolment.photo_state(collection::Durable::Server);
        state != PhotoState::AwaitingCapture
    });
    let if_kept = |words: SharedString| if kept { words } else { SharedString::default() };
    view.set_note_title(if_kept(scene.say(codes::WORD_KEPT)));
    view.set_note(if_kept(scene.remedy(codes::WORD_KEPT, &[])));
    let [primary, secondary] = buttons.map(|code| code.map(|code| scene.say(code)).unwrap_or_default());
    view.set_primary(primary);
    view.set_secondary(secondary);
}
