//! The finished portrait, next to what it is compared with.

use super::OnTouch;
use super::scene::{Face, Scene, Shown};
use collection::{ComparisonBand, PASS_SCORE};
use sentences::{Code, codes};
use slint::{ComponentHandle as _, ModelRc, SharedString, VecModel};
use std::rc::Rc;
use ui::{AppWindow, Fact, Reference, Reset as _, ResultView, Screen, Tone};
use visit::{ResultStage, Touch};

pub(super) fn wire(window: &AppWindow, touch: &OnTouch) {
    let view = window.global::<ResultView<'_>>();
    let t = touch.clone();
    view.on_submit(move || t(Touch::Submit));
    let t = touch.clone();
    view.on_not_me(move || t(Touch::NotMe));
    let t = touch.clone();
    view.on_retake(move || t(Touch::Retake));
}

impl Shown for ResultStage {
    fn face(&self) -> Face {
        Face::of(if self.draft { "draft" } else { "result" }, Screen::Result)
    }

    fn show(&self, scene: &Scene<'_>) {
        let view = scene.window.global::<ResultView<'_>>();
        view.set_portrait(scene.pictures.portrait(scene.vault, self.made.portrait, ui::size::PORTRAIT));
        let subject = scene.visit.subject().filter(|s| s.task.show_admission_photo);
        let admission = subject.and_then(|s| scene.pictures.admission(scene.vault, s.admission_photo?));
        let (reference, kind) = match admission {
            Some(photo) => (photo, Reference::Admission),
            None => {
                (scene.pictures.capture(scene.vault, self.original, ui::size::REFERENCE), Reference::Captured)
            }
        };
        view.set_reference(reference);
        view.set_reference_kind(kind);
        view.set_lead(scene.say(if self.draft { codes::WORD_LEAD_DRAFT } else { codes::WORD_LEAD_RESULT }));
        view.set_facts(facts(scene, self));
        show_comparison(scene, &view, self);
        let note = self.failure.as_ref().map(|s| scene.say_with(s.code, &s.args));
        let none = self.compared.band == ComparisonBand::None;
        let compared = || if none { scene.say(codes::WORD_COMPARE_NONE) } else { SharedString::default() };
        view.set_note_tone(if note.is_some() { Tone::Warn } else { Tone::Info });
        view.set_note(note.unwrap_or_else(compared));
        view.set_can_submit(!self.submitting);
        view.set_busy(self.submitting);
    }
}

pub(super) fn clear(window: &AppWindow) {
    window.global::<ResultView<'_>>().reset();
}

fn show_comparison(scene: &Scene<'_>, view: &ResultView<'_>, stage: &ResultStage) {
    let score = stage.compared.score_tenths;
    view.set_compared(score.is_some());
    view.set_score(score.map_or(0, |t| i32::from(t / 10)));
    view.set_pass_mark(PASS_SCORE as i32);
    let pass = stage.compared.band == ComparisonBand::Pass;
    view.set_score_tone(if pass { Tone::Pass } else { Tone::Warn });
    view.set_score_words(scene.say(if pass { codes::WORD_COMPARE_PASS } else { codes::WORD_COMPARE_MANUAL }));
}

fn facts(scene: &Scene<'_>, stage: &ResultStage) -> ModelRc<Fact> {
    let fact = |label: Code, value: String, tone| Fact { label: scene.say(label), value: value.into(), tone };
    let mut facts = Vec::new();
    if let Some(preset) = scene.visit.subject().map(|s| &s.preset) {
        facts.push(fact(
            codes::WORD_SIZE,
            format!("{}×{}", preset.size.width, preset.size.height),
            Tone::Info,
        ));
    }
    let kilobytes = f64::from(stage.made.bytes) / 1024.0;
    facts.push(fact(codes::WORD_FILE, format!("{kilobytes:.0} KB"), Tone::Info));
    let background = scene.visit.subject().and_then(|s| s.preset.background(s.task.background));
    if let Some(background) = background {
        facts.push(fact(codes::WORD_BACKGROUND, scene.label(background).to_string(), Tone::Info));
    }
    // A portrait is shown only when every file check passed.
    facts.push(fact(codes::WORD_STANDARD, scene.say(codes::WORD_ALL_PASSED).to_string(), Tone::Pass));
    ModelRc::from(Rc::new(VecModel::from(facts)))
}
