//! Typed entry: a number in place of a code, and the one masked name that it leads to.

use super::{OnTouch, Scene};
use slint::ComponentHandle as _;
use ui::{AppWindow, NumberEntryView, WhoView};
use visit::{EntryStage, Keystroke, SearchStage, Touch};

pub(super) fn wire(window: &AppWindow, touch: &OnTouch) {
    let view = window.global::<NumberEntryView<'_>>();
    let t = touch.clone();
    view.on_digit(move |d| if d == "X" { t(Touch::Key(Keystroke::X)) } else { super::chrome::digit(&t, &d) });
    let t = touch.clone();
    view.on_backspace(move || t(Touch::Key(Keystroke::Backspace)));
    let t = touch.clone();
    view.on_clear(move || t(Touch::Key(Keystroke::Clear)));
    let t = touch.clone();
    view.on_go_on(move || t(Touch::GoOn));
    let t = touch.clone();
    view.on_other_way(move || t(Touch::OtherWay));
    let view = window.global::<WhoView<'_>>();
    let t = touch.clone();
    view.on_me(move || t(Touch::Primary));
    let t = touch.clone();
    view.on_not_me(move || t(Touch::NotMe));
}

/// What the screen of a typed number shows.
pub(super) struct Typing<'a> {
    pub title: &'a str,
    pub lead: &'a str,
    pub typed: &'a str,
    pub placeholder: &'a str,
    /// X may be typed: always shown, enabled where it may stand.
    pub x: Option<bool>,
    pub can_go_on: bool,
    pub busy: bool,
    /// What was typed is wrong, not only too little.
    pub wrong: bool,
    pub other: Option<&'a str>,
}

pub(super) fn fill(scene: &Scene<'_>, typing: &Typing<'_>, message: slint::SharedString) {
    let view = scene.window.global::<NumberEntryView<'_>>();
    view.set_title(scene.say(typing.title));
    view.set_lead(scene.say(typing.lead));
    view.set_typed(typing.typed.into());
    view.set_placeholder(scene.say(typing.placeholder));
    view.set_message(message);
    view.set_letter_x(typing.x.is_some());
    view.set_letter_x_enabled(typing.x.unwrap_or_default());
    view.set_can_go_on(typing.can_go_on);
    view.set_busy(typing.busy);
    view.set_wrong(typing.wrong);
    view.set_other(typing.other.map(|code| scene.say(code)).unwrap_or_default());
}

pub(super) fn show(scene: &Scene<'_>, stage: &EntryStage) {
    let message = stage.problem.as_ref().map(|p| scene.say_with(&p.code, &p.args)).unwrap_or_default();
    let typing = Typing {
        title: "entry.title",
        lead: "entry.lead",
        typed: &stage.entered,
        placeholder: "entry.placeholder",
        x: Some(stage.takes_x()),
        can_go_on: stage.can_go_on() || stage.searching,
        busy: stage.searching,
        wrong: stage.wrong,
        other: stage.by_hand.then_some("entry.by_hand"),
    };
    fill(scene, &typing, message);
}

/// Staff looks for a student in the same way.
pub(super) fn show_search(scene: &Scene<'_>, stage: &SearchStage) {
    let message = stage.problem.as_ref().map(|p| scene.say_with(&p.code, &p.args)).unwrap_or_default();
    let typing = Typing {
        title: "desk.find",
        lead: "desk.find.lead",
        typed: &stage.entered,
        placeholder: "entry.placeholder",
        x: Some(matches!(stage.entered.len(), 5 | 17)),
        can_go_on: stage.can_go_on() || stage.searching,
        busy: stage.searching,
        wrong: stage.problem.is_some(),
        other: None,
    };
    fill(scene, &typing, message);
}

pub(super) fn show_who(scene: &Scene<'_>) {
    let Some(subject) = scene.visit.subject() else { return };
    let view = scene.window.global::<WhoView<'_>>();
    view.set_name(subject.entry.masked_name.as_str().into());
    view.set_school(subject.task.school.as_str().into());
    view.set_task(subject.task.name.as_str().into());
}
