//! Pick and confirm: three frames, the faults of the chosen one with their remedies, and both confirmations.

use super::OnTouch;
use super::scene::{Face, Scene, Shown};
use sentences::codes;
use slint::{ComponentHandle as _, ModelRc, VecModel};
use standard::{Check, Threshold, Unit, Verdict};
use std::rc::Rc;
use ui::{AppWindow, PickFrame, PickStage as Half, PickView, Reset as _, RowVerdict, Screen, VerdictRow};
use visit::{PickPhase, PickStage, Touch};

pub(super) fn wire(window: &AppWindow, touch: &OnTouch) {
    let view = window.global::<PickView<'_>>();
    let t = touch.clone();
    view.on_choose(move |i| t(Touch::Choose(usize::try_from(i).unwrap_or(usize::MAX))));
    let t = touch.clone();
    view.on_retake(move || t(Touch::Retake));
    let t = touch.clone();
    view.on_use_chosen(move || t(Touch::Use));
    let t = touch.clone();
    view.on_ask_teacher(move || t(Touch::AskTeacher));
    let t = touch.clone();
    view.on_change(move || t(Touch::Back));
    let t = touch.clone();
    view.on_confirm(move || t(Touch::Make));
}

impl Shown for PickStage {
    fn face(&self) -> Face {
        match &self.phase {
            PickPhase::Choosing if self.blocked() => Face::of("pick-blocked", Screen::Pick),
            PickPhase::Choosing => Face::of("pick", Screen::Pick),
            PickPhase::Comparing => Face::of("pick-comparing", Screen::Pick),
            PickPhase::Confirming => Face::of("confirm", Screen::Pick),
            PickPhase::Making => Face::of("making", Screen::Pick),
            PickPhase::ComparisonFailed(_) => Face::of("comparison-failed", Screen::Sentence),
            PickPhase::Refused(_) => Face::of("refused", Screen::Sentence),
        }
    }

    fn show(&self, scene: &Scene<'_>) {
        let half = match &self.phase {
            PickPhase::Choosing => Half::Choosing,
            PickPhase::Comparing => Half::Checking,
            PickPhase::Confirming => Half::Confirming,
            PickPhase::Making => Half::Working,
            PickPhase::Refused(sentence) => return super::sentence::show_refused(scene, sentence),
            PickPhase::ComparisonFailed(compared) => {
                return super::sentence::show_comparison_failed(scene, compared);
            }
        };
        let view = scene.window.global::<PickView<'_>>();
        view.set_stage(half);
        view.set_frames(frames(scene, self));
        view.set_chosen(i32::try_from(self.chosen).unwrap_or(0));
        show_checks(scene, &view, self);
        show_production(scene, &view, self);
    }
}

pub(super) fn clear(window: &AppWindow) {
    window.global::<PickView<'_>>().reset();
}

fn show_checks(scene: &Scene<'_>, view: &PickView<'_>, stage: &PickStage) {
    let checks: &[Check] = stage.candidate().map_or(&[], |c| &c.checks);
    let count =
        |v| i32::try_from(checks.iter().filter(|c| c.verdict == v && judged(c)).count()).unwrap_or(i32::MAX);
    view.set_hints(count(Verdict::Warn));
    view.set_passed(count(Verdict::Pass));
    let overridden = stage.overridden.is_some();
    // What staff has overridden need not be taken again.
    view.set_retakes(if overridden { 0 } else { count(Verdict::Block) });
    view.set_rows(rows(scene, checks, &[Verdict::Block, Verdict::Warn], overridden));
    let passed: Vec<Check> = checks
        .iter()
        .filter(|c| c.verdict == Verdict::Pass && judged(c))
        .take(PASSED_SHOWN)
        .cloned()
        .collect();
    view.set_passes(rows(scene, &passed, &[Verdict::Pass], overridden));
    view.set_blocked(stage.blocked());
    view.set_may_override(stage.blocked());
    let note = stage
        .overridden
        .as_ref()
        .map(|o| scene.say_with(codes::WORD_OVERRIDDEN_BY, &[("name", o.name.clone())]));
    view.set_override_note(note.unwrap_or_default());
}

