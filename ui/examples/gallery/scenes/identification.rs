//! Identification: code, number, name, birthday, voucher.

use super::common::go;
use crate::people::{code, sitter};
use ui::*;

/// Every scene of this family.
pub const SCENES: &[super::Named] = &[
    ("a-scan", scan),
    ("a-scan-found", scan_found),
    ("a-scan-demo", scan_demo),
    ("a-scan-starting", scan_starting),
    ("a2-help", help),
    ("a3-number", number),
    ("second-factor", second_factor),
    ("second-factor-wrong", second_factor_wrong),
    ("a4-who", who),
    ("a3-number-more", number_more),
    ("pay-voucher", pay_voucher),
];

fn scan(app: &AppWindow) {
    go(app, Screen::Scan, false, false);
    fill!(app.ScanView {
        set_preview: sitter("room"),
        set_found: false,
        set_toast: "",
    });
}

fn scan_found(app: &AppWindow) {
    scan(app);
    fill!(app.ScanView {
        set_found: true,
        set_corners: Quad { x0: 560.0, y0: 330.0, x1: 808.0, y1: 300.0, x2: 838.0, y2: 548.0, x3: 590.0, y3: 578.0 },
        set_toast: "看到采集码了，请稍停一下",
        set_toast_tone: Tone::Pass,
    });
}

fn scan_demo(app: &AppWindow) {
    scan(app);
    fill!(app.Chrome {
        set_demo: true,
        set_credit: "画面：演示录像，人物照片 © 示例图库，CC0",
        set_online: false,
        set_queued: 12,
    });
    fill!(app.ScanView {
        set_toast: "这是付款码，请打开图像采集码。",
        set_toast_tone: Tone::Warn,
    });
}

fn scan_starting(app: &AppWindow) {
    scan(app);
    fill!(app.ScanView { set_preview: slint::Image::default() });
}

fn help(app: &AppWindow) {
    go(app, Screen::Help, true, false);
    fill!(app.HelpView { set_page_code: code("https://www.chsi.com.cn/", 300) });
}

fn number(app: &AppWindow) {
    go(app, Screen::NumberEntry, true, true);
    fill!(app.NumberEntryView {
        set_title: "输入证件号码后六位",
        set_lead: "也可以输入学号。",
        set_typed: "0312",
        set_letter_x: true,
        set_letter_x_enabled: false,
    });
}

fn number_more(app: &AppWindow) {
    number(app);
    fill!(app.NumberEntryView {
        set_message: "有几位同学对得上，请输完整号码。",
        set_typed: "",
        set_can_go_on: false,
        set_placeholder: "证件号码或学号",
    });
}

fn who(app: &AppWindow) {
    go(app, Screen::Who, true, true);
    fill!(app.WhoView {
        set_name: "阿***·***江",
        set_school: "青屿大学",
        set_task: "2027 届本科毕业生",
    });
}

fn second_factor(app: &AppWindow) {
    go(app, Screen::SecondFactor, true, true);
    fill!(app.SecondFactorView {
        set_who: "林*夏",
        set_typed: "03",
        set_message: "",
        set_tries_left: 5,
    });
}

fn second_factor_wrong(app: &AppWindow) {
    second_factor(app);
    fill!(app.SecondFactorView {
        set_typed: "",
        set_message: "和登记的生日对不上。还可以试 4 次。",
    });
}

fn pay_voucher(app: &AppWindow) {
    number(app);
    fill!(app.NumberEntryView {
        set_title: "输入缴费券号码",
        set_lead: "券上的数字，用过一次就作废。",
        set_message: "微信支付未接入，请用缴费券。",
        set_letter_x: false,
        set_typed: "20270",
        set_other: "换一种方式",
        set_can_go_on: false,
    });
}
