//! Staff's PIN and reason.

use super::{OnTouch, Scene};
use slint::ComponentHandle as _;
use slint::{ModelRc, SharedString, VecModel};
use standard::Verdict;
use std::rc::Rc;
use ui::{AppWindow, StaffView};
use visit::{StaffStage, StaffStep, Touch};

pub(super) fn wire(window: &AppWindow, touch: &OnTouch) {
    let view = window.global::<StaffView<'_>>();
    let t = touch.clone();
    view.on_digit(move |d| super::chrome::digit(&t, &d));
    let t = touch.clone();
    view.on_backspace(move || t(Touch::Backspace));
    let t = touch.clone();
    view.on_clear(move || t(Touch::Clear));
    let t = touch.clone();
    view.on_choose_reason(move |i| t(Touch::Reason(usize::try_from(i).unwrap_or(usize::MAX))));
    let t = touch.clone();
    view.on_accept(move || t(Touch::Accept));
    let t = touch.clone();
    view.on_decline(move || t(Touch::Back));
}

pub(super) fn show(scene: &Scene<'_>, stage: &StaffStage) {
    let view = scene.window.global::<StaffView<'_>>();
    match &stage.step {
        StaffStep::Pin { entered, checking, problem } => {
            view.set_typed(if *checking { 6 } else { i32::try_from(entered.len()).unwrap_or(6) });
            view.set_enabled(!checking);
            let message = problem.as_ref().map(|p| scene.say_with(&p.code, &p.args));
            view.set_message(message.unwrap_or_default());
        }
        StaffStep::Reason { name, chosen, .. } => {
            view.set_name(name.as_str().into());
            view.set_chosen(chosen.and_then(|i| i32::try_from(i).ok()).unwrap_or(-1));
            let reasons: Vec<SharedString> =
                scene.visit.override_reasons().iter().map(|r| scene.say(r)).collect();
            view.set_reasons(ModelRc::from(Rc::new(VecModel::from(reasons))));
            view.set_faults(ModelRc::from(Rc::new(VecModel::from(faults(scene, stage)))));
        }
    }
}

fn faults(scene: &Scene<'_>, stage: &StaffStage) -> Vec<SharedString> {
    let checks = stage.pick.candidate().map(|c| c.checks.as_slice()).unwrap_or_default();
    checks
        .iter()
        .filter(|c| c.verdict == Verdict::Block)
        .map(|c| {
            let name = scene.say(&format!("{}.name", c.code));
            let value = c.value.map(|v| super::pick::number(v, &c.unit)).unwrap_or_default();
            format!("{name} {value}").into()
        })
        .collect()
}
