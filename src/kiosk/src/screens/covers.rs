//! What lies over a screen: the idle countdown, and the camera that is away.

use super::{OnTouch, Scene};
use slint::ComponentHandle as _;
use ui::{AppWindow, CameraLostView, IdleView};
use visit::{Cover, Touch};

pub(super) fn wire(window: &AppWindow, touch: &OnTouch) {
    let view = window.global::<IdleView<'_>>();
    let t = touch.clone();
    view.on_stay(move || t(Touch::StillHere));
    let t = touch.clone();
    view.on_leave(move || t(Touch::Exit));
    let t = touch.clone();
    window.global::<CameraLostView<'_>>().on_retry(move || t(Touch::RetryCamera));
}

pub(super) fn show(scene: &Scene<'_>) {
    let idle = scene.window.global::<IdleView<'_>>();
    let Some(cover) = scene.visit.cover().filter(|_| !scene.desk.is_open()) else {
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
        // A question of the chrome's.
        Cover::Leaving => idle.set_shown(false),
        Cover::CameraLost { code } => {
            idle.set_shown(false);
            let view = scene.window.global::<CameraLostView<'_>>();
            view.set_headline(scene.say(code));
            view.set_detail(scene.mend("word.kept", &[]));
            view.set_hint_title(scene.say("word.wait_for_camera"));
            view.set_hint(scene.mend(code, &[]));
        }
    }
}
