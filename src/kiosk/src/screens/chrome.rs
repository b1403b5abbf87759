//! Top bar and foot: what is always there.

use super::{OnTouch, Scene};
use sentences::Lang;
use slint::ComponentHandle as _;
use std::time::Duration;
use ui::{AppWindow, Chrome, Theme, Tone};
use visit::{Cover, Keystroke, Purpose, Stage, Touch};

/// How long a toast stays (UI.md: 3 s; this one carries a number to remember).
const TOAST: Duration = Duration::from_secs(6);

/// A key of a keypad by its label.
pub(super) fn digit(touch: &OnTouch, label: &str) {
    if let Some(d) = label.chars().next().and_then(|c| c.to_digit(10)) {
        // A decimal digit always fits.
        touch(Touch::Key(Keystroke::Digit(u8::try_from(d).unwrap_or_default())));
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
    let t = touch.clone();
    view.on_staff_gesture(move || t(Touch::StaffDoor));
    let t = touch.clone();
    view.on_answered(move |danger| t(if danger { Touch::Accept } else { Touch::StillHere }));
    let weak = window.as_weak();
    view.on_call_staff(move || {
        if let Some(window) = weak.upgrade() {
            show_where_staff_is(&window);
        }
    });
}

/// Nobody is rung from here yet: the screen says where the teacher is, and claims nothing more.
fn show_where_staff_is(window: &AppWindow) {
    let view = window.global::<Chrome<'_>>();
    let lang = if window.global::<Theme<'_>>().get_english() { Lang::En } else { Lang::Zh };
    let phone = view.get_phone();
    view.set_toast(sentences::say("staff.where", lang, &[("phone", phone.as_str())]).into());
    view.set_toast_tone(Tone::Info);
    let weak = window.as_weak();
    slint::Timer::single_shot(TOAST, move || {
        if let Some(window) = weak.upgrade() {
            window.global::<Chrome<'_>>().set_toast(slint::SharedString::default());
        }
    });
}

/// One question, two answers: leaving with a portrait that is not handed in, or letting go of a code.
fn show_question(scene: &Scene<'_>, view: &Chrome<'_>) {
    let unbinding = matches!(scene.visit.stage(), Stage::Tasks(t) if t.asking);
    let (code, danger) = match scene.visit.cover() {
        Some(Cover::Leaving) => ("question.leave", "word.leave"),
        None if unbinding => ("question.unbind", "word.unbind"),
        _ => return view.set_asking(false),
    };
    view.set_question(scene.say(code));
    view.set_question_detail(scene.mend(code, &[]));
    view.set_answer_danger(scene.say(danger));
    view.set_answer_safe(scene.say("word.stay"));
    view.set_asking(true);
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
    if scene.panel.is_open() {
        view.set_can_back(true);
        view.set_can_exit(true);
        view.set_asking(false);
        return;
    }
    show_question(scene, &view);
    let at_rest = matches!(scene.visit.stage(), Stage::Scan(_) | Stage::Paused(_));
    let for_tasks = matches!(scene.visit.stage(), Stage::Scan(s) if s.purpose == Purpose::MyTasks);
    view.set_can_back(for_tasks || !at_rest && !matches!(scene.visit.stage(), Stage::Receipt(_)));
    view.set_can_exit(!at_rest);
}