fn show_production(scene: &Scene<'_>, view: &PickView<'_>, stage: &PickStage) {
    let Some(subject) = scene.visit.subject() else { return };
    view.set_quota_left(i32::try_from(stage.productions_left).unwrap_or(i32::MAX));
    let day = subject.task.settings.productions_per_day;
    view.set_quota_note(scene.say_with(codes::WORD_QUOTA_NOTE, &[("count", day.to_string())]));
    view.set_quota_day(i32::try_from(day).unwrap_or(i32::MAX));
    let name = subject.task.background;
    if let Some(background) = subject.preset.background(name) {
        view.set_background_words(scene.label(background));
        let [r, g, b] = background.rgb;
        view.set_background_colour(slint::Color::from_rgb_u8(r, g, b));
    }
    view.set_done(0);
}

fn frames(scene: &Scene<'_>, stage: &PickStage) -> ModelRc<PickFrame> {
    let frames: Vec<PickFrame> = stage
        .candidates
        .iter()
        .enumerate()
        .map(|(i, c)| {
            let let_pass = i == stage.chosen && stage.overridden.is_some();
            let usable = c.verdict != Verdict::Block || let_pass;
            let tag = if !usable {
                codes::WORD_UNUSABLE
            } else if i == 0 && !let_pass {
                codes::WORD_BEST
            } else {
                codes::WORD_USABLE
            };
            PickFrame {
                picture: scene.pictures.capture(scene.vault, c.frame, ui::size::PICK),
                tag: scene.say(tag),
                recommended: i == 0 && usable && !let_pass,
                // A blocked frame is dimmed only where there is a better one.
                usable: usable || stage.candidates.iter().all(|c| c.verdict == Verdict::Block),
            }
        })
        .collect();
    ModelRc::from(Rc::new(VecModel::from(frames)))
}

/// Passed checks that are listed below the faults; more would only push the screen down.
const PASSED_SHOWN: usize = 8;

/// Whether the standard has a limit for it; what is only measured cannot pass.
fn judged(check: &Check) -> bool {
    check.threshold != Threshold::default()
}

/// The checks with these verdicts, in the order of the verdicts.
fn rows(scene: &Scene<'_>, checks: &[Check], verdicts: &[Verdict], overridden: bool) -> ModelRc<VerdictRow> {
    let of = |verdict| checks.iter().filter(move |c| c.verdict == verdict);
    let rows: Vec<VerdictRow> =
        verdicts.iter().flat_map(|v| of(*v)).map(|c| row(scene, c, overridden)).collect();
    ModelRc::from(Rc::new(VecModel::from(rows)))
}

fn row(scene: &Scene<'_>, check: &Check, overridden: bool) -> VerdictRow {
    let value = |v: f64| number(v, check.unit);
    let args = [("value", check.value.map(value).unwrap_or_default())];
    let limit = match (check.value, check.threshold.min, check.threshold.max) {
        (Some(v), Some(min), _) if v < min => scene.say_with(codes::WORD_LIMIT_MIN, &[("value", value(min))]),
        (_, _, Some(max)) => scene.say_with(codes::WORD_LIMIT_MAX, &[("value", value(max))]),
        (_, Some(min), _) => scene.say_with(codes::WORD_LIMIT_MIN, &[("value", value(min))]),
        _ => slint::SharedString::default(),
    };
    VerdictRow {
        name: check.code.name().map(|name| scene.say(name)).unwrap_or_default(),
        remedy: scene.say_with(check.code, &args),
        value: args[0].1.as_str().into(),
        limit,
        verdict: match check.verdict {
            Verdict::Block if overridden => RowVerdict::Overridden,
            Verdict::Block => RowVerdict::Retake,
            Verdict::Warn => RowVerdict::Hint,
            Verdict::Pass => RowVerdict::Pass,
            Verdict::NotAssessed => RowVerdict::Unmeasured,
        },
    }
}

/// A value as people read it: no more digits than mean something.
pub(super) fn number(value: f64, unit: Unit) -> String {
    match unit {
        Unit::Degrees => format!("{value:.1}°"),
        Unit::Pixels => format!("{value:.0} px"),
        Unit::Ratio => format!("{value:.2}"),
        Unit::Score | Unit::Levels | Unit::Count | Unit::Dpi | Unit::Bytes => format!("{value:.0}"),
    }
}
