//! What covers a screen: the idle countdown, and the notice that the camera is lost.

use super::OnTouch;
use super::scene::{Face, Scene};
use sentences::{Code, codes};
use slint::{ComponentHandle as _, SharedString};
use ui::{AppWindow, CameraLostView, IdleView, Reset as _, Screen};
use visit::{Cover, Stage, Touch};

pub(super) fn wire(window: &AppWindow, touch: &OnTouch) {
    let view = window.global::<IdleView<'_>>();
    let t = touch.clone();
    view.on_stay(move || t(Touch::StillHere));
    let t = touch.clone();
    view.on_leave(move || t(Touch::Exit));
    let t = touch.clone();
    window.global::<CameraLostView<'_>>().on_retry(move || t(Touch::RetryCamera));
}

/// The look of a stage under this cover.
pub(super) fn over(cover: Option<&Cover>, face: Face) -> Face {
    match cover {
        None => face,
        Some(Cover::Leaving) => Face { name: "leaving", ..face },
        Some(Cover::Idle { .. }) => Face { name: "idle", ..face },
        Some(Cover::CameraLost { .. }) => Face::of("camera-lost", Screen::CameraLost),
    }
}

pub(super) fn show(scene: &Scene<'_>) {
    let idle = scene.window.global::<IdleView<'_>>();
    let Some(cover) = scene.visit.cover().filter(|_| !scene.panel.is_open()) else {
        idle.set_shown(false);
        return;
    };
    match cover {
        Cover::Idle { until } => {
            let left = until.saturating_sub(scene.visit.now().millis).div_ceil(1000);
            idle.set_seconds(i32::try_from(left).unwrap_or(i32::MAX));
            idle.set_total(i32::try_from(scene.visit.timings().countdown / 1000).unwrap_or(15));
            idle.set_shown(true);
        }
        // The chrome asks that question.
        Cover::Leaving => idle.set_shown(false),
        Cover::CameraLost { code, since } => {
            idle.set_shown(false);
            show_camera_lost(scene, *code, *since);
        }
    }
}

fn show_camera_lost(scene: &Scene<'_>, code: Code, since: u64) {
    let view = scene.window.global::<CameraLostView<'_>>();
    view.set_headline(scene.say(code));
    // At the scanner nobody has anything to keep yet.
    let begun = !matches!(scene.visit.stage(), Stage::Scan(_));
    view.set_begun(begun);
    view.set_detail(if begun { scene.remedy(codes::WORD_KEPT, &[]) } else { SharedString::default() });
    view.set_hint_title(scene.say(codes::WORD_CHECK_CAMERA));
    let waited = scene.visit.now().millis.saturating_sub(since) / 1000;
    view.set_seconds(i32::try_from(waited).unwrap_or(i32::MAX));
    view.set_hint(scene.remedy(code, &[]));
}

pub(super) fn clear(window: &AppWindow) {
    window.global::<IdleView<'_>>().reset();
    window.global::<CameraLostView<'_>>().reset();
}
