//! School and task search.

use super::common::{go, keyboard, keys, list, said};
use ui::*;

/// Every scene of this family.
pub const SCENES: &[super::Named] = &[
    ("school", empty),
    ("school-unknown-code", unknown_code),
    ("school-typing", typing),
    ("school-sheet", sheet),
    ("school-long", long),
    ("school-none", none),
    ("school-no-sound", no_sound),
    ("school-task", task),
];

fn row(before: &str, hit: &str, after: &str, closes: &str) -> SchoolRow {
    SchoolRow {
        before: before.into(),
        hit: hit.into(),
        after: after.into(),
        detail: format!("2026 届普通本专科 · {closes}截止").into(),
    }
}

fn empty(app: &AppWindow) {
    go(app, Screen::School, true, true);
    keyboard(app);
    fill!(app.KeyboardView { set_done: said(app, "点一所学校"), set_done_enabled: false });
    fill!(app.SchoolView {
        set_lead: "",
        set_typed: "",
        set_tab: 0,
        set_none: false,
        set_chosen: false,
        set_rows: list(vec![
            row("", "", "青屿大学", "6 月 30 日"),
            row("", "", "青屿师范学院", "6 月 15 日"),
            row("", "", "云州庆余职业技术学院", "7 月 5 日"),
            row("", "", "清源民族学院", "7 月 8 日"),
        ]),
    });
}

fn unknown_code(app: &AppWindow) {
    empty(app);
    fill!(app.SchoolView { set_lead: said(app, "没认出这个码，可以改用证件号码。") });
}

fn typing(app: &AppWindow) {
    empty(app);
    keys(app, "qingyu", &["青屿", "庆余", "轻语", "青鱼", "清玉"]);
    fill!(app.SchoolView {
        set_typed: "qingyu",
        set_tab: 1,
        set_rows: list(vec![
            row("", "青屿", "大学", "6 月 30 日"),
            row("", "青屿", "师范学院", "6 月 15 日"),
            row("云州", "庆余", "职业技术学院", "7 月 5 日"),
        ]),
    });
}

fn sheet(app: &AppWindow) {
    typing(app);
    let all = [
        "青屿", "庆余", "轻语", "青鱼", "清玉", "请", "情", "清", "青", "轻", "庆", "倾", "卿", "晴", "擎",
        "氢", "顷", "磬", "罄", "氰", "蜻", "鲭", "圊", "檠",
    ];
    fill!(app.KeyboardView { set_sheet: super::common::words(&all), set_sheet_open: true, set_pages: 3, set_page: 0 });
}

fn long(app: &AppWindow) {
    typing(app);
    fill!(app.SchoolView {
        set_tab: 3,
        set_rows: list(vec![
            row("新疆维吾尔自治区", "青屿", "民族职业技术学院", "6 月 30 日"),
            row("中国", "青屿", "少数民族幼儿师范高等专科学校", "6 月 15 日"),
            row("内蒙古", "庆余", "医学高等专科学校", "7 月 5 日"),
        ]),
    });
}

fn none(app: &AppWindow) {
    typing(app);
    fill!(app.SchoolView { set_typed: "qingyuxx", set_none: true, set_rows: list(Vec::<SchoolRow>::new()) });
}

fn no_sound(app: &AppWindow) {
    none(app);
    keys(app, "vv", &[]);
    fill!(app.KeyboardView { set_no_sound: true });
    fill!(app.SchoolView { set_typed: "vv" });
}

fn task(app: &AppWindow) {
    typing(app);
    fill!(app.SchoolView {
        set_chosen: true,
        set_school: "云州庆余职业技术学院",
        set_task: "2026 届毕业生图像采集",
        set_category: "普通本专科",
        set_days: "5 月 6 日到 7 月 5 日",
        set_notice: "地点在图书馆一层，请带身份证和采集码。请穿有领的深色上衣，不戴首饰。",
    });
}
