//! 我的任务

use super::{OnTouch, Scene};
use collection::rights::Act;
use collection::{DeliveryState, PhotoState};
use slint::ComponentHandle as _;
use slint::{ModelRc, VecModel};
use std::rc::Rc;
use ui::{AppWindow, TaskCard, TasksView, Tone};
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

pub(super) fn show(scene: &Scene<'_>, stage: &TasksStage) {
    let view = scene.window.global::<TasksView<'_>>();
    let who = scene.visit.subject().map(|s| s.entry.masked_name.clone()).unwrap_or_default();
    view.set_who(who.into());
    view.set_can_unbind(stage.cards.iter().flatten().any(|c| c.bound));
    view.set_note(scene.say("word.known_here"));
    let prints =
        stage.cards.iter().flatten().find_map(|c| c.delivery.as_deref().map(|code| (code, c.address)));
    view.set_delivery(prints.map(|(code, _)| scene.say(code)).unwrap_or_default());
    let given = prints.is_some_and(|(code, _)| code != DeliveryState::None.code());
    let words = if given { "address.change" } else { "address.give" };
    view.set_address(prints.filter(|(_, may)| *may).map(|_| scene.say(words)).unwrap_or_default());
    let cards: Vec<TaskCard> = stage.cards.iter().flatten().map(|c| card(scene, c)).collect();
    view.set_tasks(ModelRc::from(Rc::new(VecModel::from(cards))));
}

fn card(scene: &Scene<'_>, card: &visit::TaskCard) -> TaskCard {
    let state = PhotoState::ALL.into_iter().find(|s| s.code() == card.state);
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
    let again = match card.again {
        Some(Act::Replace) => "word.replace",
        Some(Act::Resubmit) => "word.retake",
        _ if matches!(state, Some(PhotoState::MadeNotSubmitted)) => "word.submit_draft",
        _ => "word.shoot",
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
        mend: card.reason.as_deref().map(|r| scene.mend(r, &[])).unwrap_or_default(),
        left: if refused { left } else { slint::SharedString::default() },
        can_retake: card.again.is_some(),
        retake_words: scene.say(again),
    }
}
