//! The top bar and the foot, which are there on every screen, with the toast and the question that may cover it.

use super::OnTouch;
use super::scene::Scene;
use sentences::Lang;
use sentences::codes;
use slint::{ComponentHandle as _, SharedString};
use std::time::Duration;
use ui::{AppWindow, Chrome, Theme, Tone};
use visit::{Cover, Purpose, Stage, Touch};

/// How long a toast stays; it carries a number to remember.
const TOAST: Duration = Duration::from_secs(6);

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

/// Says where the teacher is, and no more: the call is not passed on yet.
fn show_where_staff_is(window: &AppWindow) {
    let view = window.global::<Chrome<'_>>();
    let lang = if window.global::<Theme<'_>>().get_english() { Lang::En } else { Lang::Zh };
    let phone = view.get_phone();
    view.set_toast(sentences::say(codes::STAFF_WHERE, lang, &[("phone", phone.as_str())]).into());
    view.set_toast_tone(Tone::Info);
    let weak = window.as_weak();
    slint::Timer::single_shot(TOAST, move || {
        if let Some(window) = weak.upgrade() {
            window.global::<Chrome<'_>>().set_toast(SharedString::default());
        }
    });
}

/// One question with two answers: leaving with a portrait that is not submitted, or unbinding a code.
fn show_question(scene: &Scene<'_>, view: &Chrome<'_>) {
    let unbinding = matches!(scene.visit.stage(), Stage::Tasks(t) if t.asking);
    let (code, danger) = match scene.visit.cover() {
        Some(Cover::Leaving) => (codes::QUESTION_LEAVE, codes::WORD_LEAVE),
        None if unbinding => (codes::QUESTION_UNBIND, codes::WORD_UNBIND),
        None | Some(Cover::Idle { .. } | Cover::CameraLost { .. }) => return view.set_asking(false),
    };
    view.set_question(scene.say(code));
    view.set_question_detail(scene.remedy(code, &[]));
    view.set_answer_danger(scene.say(danger));
    view.set_answer_safe(scene.say(codes::WORD_STAY));
    view.set_asking(true);
}

fn show_look(scene: &Scene<'_>) {
    let look = scene.visit.presentation();
    let theme = scene.window.global::<Theme<'_>>();
    if theme.get_english() != look.english
        && let Err(error) = ui::speak(scene.window, look.english)
    {
        tracing::error!(%error, "the words of that language are not bundled");
    }
    theme.set_large(look.large);
    theme.set_contrast(look.contrast);
}

pub(super) fn show(scene: &Scene<'_>) {
    show_look(scene);
    let view = scene.window.global::<Chrome<'_>>();
    let task = scene.visit.subject().map(|subject| &subject.task);
    view.set_school(task.map_or(&scene.home.school, |task| &task.school).into());
    view.set_phone(task.map_or(&scene.home.phone, |task| &task.registry_phone).into());
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

/// Clears what is the student's; clock, link, device and the demo's credit are the kiosk's and stay.
pub(super) fn clear(window: &AppWindow) {
    let view = window.global::<Chrome<'_>>();
    view.set_school(SharedString::default());
    view.set_phone(SharedString::default());
    view.set_toast(SharedString::default());
    view.set_asking(false);
    view.set_question(SharedString::default());
    view.set_question_detail(SharedString::default());
    view.set_answer_safe(SharedString::default());
    view.set_answer_danger(SharedString::default());
}
