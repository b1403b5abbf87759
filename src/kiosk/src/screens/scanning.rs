//! The scanner, which is also what a kiosk at rest shows.

use super::OnTouch;
use super::scene::{Face, Scene, Shown};
use sentences::codes;
use slint::{ComponentHandle as _, SharedString};
use ui::{AppWindow, Reset as _, ScanView, Screen, Tone};
use visit::{Purpose, ScanHint, ScanStage, Touch};

pub(super) fn wire(window: &AppWindow, touch: &OnTouch) {
    let view = window.global::<ScanView<'_>>();
    let t = touch.clone();
    view.on_help(move || t(Touch::Help));
    let t = touch.clone();
    view.on_my_tasks(move || t(Touch::MyTasks));
    let t = touch.clone();
    view.on_no_code(move || t(Touch::NoCode));
}

impl Shown for ScanStage {
    fn face(&self) -> Face {
        Face::of(if self.notice.is_some() { "scan-notice" } else { "scan" }, Screen::Scan)
    }

    fn show(&self, scene: &Scene<'_>) {
        let view = scene.window.global::<ScanView<'_>>();
        let (toast, tone) = match (&self.notice, &self.hint) {
            (Some((s, _)), _) => {
                let mut words = scene.say_with(s.code, &s.args);
                let remedy = scene.remedy(s.code, &s.args);
                if !remedy.is_empty() {
                    words.push_str("\n");
                    words.push_str(&remedy);
                }
                (words, Tone::Warn)
            }
            (None, ScanHint::Read) => (scene.say(codes::SCAN_FOUND), Tone::Pass),
            (None, ScanHint::Seen(Some(code))) => (scene.say(*code), Tone::Info),
            (None, ScanHint::Seen(None) | ScanHint::Searching) if self.purpose == Purpose::MyTasks => {
                (scene.say(codes::SCAN_FOR_TASKS), Tone::Info)
            }
            (None, ScanHint::Seen(None) | ScanHint::Searching) => (SharedString::default(), Tone::Info),
        };
        view.set_toast(toast);
        view.set_toast_tone(tone);
    }
}

pub(super) fn clear(window: &AppWindow) {
    window.global::<ScanView<'_>>().reset();
}
