//! The six screens of the common visit behind the scanner.

use super::common::{go, list};
use crate::people::{LONG_NAME, code, sitter};
use ui::*;

/// Every scene of this family.
pub const SCENES: &[super::Named] = &[
    ("b-identity", identity),
    ("b-identity-agreed", identity_agreed),
    ("c-capture-coach", coach),
    ("c-capture-hold", hold),
    ("c-capture-countdown", countdown),
    ("d-pick", pick),
    ("d-pick-blocked", pick_blocked),
    ("d-pick-confirm", pick_confirm),
    ("d-pick-working", pick_working),
    ("d-pick-none-left", pick_none_left),
    ("e-result", result),
    ("e-result-admission", result_admission),
    ("e-result-alone", result_alone),
    ("e-result-saving", result_saving),
    ("f-receipt", receipt),
    ("b-identity-no-photo", identity_no_photo),
];

pub fn identity(app: &AppWindow) {
    go(app, Screen::ConfirmIdentity, true, true);
    fill!(app.IdentityView {
        set_name: "阿依努尔·**江",
        set_number: "9900**********1234",
        set_school: "青屿大学",
        set_category: "普通本专科",
        set_task: "2026 届毕业生图像采集",
        set_notice: "采集到 6 月 30 日为止。请穿有领的深色上衣，不戴首饰。",
        set_purposes: "照片用于学籍、毕业证书和学位证书。",
        set_fee: "学校已支付，你不用付款",
        set_service_agreed: false,
        set_compare_asked: true,
        set_compare_agreed: false,
        set_upload_agreed: false,
        set_upload_asked: true,
    });
}

fn identity_agreed(app: &AppWindow) {
    identity(app);
    fill!(app.IdentityView {
        set_name: "林*夏",
        set_service_agreed: true,
        set_compare_agreed: true,
        set_upload_asked: false,
    });
}

fn identity_no_photo(app: &AppWindow) {
    identity_agreed(app);
    fill!(app.IdentityView { set_compare_asked: false });
}

fn coach(app: &AppWindow) {
    go(app, Screen::Capture, true, true);
    fill!(app.CaptureView {
        set_preview: sitter("live"),
        set_instruction: "往左一点",
        set_detail: "让脸落在椭圆中间",
        set_arrow: Arrow::Left,
        set_holding: false,
        set_countdown: 0,
        set_distance_good: true,
        set_place_good: false,
        set_pose_good: true,
        set_light_good: true,
        set_eyes_good: false,
    });
}

fn hold(app: &AppWindow) {
    coach(app);
    fill!(app.CaptureView {
        set_preview: sitter("still"),
        set_instruction: "很好，别动",
        set_detail: "马上自动拍摄",
        set_arrow: Arrow::None,
        set_holding: true,
        set_hold: 0.81_f32,
        set_place_good: true,
        set_eyes_good: true,
    });
    fill!(app.Chrome {
        set_demo: true,
        set_credit: "画面：演示录像，人物照片 © 示例图库，CC0",
    });
}

fn countdown(app: &AppWindow) {
    coach(app);
    fill!(app.CaptureView {
        set_preview: sitter("still"),
        set_instruction: "看镜头",
        set_detail: "三秒后拍摄",
        set_arrow: Arrow::Look,
        set_countdown: 2,
    });
}

fn frame(name: &str, tag: &str, recommended: bool, usable: bool) -> PickFrame {
    PickFrame { picture: sitter(name), tag: tag.into(), recommended, usable }
}

fn row(name: &str, remedy: &str, value: &str, limit: &str, verdict: RowVerdict) -> VerdictRow {
    VerdictRow { name: name.into(), remedy: remedy.into(), value: value.into(), limit: limit.into(), verdict }
}

