//! One question at a time: manual entry and the address.

use super::common::{go, keyboard, keys, list, said, words};
use crate::people::LONG_NAME;
use ui::*;

/// Every scene of this family.
pub const SCENES: &[super::Named] = &[
    ("manual-kind", kind),
    ("manual-number", number),
    ("manual-number-wrong", number_wrong),
    ("manual-passport", passport),
    ("manual-name", name),
    ("manual-name-long", name_long),
    ("manual-name-wrong", name_wrong),
    ("manual-class", class),
    ("manual-check", check),
    ("address-recipient", recipient),
    ("address-phone", phone),
    ("address-province", province),
    ("address-district", district),
    ("address-street", street),
    ("address-check", address_check),
];

fn given(app: &AppWindow, rows: &[(&str, &str)]) -> slint::ModelRc<Given> {
    let row = |(label, value): &(&str, &str)| Given { label: said(app, label), value: said(app, value) };
    list(rows.iter().map(row).collect())
}

/// A question with nothing typed yet.
fn ask(app: &AppWindow, kind: AskKind, title: &str, lead: &str, before: &[(&str, &str)]) {
    go(app, Screen::Ask, true, true);
    keyboard(app);
    fill!(app.AskView {
        set_kind: kind,
        set_title: said(app, title),
        set_lead: said(app, lead),
        set_given: given(app, before),
        set_choices: words(&[]),
        set_narrow: false,
        set_typed: "",
        set_composing: "",
        set_placeholder: "",
        set_problem: "",
        set_letter_x: false,
        set_can_go_on: false,
        set_busy: false,
        set_go_words: said(app, "输入后继续"),
        set_other: "",
        set_stepped: true,
    });
    fill!(app.KeyboardView { set_done: said(app, "输入后继续"), set_done_enabled: false });
}

fn typed(app: &AppWindow, text: &str) {
    fill!(app.AskView { set_typed: text, set_can_go_on: true, set_go_words: said(app, "继续") });
    fill!(app.KeyboardView { set_done: said(app, "继续"), set_done_enabled: true });
}

const CARD: (&str, &str) = ("证件", "居民身份证");
/// Shortened while others may look; whole at the end.
const NUMBER: (&str, &str) = ("证件号码", "9900************37");
const WHOLE_NUMBER: (&str, &str) = ("证件号码", "990000200403121237");

fn kind(app: &AppWindow) {
    ask(app, AskKind::Choose, "你用哪种证件？", "和学籍登记的一样。", &[]);
    let kinds = ["居民身份证", "护照", "港澳居民来往内地通行证", "台湾居民来往大陆通行证"];
    let kinds = kinds.iter().map(|kind| said(app, kind)).collect();
    fill!(app.AskView { set_choices: list(kinds) });
}

fn number(app: &AppWindow) {
    ask(app, AskKind::Digits, "身份证号码是多少？", "", &[CARD]);
    fill!(app.AskView { set_letter_x: true, set_letter_x_enabled: false, set_placeholder: said(app, "18 位号码") });
    typed(app, "9900002004");
}

fn number_wrong(app: &AppWindow) {
    number(app);
    fill!(app.AskView { set_letter_x_enabled: false, set_problem: said(app, "最后一位不对，请对照证件再看一遍。") });
    typed(app, "990000200403121230");
}

fn passport(app: &AppWindow) {
    ask(app, AskKind::Write, "证件号码是多少？", "", &[("证件", "护照")]);
    fill!(app.KeyboardView { set_plane: KeyPlane::Latin, set_capital: true });
    fill!(app.AskView { set_placeholder: said(app, "字母和数字") });
    typed(app, "E1234");
}

fn name(app: &AppWindow) {
    ask(app, AskKind::Write, "你叫什么名字？", "和证件上的一样。", &[CARD, NUMBER]);
    keys(app, "zhixia", &["知夏", "志侠", "知", "之", "志", "智", "芝", "枝"]);
    fill!(app.KeyboardView { set_dot: true });
    typed(app, "林");
    fill!(app.AskView { set_composing: "zhi xia" });
}

fn name_long(app: &AppWindow) {
    name(app);
    keys(app, "", &[]);
    fill!(app.AskView { set_typed: format!("{LONG_NAME}·阿卜杜热合曼托合提尼亚孜"), set_composing: "" });
}

