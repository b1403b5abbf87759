//! What staff sees.

use super::common::{go, list, words};
use slint::ModelRc;
use ui::*;

/// Every scene of this family.
pub const SCENES: &[super::Named] = &[
    ("staff-pin", staff_pin),
    ("staff-reason", staff_reason),
    ("staff-grant", staff_grant),
    ("desk-board", desk_board),
    ("desk-missing", desk_missing),
    ("desk-student", desk_student),
    ("desk-day-end", desk_day_end),
    ("desk-pause", desk_pause),
];

fn staff_pin(app: &AppWindow) {
    go(app, Screen::StaffPin, true, false);
    fill!(app.StaffView {
        set_typed: 3,
        set_message: "刚才的 PIN 不对。再错 4 次，锁定 10 分钟。",
    });
}

fn staff_reason(app: &AppWindow) {
    go(app, Screen::StaffReason, true, false);
    fill!(app.StaffView {
        set_question: "为什么可以通过？",
        set_lead: "周老师，理由会和照片一起交给审核。",
        set_accept_words: "由我确认通过",
        set_decline_words: "还是重拍",
        set_problem: "",
        set_faults: words(&["头歪了：10.4°，上限 8°", "头发盖住了右耳"]),
        set_reasons: words(&["本人身体原因", "宗教或医疗用品", "机器判断有误", "已按要求重拍多次"]),
        set_chosen: 2,
    });
}

fn staff_grant(app: &AppWindow) {
    staff_reason(app);
    fill!(app.StaffView {
        set_question: "再加一次制作？",
        set_lead: "周老师，今天为林*夏多加一次，会记下你的名字。",
        set_faults: ModelRc::default(),
        set_reasons: ModelRc::default(),
        set_accept_words: "由我确认",
        set_decline_words: "不用了",
    });
}

fn desk(app: &AppWindow, title: &str, lead: &str) {
    go(app, Screen::StaffPanel, true, true);
    fill!(app.StaffPanelView {
        set_title: title,
        set_lead: lead,
        set_banner: "",
        set_counts: ModelRc::default(),
        set_tools: ModelRc::default(),
        set_rows: ModelRc::default(),
        set_acts: ModelRc::default(),
    });
}

fn act(label: &str, primary: bool) -> PanelAct {
    PanelAct { id: label.into(), label: label.into(), primary, enabled: true }
}

fn desk_board(app: &AppWindow) {
    desk(app, "今天，5 月 12 日", "周老师 · 2027 届本科毕业生");
    let count = |label: &str, value: &str, note: &str, tone| PanelCount {
        label: label.into(),
        value: value.into(),
        note: note.into(),
        tone,
    };
    fill!(app.StaffPanelView {
        set_counts: list(vec![
        count("今天提交", "128", "一共 201，应到 312", Tone::Info),
        count("还没交", "111", "其中已制作未提交 4", Tone::Info),
        count("没通过", "6", "要重新拍", Tone::Fail),
        count("等待上传", "12", "联网后自动上传", Tone::Warn),
    ]),
    });
    let tool = |label: &str, sign| PanelTool { id: label.into(), label: label.into(), sign };
    fill!(app.StaffPanelView {
        set_tools: list(vec![
        tool("找学生", Sign::Search),
        tool("还没交的名单", Sign::People),
        tool("已制作未提交", Sign::List),
        tool("等待上传", Sign::Sync),
        tool("核对时间", Sign::Clock),
        tool("今天结束", Sign::Shield),
    ]),
        set_acts: list(vec![act("暂停采集", false)]),
    });
}

fn desk_missing(app: &AppWindow) {
    desk(app, "还没交的名单", "生物 2301 班");
    let row = |title: &str, state: &str, tone| PanelRow {
        title: title.into(),
        detail: "生物 2301 班".into(),
        state: state.into(),
        tone,
        leads: true,
    };
    fill!(app.StaffPanelView {
        set_rows: list(vec![
        row("阿***·***江", "待拍摄", Tone::Info),
        row("欧阳*兮", "已制作未提交", Tone::Warn),
        row("王*", "审核未通过", Tone::Fail),
    ]),
    });
}

fn fact(title: &str, state: &str, tone: Tone) -> PanelRow {
    PanelRow { title: title.into(), state: state.into(), tone, ..PanelRow::default() }
}

fn desk_student(app: &AppWindow) {
    desk(app, "欧阳*兮", "生物 2301 班 · 9900**********1234");
    fill!(app.StaffPanelView {
        set_banner: "记下了。",
        set_banner_tone: Tone::Pass,
        set_rows: list(vec![
        fact("照片", "已制作未提交", Tone::Warn),
        fact("今天还可制作", "0 次", Tone::Warn),
        fact("生日还可试", "5 次", Tone::Info),
    ]),
        set_acts: list(vec![act("加一次制作", false), act("解锁生日", false), act("协助拍摄", true)]),
    });
}

fn desk_day_end(app: &AppWindow) {
    desk(app, "还不能结束", "有 13 样只在这台机器里，先别关机。");
    fill!(app.StaffPanelView {
        set_banner: "联上网就会自动上传，传完这里会变。",
        set_banner_tone: Tone::Warn,
    });
    fill!(app.StaffPanelView {
        set_rows: list(vec![
        fact("今天提交", "128", Tone::Info),
        fact("没上传的记录", "9", Tone::Warn),
        fact("没上传的照片", "4", Tone::Warn),
        fact("导出到 U 盘", "未接入", Tone::Info),
    ]),
        set_acts: list(vec![act("现在上传", true)]),
    });
}

fn desk_pause(app: &AppWindow) {
    desk(app, "暂停采集", "选一句话，学生会看到。");
    let row = |title: &str, detail: &str| PanelRow {
        title: title.into(),
        detail: detail.into(),
        leads: true,
        ..PanelRow::default()
    };
    fill!(app.StaffPanelView {
        set_rows: list(vec![
        row("老师离开一会儿，马上回来。", "已提交的照片都在，不用重拍。"),
        row("老师午休，下午回来。", "已提交的照片都在，不用重拍。"),
        row("这台机器暂停，请用旁边的一台。", "已提交的照片都在，不用重拍。"),
        row("今天的采集结束了，请明天再来。", "已提交的照片都在，不用重拍。"),
    ]),
    });
}
