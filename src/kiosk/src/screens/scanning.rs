//! A: attract and scanner.

use super::{OnTouch, Scene};
use slint::ComponentHandle as _;
use ui::{AppWindow, HelpView, ScanView, Tone};
use visit::{Purpose, ScanHint, ScanStage, Touch};

pub(super) fn wire(window: &AppWindow, touch: &OnTouch) {
    let view = window.global::<ScanView<'_>>();
    let t = touch.clone();
    view.on_help(move || t(Touch::Help));
    let t = touch.clone();
    view.on_my_tasks(move || t(Touch::MyTasks));
    let t = touch.clone();
    view.on_no_code(move || t(Touch::NoCode));
    let view = window.global::<HelpView<'_>>();
    let t = touch.clone();
    view.on_show_code(move || t(Touch::Primary));
    let t = touch.clone();
    view.on_no_code(move || t(Touch::NoCode));
}

pub(super) fn show(scene: &Scene<'_>, stage: &ScanStage) {
    let view = scene.window.global::<ScanView<'_>>();
    let (toast, tone) = match (&stage.notice, &stage.hint) {
        (Some((s, _)), _) => {
            let mut words = scene.say_with(&s.code, &s.args);
            let mend = scene.mend(&s.code, &s.args);
            if !mend.is_empty() {
                words.push_str("\n");
                words.push_str(&mend);
            }
            (words, Tone::Warn)
        }
        (None, ScanHint::Read) => (scene.say("scan.found"), Tone::Pass),
        (None, ScanHint::Seen(Some(code))) => (scene.say(code), Tone::Info),
        (None, _) if stage.purpose == Purpose::MyTasks => (scene.say("scan.for_tasks"), Tone::Info),
        (None, _) => (slint::SharedString::default(), Tone::Info),
    };
    view.set_toast(toast);
    view.set_toast_tone(tone);
}
