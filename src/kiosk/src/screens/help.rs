//! How to get a collection code: three ways, and where to go without one.

use super::OnTouch;
use super::scene::{Face, Scene, Shown};
use slint::ComponentHandle as _;
use ui::{AppWindow, HelpView, Reset as _, Screen};
use visit::Touch;

/// The stage of this screen, which knows nothing.
pub(super) struct Help;

impl Shown for Help {
    fn face(&self) -> Face {
        Face::of("help", Screen::Help)
    }

    /// Its words are fixed.
    fn show(&self, _: &Scene<'_>) {}
}

pub(super) fn wire(window: &AppWindow, touch: &OnTouch) {
    let view = window.global::<HelpView<'_>>();
    let t = touch.clone();
    view.on_show_code(move || t(Touch::Primary));
    let t = touch.clone();
    view.on_no_code(move || t(Touch::NoCode));
}

pub(super) fn clear(window: &AppWindow) {
    window.global::<HelpView<'_>>().reset();
}
