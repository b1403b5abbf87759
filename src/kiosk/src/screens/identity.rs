//! Is this you, and do you agree?

use super::OnTouch;
use super::scene::{Face, Scene, Shown};
use sentences::codes;
use slint::ComponentHandle as _;
use ui::{AppWindow, IdentityView, Reset as _, Screen, Tone};
use visit::{Consent, IdentityStage, Touch};

pub(super) fn wire(window: &AppWindow, touch: &OnTouch) {
    let view = window.global::<IdentityView<'_>>();
    let t = touch.clone();
    view.on_toggle_service(move || t(Touch::Consent(Consent::Service)));
    let t = touch.clone();
    view.on_toggle_compare(move || t(Touch::Consent(Consent::Comparison)));
    let t = touch.clone();
    view.on_toggle_upload(move || t(Touch::Consent(Consent::Ctid)));
    let t = touch.clone();
    view.on_confirm(move || t(Touch::Start));
    let t = touch.clone();
    view.on_not_me(move || t(Touch::NotMe));
    let t = touch.clone();
    view.on_refuse(move || t(Touch::RefuseConsent));
}

impl Shown for IdentityStage {
    fn face(&self) -> Face {
        Face::of("identity", Screen::ConfirmIdentity)
    }

    fn show(&self, scene: &Scene<'_>) {
        let Some(subject) = scene.visit.subject() else { return };
        let view = scene.window.global::<IdentityView<'_>>();
        let (task, entry) = (&subject.task, &subject.entry);
        view.set_name(entry.masked_name.as_str().into());
        view.set_number(entry.masked_number.as_str().into());
        view.set_school(task.school.as_str().into());
        view.set_category(scene.say(super::school::category(task.category)));
        view.set_task(task.name.as_str().into());
        view.set_notice(task.notice.as_str().into());
        view.set_purposes(task.purposes.join("、").into());
        let paid = task.payment.first().is_some_and(|mode| mode.is_prepaid());
        view.set_fee(scene.say(if paid { codes::WORD_SCHOOL_PAID } else { codes::WORD_PAY_LATER }));
        view.set_fee_tone(if paid { Tone::Pass } else { Tone::Info });
        view.set_service_agreed(self.agreed.service);
        view.set_compare_agreed(self.agreed.comparison);
        view.set_upload_agreed(self.agreed.ctid);
        // Consent to the comparison is voluntary: without it a reviewer compares by eye.
        view.set_compare_required(false);
        view.set_compare_asked(subject.can_compare());
        view.set_upload_asked(task.ctid);
    }
}

pub(super) fn clear(window: &AppWindow) {
    window.global::<IdentityView<'_>>().reset();
}