pub fn pick(app: &AppWindow) {
    go(app, Screen::Pick, true, true);
    fill!(app.PickView {
        set_stage: PickStage::Choosing,
        set_frames: list(vec![
        frame("frame-1", "推荐", true, true),
        frame("frame-2", "也可以", false, true),
        frame("frame-3", "闭眼了", false, false),
    ]),
        set_chosen: 0,
        set_rows: list(vec![
        row("眼镜有点反光", "下巴低一点，或先摘下眼镜。", "12%", "最好 ≤ 8%", RowVerdict::Hint),
        row("左右光线不均", "身体朝亮的一边转一点。", "1.31", "最好 ≤ 1.20", RowVerdict::Hint),
    ]),
    });
    let pass = |name: &str, value: &str| row(name, "", value, "", RowVerdict::Pass);
    fill!(app.PickView {
        set_passes: list(vec![
        pass("双眼睁开", "100"),
        pass("嘴巴闭合", "98"),
        pass("清晰度", "87"),
        pass("亮度", "91"),
        pass("发顶", "82 px"),
        pass("眼睛位置", "262 px"),
        pass("脸宽", "206 px"),
    ]),
        set_retakes: 0,
        set_hints: 2,
        set_passed: 12,
        set_blocked: false,
        set_override_note: "",
        set_background_words: "浅蓝",
        set_quota_left: 2,
        set_quota_note: "每天 3 次，明天 0:00 恢复。重拍不占次数。",
        set_slow: false,
        set_done: 0,
    });
}

fn pick_blocked(app: &AppWindow) {
    pick(app);
    fill!(app.PickView {
        set_rows: list(vec![
        row("头歪了", "把头摆正，让两只耳朵一样高。", "10.4°", "上限 8°", RowVerdict::Retake),
        row("眼镜有点反光", "下巴低一点，或先摘下眼镜。", "12%", "最好 ≤ 8%", RowVerdict::Hint),
        row("红眼", "这次没有测。", "", "", RowVerdict::Unmeasured),
    ]),
        set_retakes: 1,
        set_hints: 1,
        set_blocked: true,
        set_may_override: true,
    });
}

fn pick_confirm(app: &AppWindow) {
    pick(app);
    fill!(app.PickView { set_stage: PickStage::Confirming });
}

fn pick_working(app: &AppWindow) {
    pick(app);
    fill!(app.PickView {
        set_stage: PickStage::Working,
        set_done: 2,
    });
}

fn pick_none_left(app: &AppWindow) {
    pick_confirm(app);
    fill!(app.PickView {
        set_quota_left: 0,
        set_quota_note: "今天 3 次已用完，明天 0:00 恢复。",
    });
}

fn fact(label: &str, value: &str, tone: Tone) -> Fact {
    Fact { label: label.into(), value: value.into(), tone }
}

pub fn result(app: &AppWindow) {
    go(app, Screen::Result, true, true);
    fill!(app.ResultView {
        set_portrait: sitter("portrait"),
        set_reference: sitter("original"),
        set_reference_kind: Reference::Captured,
        set_lead: "符合学历注册图像标准，可以提交。",
        set_facts: list(vec![
        fact("尺寸", "480×640", Tone::Info),
        fact("文件", "36 KB", Tone::Info),
        fact("底色", "浅蓝", Tone::Info),
        fact("复核", "全部合格", Tone::Pass),
    ]),
        set_compared: true,
        set_score: 92,
        set_score_tone: Tone::Pass,
        set_score_words: "达到 80 分即可提交",
        set_note: "",
        set_can_submit: true,
        set_busy: false,
    });
}

fn result_admission(app: &AppWindow) {
    result(app);
    fill!(app.ResultView {
        set_reference: sitter("admission"),
        set_reference_kind: Reference::Admission,
        set_score: 74,
        set_score_tone: Tone::Warn,
        set_score_words: "可以提交，老师会再看一眼。",
    });
}

fn result_alone(app: &AppWindow) {
    result(app);
    fill!(app.ResultView {
        set_reference_kind: Reference::None,
        set_compared: false,
        set_note: "没有录取照片，审核时由老师核对。",
    });
}

fn result_saving(app: &AppWindow) {
    result(app);
    fill!(app.ResultView { set_busy: true });
}

fn receipt(app: &AppWindow) {
    go(app, Screen::Receipt, false, false);
    fill!(app.Chrome {
        set_online: false,
        set_queued: 1,
    });
    fill!(app.ReceiptView {
        set_greeting: format!("{LONG_NAME}，毕业快乐。"),
        set_portrait: sitter("portrait"),
        set_school: "青屿大学",
        set_detail: "2026 届 · 数字媒体艺术",
        set_number: "K7-2048",
        set_page_code: code("https://kiosk.example.edu/r/0191e5c2-7a3b", 300),
        set_seconds: 10,
    });
}
