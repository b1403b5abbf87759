//! Paying, where the task needs it: a voucher's number, or one sentence.

use super::Scene;
use super::entry::{Typing, fill};
use collection::PaymentMode;
use slint::SharedString;
use visit::PaymentStage;

pub(super) fn show(scene: &Scene<'_>, stage: &PaymentStage) {
    if stage.mode != PaymentMode::Voucher {
        return super::sentence::show_payment(scene, stage);
    }
    let message = match &stage.problem {
        Some(problem) => scene.say_with(&problem.code, &problem.args),
        None => skipped(scene, stage),
    };
    let typing = Typing {
        title: "payment.voucher",
        lead: "payment.voucher.mend",
        typed: &stage.entered,
        placeholder: "payment.voucher.placeholder",
        x: None,
        can_go_on: stage.can_go_on() || stage.waiting,
        busy: stage.waiting,
        wrong: stage.problem.is_some(),
        other: Some("word.other_way"),
    };
    fill(scene, &typing, message);
}

/// Which ways are not connected here, in words.
pub(super) fn skipped(scene: &Scene<'_>, stage: &PaymentStage) -> SharedString {
    let names: Vec<String> = stage
        .skipped
        .iter()
        .map(|mode| {
            let code = match mode {
                PaymentMode::SchoolPays => "word.school_paid",
                PaymentMode::WechatNative => "payment.wechat",
                PaymentMode::Voucher => "payment.voucher.name",
                PaymentMode::PayLater => "word.pay_later",
            };
            scene.say(code).to_string()
        })
        .collect();
    if names.is_empty() {
        return SharedString::default();
    }
    scene.say_with("payment.not_connected", &[("ways", names.join("、"))])
}
