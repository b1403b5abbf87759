//! Staff at the student's side: the PIN, and the reason for an override.

use super::OnTouch;
use super::scene::{Face, Scene, Shown};
use sentences::codes;
use slint::{ComponentHandle as _, ModelRc, SharedString, VecModel};
use standard::Verdict;
use std::rc::Rc;
use ui::{AppWindow, Reset as _, Screen, StaffView};
use visit::{Keystroke, PickStage, PinStage, StaffStage, StaffStep, StaffTask, Touch};

pub(super) fn wire(window: &AppWindow, touch: &OnTouch) {
    let view = window.global::<StaffView<'_>>();
    let t = touch.clone();
    view.on_digit(move |d| super::wiring::digit(&t, &d));
    let t = touch.clone();
    view.on_backspace(move || t(Touch::Key(Keystroke::Backspace)));
    let t = touch.clone();
    view.on_clear(move || t(Touch::Key(Keystroke::Clear)));
    let t = touch.clone();
    view.on_choose_reason(move |i| t(Touch::Reason(usize::try_from(i).unwrap_or(usize::MAX))));
    let t = touch.clone();
    view.on_accept(move || t(Touch::Accept));
    let t = touch.clone();
    view.on_decline(move || t(Touch::Back));
}

impl Shown for StaffStage {
    fn face(&self) -> Face {
        match self.step {
            StaffStep::Pin { .. } => Face::of("staff-pin", Screen::StaffPin),
            StaffStep::Reason { .. } => Face::of("staff-reason", Screen::StaffReason),
        }
    }

    fn show(&self, scene: &Scene<'_>) {
        match &self.step {
            StaffStep::Pin { entered, checking, problem } => {
                let pin =
                    PinStage { entered: entered.clone(), checking: *checking, problem: problem.clone() };
                show_pin(scene, &pin);
            }
            StaffStep::Reason { name, chosen, keeping, problem, .. } => {
                let view = scene.window.global::<StaffView<'_>>();
                ask(scene, &view, &self.task, name);
                view.set_chosen(chosen.and_then(|i| i32::try_from(i).ok()).unwrap_or(-1));
                view.set_keeping(*keeping);
                let problem = problem.as_ref().map(|p| scene.say_with(p.code, &p.args));
                view.set_problem(problem.unwrap_or_default());
            }
        }
    }
}

pub(super) fn clear(window: &AppWindow) {
    window.global::<StaffView<'_>>().reset();
}

pub(super) fn show_pin(scene: &Scene<'_>, pin: &PinStage) {
    let view = scene.window.global::<StaffView<'_>>();
    view.set_typed(if pin.checking { 6 } else { i32::try_from(pin.entered.len()).unwrap_or(6) });
    view.set_enabled(!pin.checking);
    let message = pin.problem.as_ref().map(|p| scene.say_with(p.code, &p.args));
    view.set_message(message.unwrap_or_default());
}

/// What staff is about to confirm with their name.
fn ask(scene: &Scene<'_>, view: &StaffView<'_>, task: &StaffTask, name: &str) {
    let (code, decline) = match task {
        StaffTask::Override(_) => (codes::STAFF_OVERRIDE, codes::WORD_RETAKE),
        StaffTask::Grant(_) => (codes::STAFF_GRANT, codes::WORD_NO_THANKS),
        StaffTask::Unlock(_) => (codes::STAFF_UNLOCK, codes::WORD_NO_THANKS),
        StaffTask::Verify(_) => (codes::STAFF_VERIFY, codes::WORD_NO_THANKS),
    };
    let who = scene.visit.subject().map(|s| s.entry.masked_name.clone()).unwrap_or_default();
    let args = [("name", name.to_owned()), ("who", who)];
    view.set_question(scene.say(code));
    view.set_lead(scene.remedy(code, &args));
    view.set_accept_words(scene.say(codes::WORD_I_CONFIRM));
    view.set_decline_words(scene.say(decline));
    let (reasons, faults) = match task {
        StaffTask::Override(pick) => {
            (scene.visit.override_reasons().iter().map(|r| scene.say(*r)).collect(), faults(scene, pick))
        }
        StaffTask::Grant(_) | StaffTask::Unlock(_) | StaffTask::Verify(_) => (Vec::new(), Vec::new()),
    };
    view.set_reasons(ModelRc::from(Rc::new(VecModel::from(reasons))));
    view.set_faults(ModelRc::from(Rc::new(VecModel::from(faults))));
}

fn faults(scene: &Scene<'_>, pick: &PickStage) -> Vec<SharedString> {
    let checks = pick.candidate().map(|c| c.checks.as_slice()).unwrap_or_default();
    checks
        .iter()
        .filter(|c| c.verdict == Verdict::Block)
        .map(|c| {
            let name = c.code.name().map(|name| scene.say(name)).unwrap_or_default();
            let value = c.value.map(|v| super::pick::number(v, c.unit)).unwrap_or_default();
            format!("{name} {value}").into()
        })
        .collect()
}
