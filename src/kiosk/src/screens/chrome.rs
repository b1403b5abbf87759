//! Top bar and foot: what is always there.

use super::{OnTouch, Scene};
use slint::ComponentHandle as _;
use ui::{AppWindow, Chrome, Theme};
use visit::{Stage, Touch};

/// A key of a keypad by its label.
pub(super) fn digit(touch: &OnTouch, label: &str) {
    if let Some(d) = label.chars().next().and_then(|c| c.to_digit(10)) {
        // A decimal digit always fits.
        touch(Touch::Digit(u8::try_from(d).unwrap_or_default()));
    }
}

pub(super) fn wire(window: &AppWindow, touch: &OnTouch) {
    let view = window.global::<Chrome<'_>>();
    let t = touch.clone();
    view.on_back(move || t(Touch::Back));
    let t = touch.clone();
    view.on_exit(move || t(Touch::Exit));
    let t = touch.clone();
    view.on_toggle_large(move || t(Touch::LargeText));
    let t = touch.clone();
    view.on_toggle_contrast(move || t(Touch::Contrast));
    let t = touch.clone();
    view.on_toggle_language(move || t(Touch::Language));
}

pub(super) fn show(scene: &Scene<'_>) {
    let look = scene.visit.presentation();
    let theme = scene.window.global::<Theme<'_>>();
    if theme.get_english() != look.english
        && let Err(error) = ui::speak(scene.window, look.english)
    {
        tracing::error!(%error, "the words of that language are not bundled");
    }
    theme.set_large(look.large);
    theme.set_contrast(look.contrast);
    let view = scene.window.global::<Chrome<'_>>();
    if let Some(subject) = scene.visit.subject() {
        view.set_school(subject.task.school.as_str().into());
        view.set_phone(subject.task.registry_phone.as_str().into());
    }
    let at_rest = matches!(scene.visit.stage(), Stage::Scan(_));
    view.set_can_back(!at_rest && !matches!(scene.visit.stage(), Stage::Receipt(_)));
    view.set_can_exit(!at_rest);
}
