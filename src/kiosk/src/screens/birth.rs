//! Month and day of birth.

use super::{OnTouch, Scene};
use slint::ComponentHandle as _;
use ui::{AppWindow, SecondFactorView};
use visit::{BirthStage, Keystroke, Touch};

pub(super) fn wire(window: &AppWindow, touch: &OnTouch) {
    let view = window.global::<SecondFactorView<'_>>();
    let t = touch.clone();
    view.on_digit(move |d| super::chrome::digit(&t, &d));
    let t = touch.clone();
    view.on_backspace(move || t(Touch::Key(Keystroke::Backspace)));
    let t = touch.clone();
    view.on_clear(move || t(Touch::Key(Keystroke::Clear)));
}

pub(super) fn show(scene: &Scene<'_>, stage: &BirthStage) {
    let view = scene.window.global::<SecondFactorView<'_>>();
    let who = scene.visit.subject().map(|s| s.entry.masked_name.clone()).unwrap_or_default();
    view.set_who(who.into());
    view.set_typed(stage.entered.as_str().into());
    view.set_enabled(!stage.checking);
    match stage.tries_left {
        _ if stage.no_day => view.set_message(scene.say("visit.birth_no_day")),
        Some(left) => {
            view.set_tries_left(i32::try_from(left).unwrap_or(i32::MAX));
            view.set_message(scene.say_with("visit.birth_wrong", &[("count", left.to_string())]));
        }
        None => {
            let left =
                scene.visit.subject().map_or(0, |s| collection::quota::second_factor_left(&s.enrolment));
            view.set_tries_left(i32::try_from(left).unwrap_or(i32::MAX));
            view.set_message(slint::SharedString::default());
        }
    }
}
