//! The screen of a typed number: a student without a code, a voucher, and the search of the staff panel.

use super::OnTouch;
use super::scene::{Face, Scene, Shown};
use sentences::{Code, codes};
use slint::{ComponentHandle as _, SharedString};
use ui::{AppWindow, NumberEntryView, Reset as _, Screen};
use visit::{EntryStage, Keystroke, SearchStage, Touch};

pub(super) fn wire(window: &AppWindow, touch: &OnTouch) {
    let view = window.global::<NumberEntryView<'_>>();
    let t = touch.clone();
    view.on_digit(move |d| if d == "X" { t(Touch::Key(Keystroke::X)) } else { super::wiring::digit(&t, &d) });
    let t = touch.clone();
    view.on_backspace(move || t(Touch::Key(Keystroke::Backspace)));
    let t = touch.clone();
    view.on_clear(move || t(Touch::Key(Keystroke::Clear)));
    let t = touch.clone();
    view.on_go_on(move || t(Touch::GoOn));
    let t = touch.clone();
    view.on_other_way(move || t(Touch::OtherWay));
}

/// What the screen of a typed number shows.
pub(super) struct Typing<'a> {
    pub title: Code,
    pub lead: Code,
    pub typed: &'a str,
    pub placeholder: Code,
    /// `Some` where the number may end in X: whether X may be typed now.
    pub x: Option<bool>,
    pub can_go_on: bool,
    pub busy: bool,
    /// What was typed is wrong, not only too short.
    pub wrong: bool,
    pub other: Option<Code>,
}

pub(super) fn fill(scene: &Scene<'_>, typing: &Typing<'_>, message: SharedString) {
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

impl Shown for EntryStage {
    fn face(&self) -> Face {
        Face::of("entry", Screen::NumberEntry)
    }

    fn show(&self, scene: &Scene<'_>) {
        let message = self.problem.as_ref().map(|p| scene.say_with(p.code, &p.args)).unwrap_or_default();
        let typing = Typing {
            title: codes::ENTRY_TITLE,
            lead: codes::ENTRY_LEAD,
            typed: &self.entered,
            placeholder: codes::ENTRY_PLACEHOLDER,
            x: Some(self.takes_x()),
            can_go_on: self.can_go_on() || self.searching,
            busy: self.searching,
            wrong: self.wrong,
            other: self.offers_manual_entry.then_some(codes::ENTRY_NOT_ON_ROSTER),
        };
        fill(scene, &typing, message);
    }
}

/// Staff looks for a student in the same way.
pub(super) fn show_search(scene: &Scene<'_>, stage: &SearchStage) {
    let message = stage.problem.as_ref().map(|p| scene.say_with(p.code, &p.args)).unwrap_or_default();
    let typing = Typing {
        title: codes::PANEL_FIND,
        lead: codes::PANEL_FIND_LEAD,
        typed: &stage.entered,
        placeholder: codes::ENTRY_PLACEHOLDER,
        x: Some(matches!(stage.entered.len(), 5 | 17)),
        can_go_on: stage.can_go_on() || stage.searching,
        busy: stage.searching,
        wrong: stage.problem.is_some(),
        other: None,
    };
    fill(scene, &typing, message);
}

pub(super) fn clear(window: &AppWindow) {
    window.global::<NumberEntryView<'_>>().reset();
}
