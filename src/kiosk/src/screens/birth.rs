//! The second factor: month and day of birth.

use super::OnTouch;
use super::scene::{Face, Scene, Shown};
use sentences::codes;
use slint::ComponentHandle as _;
use ui::{AppWindow, Reset as _, Screen, SecondFactorView};
use visit::{BirthStage, Keystroke, Touch};

pub(super) fn wire(window: &AppWindow, touch: &OnTouch) {
    let view = window.global::<SecondFactorView<'_>>();
    let t = touch.clone();
    view.on_digit(move |d| super::wiring::digit(&t, &d));
    let t = touch.clone();
    view.on_backspace(move || t(Touch::Key(Keystroke::Backspace)));
    let t = touch.clone();
    view.on_clear(move || t(Touch::Key(Keystroke::Clear)));
}

impl Shown for BirthStage {
    fn face(&self) -> Face {
        Face::of("birth", Screen::SecondFactor)
    }

    fn show(&self, scene: &Scene<'_>) {
        let view = scene.window.global::<SecondFactorView<'_>>();
        let who = scene.visit.subject().map(|s| s.entry.masked_name.clone()).unwrap_or_default();
        view.set_who(who.into());
        view.set_typed(self.entered.as_str().into());
        view.set_enabled(!self.checking);
        match self.tries_left {
            _ if self.no_day => view.set_message(scene.say(codes::VISIT_BIRTH_NO_DAY)),
            Some(left) => {
                view.set_tries_left(i32::try_from(left).unwrap_or(i32::MAX));
                view.set_message(scene.say_with(codes::VISIT_BIRTH_WRONG, &[("count", left.to_string())]));
            }
            None => {
                let enrolment = scene.visit.subject().map(|s| &s.enrolment);
                let left = enrolment.map_or(0, collection::quota::second_factor_left);
                view.set_tries_left(i32::try_from(left).unwrap_or(i32::MAX));
                view.set_message(slint::SharedString::default());
            }
        }
    }
}

pub(super) fn clear(window: &AppWindow) {
    window.global::<SecondFactorView<'_>>().reset();
}
