//! The short wait while a stage is fetched. The screen before it stays: fetching takes less time than two changes of screens.

use super::OnTouch;
use super::scene::{Face, Scene, Shown};
use ui::AppWindow;

/// The look of everything that is still being fetched.
pub(super) const FACE: Face = Face { name: "wait", screen: None };

/// The stage of the wait, which knows nothing.
pub(super) struct Loading;

impl Shown for Loading {
    fn face(&self) -> Face {
        FACE
    }

    fn show(&self, _: &Scene<'_>) {}
}

/// It has no global.
pub(super) fn wire(_: &AppWindow, _: &OnTouch) {}

/// It has no global.
pub(super) fn clear(_: &AppWindow) {}
