//! The receipt.

use super::OnTouch;
use super::scene::{Face, Scene, Shown};
use sentences::codes;
use slint::ComponentHandle as _;
use ui::{AppWindow, ReceiptView, Reset as _, Screen};
use visit::{ReceiptStage, Touch};

pub(super) fn wire(window: &AppWindow, touch: &OnTouch) {
    let t = touch.clone();
    window.global::<ReceiptView<'_>>().on_done(move || t(Touch::Done));
}

impl Shown for ReceiptStage {
    fn face(&self) -> Face {
        Face::of("receipt", Screen::Receipt)
    }

    fn show(&self, scene: &Scene<'_>) {
        let Some(subject) = scene.visit.subject() else { return };
        let view = scene.window.global::<ReceiptView<'_>>();
        view.set_greeting(
            scene.say_with(codes::WORD_GREETING, &[("name", subject.entry.masked_name.clone())]),
        );
        view.set_portrait(scene.pictures.portrait(scene.vault, self.portrait, ui::size::RECEIPT));
        view.set_school(subject.task.school.as_str().into());
        view.set_detail(subject.task.name.as_str().into());
        view.set_number(self.receipt.number.as_str().into());
        view.set_uploaded(self.receipt.uploaded);
        view.set_page_code(scene.pictures.code(&self.receipt.page));
        let left = self.until.saturating_sub(scene.visit.now().millis).div_ceil(1000);
        view.set_seconds(i32::try_from(left).unwrap_or(i32::MAX));
    }
}

pub(super) fn clear(window: &AppWindow) {
    window.global::<ReceiptView<'_>>().reset();
}
