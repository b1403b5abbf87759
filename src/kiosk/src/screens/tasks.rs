//! My tasks (我的任务): a card for every enrolment of the student.

use super::OnTouch;
use super::scene::{Face, Scene, Shown};
use collection::rights::Act;
use collection::{DeliveryState, PhotoState};
use sentences::codes;
use slint::{ComponentHandle as _, ModelRc, VecModel};
use std::rc::Rc;
use ui::{AppWindow, Reset as _, Screen, TaskCard, TasksView, Tone};
use visit::{TasksStage, Touch};

pub(super) fn wire(window: &AppWindow, touch: &OnTouch) {
    let view = window.global::<TasksView<'_>>();
    let t = touch.clone();
    view.on_contact(move || t(Touch::Back));
    let t = touch.clone();
    view.on_retake(move |_| t(Touch::Retake));
    let t = touch.clone();
    view.on_unbind(move || t(Touch::Unbind));
    let t = touch.clone();
    view.on_give_address(move || t(Touch::GiveAddress));
}

impl Shown for TasksStage {
    fn face(&self) -> Face {
        Face::of("tasks", Screen::Tasks)
    }

    fn show(&self, scene: &Scene<'_>) {
        let view = scene.window.global::<TasksView<'_>>();
        let who = scene.visit.subject().map(|s| s.entry.masked_name.clone()).unwrap_or_default();
        view.set_who(who.into());
        view.set_can_unbind(self.cards.iter().flatten().any(|c| c.bound));
        view.set_note(scene.say(codes::WORD_KNOWN_HERE));
        let prints = self.cards.iter().flatten().find_map(|c| c.delivery.map(|state| (state, c.address)));
        view.set_delivery(prints.map(|(state, _)| scene.say(state.code())).unwrap_or_default());
        let given = prints.is_some_and(|(state, _)| state != DeliveryState::None);
        let words = if given { codes::ADDRESS_CHANGE } else { codes::ADDRESS_GIVE };
        view.set_address(prints.filter(|(_, may)| *may).map(|_| scene.say(words)).unwrap_or_default());
        let cards: Vec<TaskCard> = self.cards.iter().flatten().map(|c| card(scene, c)).collect();
        view.set_tasks(ModelRc::from(Rc::new(VecModel::from(cards))));
    }
}

pub(super) fn clear(window: &AppWindow) {
    window.global::<TasksView<'_>>().reset();
}

fn card(scene: &Scene<'_>, card: &visit::TaskCard) -> TaskCard {
    let (tone, progress) = match card.state {
        PhotoState::Rejected | PhotoState::ReferredToRegistry => (Tone::Fail, 2),
        PhotoState::Approved => (Tone::Pass, 3),
        PhotoState::Checking => (Tone::Pass, 4),
        PhotoState::Published => (Tone::Pass, 5),
        PhotoState::AwaitingReview => (Tone::Info, 2),
        PhotoState::SavedAwaitingUpload | PhotoState::MadeNotSubmitted => (Tone::Warn, 1),
        PhotoState::AwaitingCapture => (Tone::Info, 0),
    };
    let refused = card.state == PhotoState::Rejected;
    let again = if card.again == Some(Act::Replace) {
        codes::WORD_REPLACE
    } else if card.again == Some(Act::Resubmit) {
        codes::WORD_RETAKE
    } else if card.state == PhotoState::MadeNotSubmitted {
        codes::WORD_SUBMIT_DRAFT
    } else {
        codes::WORD_SHOOT
    };
    let left = scene.say_with(codes::WORD_TRIES_LEFT, &[("count", card.tries_left.to_string())]);
    TaskCard {
        picture: slint::Image::default(),
        title: card.task.as_str().into(),
        place: card.school.as_str().into(),
        dates: slint::SharedString::default(),
        state: scene.say(card.state.code()),
        tone,
        progress,
        refused,
        reason: card.reason.map(|r| scene.say(r)).unwrap_or_default(),
        remedy: card.reason.map(|r| scene.remedy(r, &[])).unwrap_or_default(),
        left: if refused { left } else { slint::SharedString::default() },
        can_retake: card.again.is_some(),
        retake_words: scene.say(again),
    }
}