fn name_wrong(app: &AppWindow) {
    name(app);
    keys(app, "", &[]);
    fill!(app.AskView { set_typed: "林", set_composing: "", set_problem: said(app, "请按证件填写完整姓名。") });
}

fn class(app: &AppWindow) {
    ask(app, AskKind::Write, "你在哪个班？", "", &[CARD, NUMBER, ("姓名", LONG_NAME)]);
    fill!(app.KeyboardView { set_plane: KeyPlane::Digits });
    fill!(app.AskView { set_placeholder: said(app, "例如 数媒 2201") });
    typed(app, "数媒 22");
}

fn check(app: &AppWindow) {
    ask(
        app,
        AskKind::Check,
        "都填对了吗？",
        "要改就点返回。",
        &[CARD, WHOLE_NUMBER, ("姓名", LONG_NAME), ("班级", "数媒 2201")],
    );
    fill!(app.AskView { set_can_go_on: true, set_go_words: said(app, "都对，继续") });
}

fn recipient(app: &AppWindow) {
    ask(app, AskKind::Write, "照片寄给谁？", "", &[]);
    fill!(app.KeyboardView { set_dot: true });
    fill!(app.AskView { set_placeholder: said(app, "收件人姓名"), set_other: said(app, "以后再填") });
}

fn phone(app: &AppWindow) {
    ask(app, AskKind::Digits, "收件人的电话？", "送不到时，快递员会打。", &[("收件人", "林知夏")]);
    fill!(app.AskView { set_placeholder: said(app, "手机号码"), set_other: said(app, "以后再填"), set_problem: said(app, "电话不对：手机号是 11 位。") });
    typed(app, "1380000");
}

fn province(app: &AppWindow) {
    ask(app, AskKind::Choose, "寄到哪个省？", "", &[("收件人", "林知夏"), ("电话", "13800000000")]);
    let provinces = [
        "北京市",
        "天津市",
        "河北省",
        "山西省",
        "内蒙古自治区",
        "辽宁省",
        "吉林省",
        "黑龙江省",
        "上海市",
        "江苏省",
        "浙江省",
        "安徽省",
        "福建省",
        "江西省",
        "山东省",
        "河南省",
        "湖北省",
        "湖南省",
        "广东省",
        "广西壮族自治区",
        "海南省",
        "重庆市",
        "新疆维吾尔自治区",
    ];
    fill!(app.AskView { set_choices: words(&provinces), set_narrow: true, set_other: said(app, "以后再填") });
}

fn district(app: &AppWindow) {
    province(app);
    let rows = [("收件人", LONG_NAME), ("电话", "13800000000"), ("地区", "甘肃省 · 临夏回族自治州")];
    let districts = [
        "临夏市",
        "临夏县",
        "康乐县",
        "永靖县",
        "广河县",
        "和政县",
        "东乡族自治县",
        "积石山保安族东乡族撒拉族自治县",
    ];
    fill!(app.AskView { set_title: said(app, "哪个区或县？"), set_given: given(app, &rows), set_choices: words(&districts) });
}

fn street(app: &AppWindow) {
    let rows = [("收件人", "林知夏"), ("电话", "13800000000"), ("地区", "湖北省 · 武汉市 · 洪山区")];
    ask(app, AskKind::Write, "街道和门牌号？", "", &rows);
    keys(app, "lu", &["路", "陆", "录", "鲁", "露", "卢", "鹿"]);
    fill!(app.AskView { set_placeholder: said(app, "例如 珞喻路 1037 号 402 室") });
    typed(app, "珞喻");
    fill!(app.AskView { set_composing: "lu" });
}

fn address_check(app: &AppWindow) {
    let rows = [
        ("收件人", LONG_NAME),
        ("电话", "13800000000"),
        ("地区", "甘肃省 · 临夏回族自治州 · 积石山保安族东乡族撒拉族自治县"),
        ("地址", "吹麻滩镇迎宾大道 18 号人民医院家属院 3 栋 2 单元 402 室"),
    ];
    ask(app, AskKind::Check, "寄到这里，对吗？", "寄出以前都可以改。", &rows);
    fill!(app.AskView { set_can_go_on: true, set_go_words: said(app, "都对，保存"), set_other: said(app, "以后再填"), set_stepped: false });
}
