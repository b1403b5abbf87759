//! What every scene begins with.

use slint::{ModelRc, SharedString, VecModel};
use ui::*;

pub fn list<T: Clone + 'static>(items: Vec<T>) -> ModelRc<T> {
    ModelRc::new(VecModel::from(items))
}

pub fn words(items: &[&str]) -> ModelRc<SharedString> {
    list(items.iter().map(|s| SharedString::from(*s)).collect())
}

pub fn chrome(app: &AppWindow) {
    fill!(app.Chrome {
        set_school: "青屿大学",
        set_device: "3 号楼 · K7",
        set_clock: "14:26",
        set_phone: "8000",
        set_online: true,
        set_queued: 0,
        set_demo: false,
        set_credit: "",
        set_toast: "",
        set_asking: false,
    });
    fill!(app.IdleView { set_shown: false });
}

pub fn go(app: &AppWindow, screen: Screen, back: bool, exit: bool) {
    app.set_screen(screen);
    fill!(app.Chrome {
        set_can_back: back,
        set_can_exit: exit,
    });
}

/// The keyboard with nothing typed.
pub fn keyboard(app: &AppWindow) {
    fill!(app.KeyboardView {
        set_plane: KeyPlane::Pinyin,
        set_capital: false,
        set_sheet_open: false,
        set_dot: false,
        set_busy: false,
    });
    keys(app, "", &[]);
}

/// The keyboard while these letters are composed.
pub fn keys(app: &AppWindow, letters: &str, candidates: &[&str]) {
    fill!(app.KeyboardView {
        set_bar: words(candidates),
        set_more: !candidates.is_empty(),
        set_no_sound: false,
        set_composing: !letters.is_empty(),
    });
}

/// What the app says, in the language of the window; the sentences themselves are the catalogue's.
const SAID: &[(&str, &str)] = &[
    ("没认出这个码，可以改用证件号码。", "This code is not known here. Use your ID number."),
    ("输入后继续", "Type to continue"),
    ("继续", "Continue"),
    ("都对，继续", "All correct"),
    ("都对，保存", "Correct, save"),
    ("以后再填", "Later"),
    ("打开", "Open"),
    ("点一所学校", "Touch a school"),
    ("证件", "Document"),
    ("证件号码", "Number"),
    ("姓名", "Name"),
    ("班级", "Class"),
    ("收件人", "Recipient"),
    ("电话", "Phone"),
    ("地区", "Region"),
    ("地址", "Address"),
    ("居民身份证", "Resident ID card"),
    ("护照", "Passport"),
    ("港澳居民来往内地通行证", "Mainland permit for Hong Kong and Macao residents"),
    ("台湾居民来往大陆通行证", "Mainland permit for Taiwan residents"),
    ("你用哪种证件？", "Which document?"),
    ("和学籍登记的一样。", "The one you enrolled with."),
    ("身份证号码是多少？", "ID card number?"),
    ("18 位号码", "18 characters"),
    ("最后一位不对，请对照证件再看一遍。", "The last character does not fit. Check your ID card."),
    ("证件号码是多少？", "Document number?"),
    ("字母和数字", "Letters and digits"),
    ("你叫什么名字？", "What is your name?"),
    ("和证件上的一样。", "As on your document."),
    ("请按证件填写完整姓名。", "Type your full name as on your document."),
    ("你在哪个班？", "Which class?"),
    ("例如 数媒 2201", "For example 数媒 2201"),
    ("都填对了吗？", "Is everything correct?"),
    ("要改就点返回。", "Touch Back to change it."),
    ("照片寄给谁？", "Who gets the prints?"),
    ("收件人姓名", "Name on the letter"),
    ("收件人的电话？", "Their phone number?"),
    ("送不到时，快递员会打。", "The courier calls it if needed."),
    ("手机号码", "Mobile number"),
    ("电话不对：手机号是 11 位。", "Check the number: a mobile has 11 digits."),
    ("寄到哪个省？", "Which province?"),
    ("哪个区或县？", "Which district?"),
    ("街道和门牌号？", "Street and number?"),
    ("例如 珞喻路 1037 号 402 室", "For example 珞喻路 1037 号"),
    ("寄到这里，对吗？", "Send the prints here?"),
    ("寄出以前都可以改。", "It can be changed until mailed."),
];

/// `words` as the app says them; what is no sentence stays as it is.
pub fn said(app: &AppWindow, words: &str) -> SharedString {
    let english = slint::ComponentHandle::global::<Theme<'_>>(app).get_english();
    SAID.iter().find(|(zh, _)| english && *zh == words).map_or(words, |(_, en)| en).into()
}
