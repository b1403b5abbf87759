//! F: the receipt.

use super::{OnTouch, Scene};
use slint::ComponentHandle as _;
use ui::{AppWindow, ReceiptView};
use visit::{ReceiptStage, Touch};

pub(super) fn wire(window: &AppWindow, touch: &OnTouch) {
    let t = touch.clone();
    window.global::<ReceiptView<'_>>().on_done(move || t(Touch::Done));
}

pub(super) fn show(scene: &Scene<'_>, stage: &ReceiptStage) {
    let Some(subject) = scene.visit.subject() else { return };
    let view = scene.window.global::<ReceiptView<'_>>();
    view.set_greeting(scene.say_with("word.greeting", &[("name", subject.entry.masked_name.clone())]));
    view.set_portrait(scene.pictures.portrait(scene.vault, stage.portrait, ui::size::RECEIPT));
    view.set_school(subject.task.school.as_str().into());
    view.set_detail(subject.task.name.as_str().into());
    view.set_number(stage.receipt.number.as_str().into());
    view.set_uploaded(stage.receipt.uploaded);
    view.set_page_code(scene.pictures.code(&stage.receipt.page));
    let left = stage.until.saturating_sub(scene.visit.now().millis).div_ceil(1000);
    view.set_seconds(i32::try_from(left).unwrap_or(i32::MAX));
}
