//! My tasks (我的任务): a card for every enrolment of the student.

use super::OnTouch;
use super::scene::{Face, Scene, Shown};
use collection::rights::Act;
use collection::{DeliveryState, PhotoState};
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
        view.set_note(scene.say("word.known_here"));
        let prints =
            self.cards.iter().flatten().find_map(|c| c.delivery.as_deref().map(|code| (code, c.address)));
        view.set_delivery(prints.map(|(code, _)| scene.say(code)).unwrap_or_default());
        let given = prints.is_some_and(|(code, _)| code != DeliveryState::None.code().as_str());
        let words = if given { "address.change" } else { "address.give" };
        view.set_address(prints.filter(|(_, may)| *may).map(|_| scene.say(words)).unwrap_or_default());
        let cards: Vec<TaskCard> = self.cards.iter().flatten().map(|c| card(scene, c)).collect();
        view.set_tasks(ModelRc::from(Rc::new(VecModel::from(cards))));
    }
}

pub(super) fn clear(window: &AppWindow) {
    window.global::<TasksView<'_>>().reset();
}

fn card(scene: &Scene<'_>, card: &visit::TaskCard) -> TaskCard {
    let state = PhotoState::ALL.into_iter().find(|s| s.code().as_str() == card.state);
    let (tone, progress) = match state {
        Some(PhotoState::Rejected | PhotoState::ReferredToRegistry) => (Tone::Fail, 2),
        Some(PhotoState::Approved) => (Tone::Pass, 3),
        Some(PhotoState::Checking) => (Tone::Pass, 4),
        Some(PhotoState::Published) => (Tone::Pass, 5),
        Some(PhotoState::AwaitingReview) => (Tone::Info, 2),
        Some(PhotoState::SavedAwaitingUpload | PhotoState::MadeNotSubmitted) => (Tone::Warn, 1),
        Some(PhotoState::AwaitingCapture) | None => (Tone::Info, 0),
    };
    let refused = matches!(state, Some(PhotoState::Rejected));
    let again = if card.again == Some(Act::Replace) {
        "word.replace"
    } else if card.again == Some(Act::Resubmit) {
        "word.retake"
    } else if state == Some(PhotoState::MadeNotSubmitted) {
        "word.submit_draft"
    } else {
        "word.shoot"
    };
    let left = scene.say_with("word.tries_left", &[("count", card.tries_left.to_string())]);
    TaskCard {
        picture: slint::Image::default(),
        title: card.task.as_str().into(),
        place: card.school.as_str().into(),
        dates: slint::SharedString::default(),
        state: scene.say(&card.state),
        tone,
        progress,
        refused,
        reason: card.reason.as_deref().map(|r| scene.say(r)).unwrap_or_default(),
        remedy: card.reason.as_deref().map(|r| scene.remedy(r, &[])).unwrap_or_default(),
        left: if refused { left } else { slint::SharedString::default() },
        can_retake: card.again.is_some(),
        retake_words: scene.say(again),
    }
}
