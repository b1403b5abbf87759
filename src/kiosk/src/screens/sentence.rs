//! A whole screen that says one thing and leads on.

use super::{OnTouch, Scene};
use collection::{PASS_SCORE, PhotoState};
use slint::ComponentHandle as _;
use ui::{AppWindow, SentenceView, Sign, Tone};
use visit::{Compared, PickPhase, PickStage, Sentence, SentenceStage, Touch, Way};

pub(super) fn wire(window: &AppWindow, touch: &OnTouch) {
    let view = window.global::<SentenceView<'_>>();
    let t = touch.clone();
    // On D the same button leads back to the camera.
    view.on_primary_pressed(move || {
        t(Touch::Primary);
        t(Touch::Retake);
    });
    let t = touch.clone();
    view.on_secondary_pressed(move || t(Touch::Exit));
}

pub(super) fn show_stage(scene: &Scene<'_>, stage: &SentenceStage) {
    let primary = match stage.way {
        Way::Retake => "word.retake",
        Way::End | Way::Scan => "word.end",
    };
    show(scene, &stage.sentence, Tone::Warn, Sign::Info, primary, "");
}

pub(super) fn show_pick(scene: &Scene<'_>, stage: &PickStage) {
    match &stage.phase {
        PickPhase::Refused(sentence) => {
            show(scene, sentence, Tone::Warn, Sign::Camera, "word.retake", "word.end");
        }
        PickPhase::ComparisonFailed(compared) => {
            show(scene, &failed(compared), Tone::Warn, Sign::User, "word.retake", "word.end");
        }
        _ => {}
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
    view.set_headline(scene.say_with(&sentence.code, &sentence.args));
    view.set_detail(scene.mend(&sentence.code, &sentence.args));
    let kept = scene.visit.subject().is_some_and(|s| {
        let state = s.enrolment.photo_state(collection::Durable::Server);
        state != PhotoState::AwaitingCapture
    });
    view.set_note_title(if kept { scene.say("word.kept") } else { slint::SharedString::default() });
    view.set_note(if kept { scene.mend("word.kept", &[]) } else { slint::SharedString::default() });
    view.set_primary(scene.say(primary));
    view.set_secondary(if secondary.is_empty() {
        slint::SharedString::default()
    } else {
        scene.say(secondary)
    });
}
