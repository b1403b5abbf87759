//! The one masked name that a typed number leads to: is it you?

use super::OnTouch;
use super::scene::{Face, Scene, Shown};
use slint::ComponentHandle as _;
use ui::{AppWindow, Reset as _, Screen, WhoView};
use visit::Touch;

/// The stage of this screen; the name is the subject's.
pub(super) struct Who;

pub(super) fn wire(window: &AppWindow, touch: &OnTouch) {
    let view = window.global::<WhoView<'_>>();
    let t = touch.clone();
    view.on_me(move || t(Touch::Primary));
    let t = touch.clone();
    view.on_not_me(move || t(Touch::NotMe));
}

impl Shown for Who {
    fn face(&self) -> Face {
        Face::of("who", Screen::Who)
    }

    fn show(&self, scene: &Scene<'_>) {
        let Some(subject) = scene.visit.subject() else { return };
        let view = scene.window.global::<WhoView<'_>>();
        view.set_name(subject.entry.masked_name.as_str().into());
        view.set_school(subject.task.school.as_str().into());
        view.set_task(subject.task.name.as_str().into());
    }
}

pub(super) fn clear(window: &AppWindow) {
    window.global::<WhoView<'_>>().reset();
}
