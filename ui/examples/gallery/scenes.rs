//! The scenes: which screen, which state, which language, which switches, which size.

use crate::people::{LONG_NAME, code, sitter};
use slint::{ComponentHandle as _, ModelRc, SharedString, VecModel};
use std::error::Error;
use ui::*;

/// One picture to take.
pub struct Scene {
    pub name: String,
    /// Which of the forms below; `plain` is none of them.
    pub form: &'static str,
    pub size: (u32, u32),
    large: bool,
    contrast: bool,
    english: bool,
    play: fn(&AppWindow),
}

impl Scene {
    fn of(name: &str, play: fn(&AppWindow)) -> Self {
        Self {
            name: name.into(),
            form: "plain",
            size: (1080, 1920),
            large: false,
            contrast: false,
            english: false,
            play,
        }
    }
    fn varied(&self, suffix: &'static str, change: fn(&mut Self)) -> Self {
        let mut scene = Self { name: format!("{}-{suffix}", self.name), form: suffix, ..*self };
        change(&mut scene);
        scene
    }

    /// Brings the window into this scene.
    pub fn set(&self, app: &AppWindow) -> Result<(), Box<dyn Error>> {
        app.global::<Theme<'_>>().set_large(self.large);
        app.global::<Theme<'_>>().set_contrast(self.contrast);
        speak(app, self.english)?;
        chrome(app);
        (self.play)(app);
        Ok(())
    }
}

/// Every screen in portrait; then its English, large, high-contrast and landscape forms.
pub fn all() -> Vec<Scene> {
    let plain = vec![
        Scene::of("a-scan", scan),
        Scene::of("a-scan-found", scan_found),
        Scene::of("a-scan-demo", scan_demo),
        Scene::of("a-scan-starting", scan_starting),
        Scene::of("a2-help", help),
        Scene::of("a3-number", number),
        Scene::of("b-identity", identity),
        Scene::of("b-identity-agreed", identity_agreed),
        Scene::of("c-capture-coach", coach),
        Scene::of("c-capture-hold", hold),
        Scene::of("c-capture-countdown", countdown),
        Scene::of("d-pick", pick),
        Scene::of("d-pick-blocked", pick_blocked),
        Scene::of("d-pick-confirm", pick_confirm),
        Scene::of("d-pick-working", pick_working),
        Scene::of("d-pick-none-left", pick_none_left),
        Scene::of("e-result", result),
        Scene::of("e-result-admission", result_admission),
        Scene::of("e-result-alone", result_alone),
        Scene::of("e-result-saving", result_saving),
        Scene::of("f-receipt", receipt),
        Scene::of("tasks", tasks),
        Scene::of("tasks-none", tasks_none),
        Scene::of("second-factor", second_factor),
        Scene::of("second-factor-wrong", second_factor_wrong),
        Scene::of("sentence-code", sentence_code),
        Scene::of("sentence-paused", sentence_paused),
        Scene::of("sentence-faces", sentence_faces),
        Scene::of("staff-pin", staff_pin),
        Scene::of("staff-reason", staff_reason),
        Scene::of("staff-grant", staff_grant),
        Scene::of("a4-who", who),
        Scene::of("a3-number-more", number_more),
        Scene::of("b-identity-no-photo", identity_no_photo),
        Scene::of("pay-voucher", pay_voucher),
        Scene::of("desk-board", desk_board),
        Scene::of("desk-missing", desk_missing),
        Scene::of("desk-student", desk_student),
        Scene::of("desk-day-end", desk_day_end),
        Scene::of("desk-pause", desk_pause),
        Scene::of("idle", idle),
        Scene::of("camera-lost", camera_lost),
        Scene::of("question", question),
        Scene::of("toast", toast),
    ];
    let mut every = Vec::new();
    for scene in plain {
        for (suffix, change) in FORMS {
            every.push(scene.varied(suffix, *change));
        }
        every.push(scene);
    }
    every
}

type Change = fn(&mut Scene);
const FORMS: &[(&str, Change)] = &[
    ("en", |s| s.english = true),
    ("large", |s| s.large = true),
    ("contrast", |s| (s.contrast, s.large) = (true, true)),
    ("landscape", |s| s.size = (1920, 1080)),
    ("small", |s| (s.size, s.english) = ((1280, 800), true)),
];

fn list<T: Clone + 'static>(items: Vec<T>) -> ModelRc<T> {
    ModelRc::new(VecModel::from(items))
}

fn words(items: &[&str]) -> ModelRc<SharedString> {
    list(items.iter().map(|s| SharedString::from(*s)).collect())
}

fn chrome(app: &AppWindow) {
    let chrome = app.global::<Chrome<'_>>();
    chrome.set_school("青屿大学".into());
    chrome.set_device("3 号楼 · K7".into());
    chrome.set_clock("14:26".into());
    chrome.set_phone("8000".into());
    chrome.set_online(true);
    chrome.set_queued(0);
    chrome.set_demo(false);
    chrome.set_credit("".into());
    chrome.set_toast("".into());
    chrome.set_asking(false);
    app.global::<IdleView<'_>>().set_shown(false);
}

fn go(app: &AppWindow, screen: Screen, back: bool, exit: bool) {
    app.set_screen(screen);
    app.global::<Chrome<'_>>().set_can_back(back);
    app.global::<Chrome<'_>>().set_can_exit(exit);
}

fn scan(app: &AppWindow) {
    go(app, Screen::Scan, false, false);
    let view = app.global::<ScanView<'_>>();
    view.set_preview(sitter("room"));
    view.set_found(false);
    view.set_toast("".into());
}

fn scan_found(app: &AppWindow) {
    scan(app);
    let view = app.global::<ScanView<'_>>();
    view.set_found(true);
    view.set_corners(Quad {
        x0: 560.0,
        y0: 330.0,
        x1: 808.0,
        y1: 300.0,
        x2: 838.0,
        y2: 548.0,
        x3: 590.0,
        y3: 578.0,
    });
    view.set_toast("看到采集码了，请稍停一下".into());
    view.set_toast_tone(Tone::Pass);
}

fn scan_demo(app: &AppWindow) {
    scan(app);
    let chrome = app.global::<Chrome<'_>>();
    chrome.set_demo(true);
    chrome.set_credit("画面：演示录像，人物照片 © 示例图库，CC0".into());
    chrome.set_online(false);
    chrome.set_queued(12);
    let view = app.global::<ScanView<'_>>();
    view.set_toast("这是付款码，请打开图像采集码。".into());
    view.set_toast_tone(Tone::Warn);
}

fn scan_starting(app: &AppWindow) {
    scan(app);
    app.global::<ScanView<'_>>().set_preview(slint::Image::default());
}

fn help(app: &AppWindow) {
    go(app, Screen::Help, true, false);
    app.global::<HelpView<'_>>().set_page_code(code("https://www.chsi.com.cn/", 300));
}

fn number(app: &AppWindow) {
    go(app, Screen::NumberEntry, true, true);
    let view = app.global::<NumberEntryView<'_>>();
    view.set_title("输入证件号码后六位".into());
    view.set_lead("也可以输入学号。".into());
    view.set_typed("0312".into());
    view.set_letter_x(true);
    view.set_letter_x_enabled(false);
}

fn identity(app: &AppWindow) {
    go(app, Screen::ConfirmIdentity, true, true);
    let view = app.global::<IdentityView<'_>>();
    view.set_name("阿依努尔·**江".into());
    view.set_number("9900**********1234".into());
    view.set_school("青屿大学".into());
    view.set_category("普通本专科".into());
    view.set_task("2026 届毕业生图像采集".into());
    view.set_notice("采集到 6 月 30 日为止。请穿有领的深色上衣，不戴首饰。".into());
    view.set_purposes("照片用于学籍、毕业证书和学位证书。".into());
    view.set_fee("学校已支付，你不用付款".into());
    view.set_service_agreed(false);
    view.set_compare_agreed(false);
    view.set_upload_agreed(false);
    view.set_upload_asked(true);
}

fn identity_agreed(app: &AppWindow) {
    identity(app);
    let view = app.global::<IdentityView<'_>>();
    view.set_name("林*夏".into());
    view.set_service_agreed(true);
    view.set_compare_agreed(true);
    view.set_upload_asked(false);
}

fn coach(app: &AppWindow) {
    go(app, Screen::Capture, true, true);
    let view = app.global::<CaptureView<'_>>();
    view.set_preview(sitter("live"));
    view.set_instruction("往左一点".into());
    view.set_detail("让脸落在椭圆中间".into());
    view.set_arrow(Arrow::Left);
    view.set_holding(false);
    view.set_countdown(0);
    view.set_distance_good(true);
    view.set_place_good(false);
    view.set_pose_good(true);
    view.set_light_good(true);
    view.set_eyes_good(false);
}

fn hold(app: &AppWindow) {
    coach(app);
    let view = app.global::<CaptureView<'_>>();
    view.set_preview(sitter("still"));
    view.set_instruction("很好，别动".into());
    view.set_detail("马上自动拍摄".into());
    view.set_arrow(Arrow::None);
    view.set_holding(true);
    view.set_hold(0.81);
    view.set_place_good(true);
    view.set_eyes_good(true);
    app.global::<Chrome<'_>>().set_demo(true);
    app.global::<Chrome<'_>>().set_credit("画面：演示录像，人物照片 © 示例图库，CC0".into());
}

fn countdown(app: &AppWindow) {
    coach(app);
    let view = app.global::<CaptureView<'_>>();
    view.set_preview(sitter("still"));
    view.set_instruction("看镜头".into());
    view.set_detail("三秒后拍摄".into());
    view.set_arrow(Arrow::Look);
    view.set_countdown(2);
}

fn frame(name: &str, tag: &str, recommended: bool, usable: bool) -> PickFrame {
    PickFrame { picture: sitter(name), tag: tag.into(), recommended, usable }
}

fn row(name: &str, mend: &str, value: &str, limit: &str, verdict: RowVerdict) -> VerdictRow {
    VerdictRow { name: name.into(), mend: mend.into(), value: value.into(), limit: limit.into(), verdict }
}

fn pick(app: &AppWindow) {
    go(app, Screen::Pick, true, true);
    let view = app.global::<PickView<'_>>();
    view.set_stage(PickStage::Choosing);
    view.set_frames(list(vec![
        frame("frame-1", "推荐", true, true),
        frame("frame-2", "也可以", false, true),
        frame("frame-3", "闭眼了", false, false),
    ]));
    view.set_chosen(0);
    view.set_rows(list(vec![
        row("眼镜有点反光", "下巴低一点，或先摘下眼镜。", "12%", "最好 ≤ 8%", RowVerdict::Hint),
        row("左右光线不均", "身体朝亮的一边转一点。", "1.31", "最好 ≤ 1.20", RowVerdict::Hint),
    ]));
    let pass = |name: &str, value: &str| row(name, "", value, "", RowVerdict::Pass);
    view.set_passes(list(vec![
        pass("双眼睁开", "100"),
        pass("嘴巴闭合", "98"),
        pass("清晰度", "87"),
        pass("亮度", "91"),
        pass("发顶", "82 px"),
        pass("眼睛位置", "262 px"),
        pass("脸宽", "206 px"),
    ]));
    view.set_retakes(0);
    view.set_hints(2);
    view.set_passed(12);
    view.set_blocked(false);
    view.set_override_note("".into());
    view.set_background_words("浅蓝".into());
    view.set_quota_left(2);
    view.set_quota_note("每天 3 次，明天 0:00 恢复。重拍不占次数。".into());
    view.set_slow(false);
    view.set_done(0);
}

fn pick_blocked(app: &AppWindow) {
    pick(app);
    let view = app.global::<PickView<'_>>();
    view.set_rows(list(vec![
        row("头歪了", "把头摆正，让两只耳朵一样高。", "10.4°", "上限 8°", RowVerdict::Retake),
        row("眼镜有点反光", "下巴低一点，或先摘下眼镜。", "12%", "最好 ≤ 8%", RowVerdict::Hint),
        row("红眼", "这次没有测。", "", "", RowVerdict::Unmeasured),
    ]));
    view.set_retakes(1);
    view.set_hints(1);
    view.set_blocked(true);
    view.set_may_override(true);
}

fn pick_confirm(app: &AppWindow) {
    pick(app);
    app.global::<PickView<'_>>().set_stage(PickStage::Confirming);
}

fn pick_working(app: &AppWindow) {
    pick(app);
    let view = app.global::<PickView<'_>>();
    view.set_stage(PickStage::Working);
    view.set_done(2);
}

fn pick_none_left(app: &AppWindow) {
    pick_confirm(app);
    let view = app.global::<PickView<'_>>();
    view.set_quota_left(0);
    view.set_quota_note("今天 3 次已用完，明天 0:00 恢复。".into());
}

fn fact(label: &str, value: &str, tone: Tone) -> Fact {
    Fact { label: label.into(), value: value.into(), tone }
}

fn result(app: &AppWindow) {
    go(app, Screen::Result, true, true);
    let view = app.global::<ResultView<'_>>();
    view.set_portrait(sitter("portrait"));
    view.set_beside(sitter("original"));
    view.set_beside_kind(Beside::Captured);
    view.set_lead("符合学历注册图像标准，可以提交。".into());
    view.set_facts(list(vec![
        fact("尺寸", "480×640", Tone::Info),
        fact("文件", "36 KB", Tone::Info),
        fact("底色", "浅蓝", Tone::Info),
        fact("复核", "全部合格", Tone::Pass),
    ]));
    view.set_compared(true);
    view.set_score(92);
    view.set_score_tone(Tone::Pass);
    view.set_score_words("达到 80 分即可提交".into());
    view.set_note("".into());
    view.set_can_submit(true);
    view.set_busy(false);
}

fn result_admission(app: &AppWindow) {
    result(app);
    let view = app.global::<ResultView<'_>>();
    view.set_beside(sitter("admission"));
    view.set_beside_kind(Beside::Admission);
    view.set_score(74);
    view.set_score_tone(Tone::Warn);
    view.set_score_words("可以提交，老师会再看一眼。".into());
}

fn result_alone(app: &AppWindow) {
    result(app);
    let view = app.global::<ResultView<'_>>();
    view.set_beside_kind(Beside::None);
    view.set_compared(false);
    view.set_note("没有录取照片，审核时由老师核对。".into());
}

fn result_saving(app: &AppWindow) {
    result(app);
    app.global::<ResultView<'_>>().set_busy(true);
}

fn receipt(app: &AppWindow) {
    go(app, Screen::Receipt, false, false);
    app.global::<Chrome<'_>>().set_online(false);
    app.global::<Chrome<'_>>().set_queued(1);
    let view = app.global::<ReceiptView<'_>>();
    view.set_greeting(format!("{LONG_NAME}，毕业快乐。").into());
    view.set_portrait(sitter("portrait"));
    view.set_school("青屿大学".into());
    view.set_detail("2026 届 · 数字媒体艺术".into());
    view.set_number("K7-2048".into());
    view.set_page_code(code("https://kiosk.example.edu/r/0191e5c2-7a3b", 300));
    view.set_seconds(10);
}

fn tasks(app: &AppWindow) {
    go(app, Screen::Tasks, true, true);
    let view = app.global::<TasksView<'_>>();
    view.set_who("林*夏 · 共 2 项".into());
    view.set_note("现在没有网络，这里是本机知道的进度。".into());
    let refused = TaskCard {
        picture: sitter("portrait"),
        title: "2026 届普通本专科".into(),
        place: "青屿大学 · 数字媒体艺术".into(),
        dates: "5 月 12 日提交 · 5 月 14 日审核".into(),
        state: "审核未通过".into(),
        tone: Tone::Fail,
        progress: 2,
        refused: true,
        reason: "右耳被头发挡住，衣领处有阴影".into(),
        mend: "把头发别到耳后，站在地面标记上重拍。".into(),
        left: "还可重新提交 2 次".into(),
        can_retake: true,
        retake_words: "重新拍摄".into(),
    };
    let done = TaskCard {
        picture: sitter("admission"),
        title: "2025 年计算机辅修".into(),
        place: "青屿大学 · 辅修专业".into(),
        state: "已上网".into(),
        tone: Tone::Pass,
        progress: 5,
        ..TaskCard::default()
    };
    view.set_tasks(list(vec![refused, done]));
}

fn tasks_none(app: &AppWindow) {
    tasks(app);
    let view = app.global::<TasksView<'_>>();
    view.set_who("林*夏".into());
    view.set_note("".into());
    view.set_tasks(ModelRc::default());
}

fn second_factor(app: &AppWindow) {
    go(app, Screen::SecondFactor, true, true);
    let view = app.global::<SecondFactorView<'_>>();
    view.set_who("林*夏".into());
    view.set_typed("03".into());
    view.set_message("".into());
    view.set_tries_left(5);
}

fn second_factor_wrong(app: &AppWindow) {
    second_factor(app);
    let view = app.global::<SecondFactorView<'_>>();
    view.set_typed("".into());
    view.set_message("和登记的生日对不上。还可以试 4 次。".into());
}

fn sentence(app: &AppWindow, sign: Sign, tone: Tone, headline: &str, detail: &str) {
    go(app, Screen::Sentence, true, false);
    let view = app.global::<SentenceView<'_>>();
    view.set_sign(sign);
    view.set_tone(tone);
    view.set_headline(headline.into());
    view.set_detail(detail.into());
    view.set_serif(false);
    view.set_note_title("".into());
    view.set_primary("再扫一次".into());
    view.set_secondary("请老师帮忙".into());
}

fn sentence_code(app: &AppWindow) {
    sentence(app, Sign::Code, Tone::Warn, "这个码是别的学校的", "请打开青屿大学的图像采集码，再扫一次。");
}

fn sentence_paused(app: &AppWindow) {
    sentence(
        app,
        Sign::Pause,
        Tone::Pine,
        "休息一下，\n13:30 回来",
        "老师午休，拍摄暂停。已提交的照片都安全。",
    );
    go(app, Screen::Sentence, false, false);
    let view = app.global::<SentenceView<'_>>();
    view.set_serif(true);
    view.set_note_title("着急的话".into());
    view.set_note("图书馆一层的 3 号机正在服务，现在不用排队。".into());
    view.set_note_sign(Sign::School);
    view.set_primary("".into());
    view.set_secondary("查看我的任务".into());
}

fn sentence_faces(app: &AppWindow) {
    sentence(app, Sign::People, Tone::Warn, "画面里有两个人", "请让旁边的同学站远一点，再拍一张。");
    app.global::<SentenceView<'_>>().set_primary("再拍一张".into());
}

fn staff_pin(app: &AppWindow) {
    go(app, Screen::StaffPin, true, false);
    let view = app.global::<StaffView<'_>>();
    view.set_typed(3);
    view.set_message("刚才的 PIN 不对。再错 4 次，锁定 10 分钟。".into());
}

fn staff_reason(app: &AppWindow) {
    go(app, Screen::StaffReason, true, false);
    let view = app.global::<StaffView<'_>>();
    view.set_question("为什么可以通过？".into());
    view.set_lead("周老师，理由会和照片一起交给审核。".into());
    view.set_accept_words("由我确认通过".into());
    view.set_decline_words("还是重拍".into());
    view.set_problem("".into());
    view.set_faults(words(&["头歪了：10.4°，上限 8°", "头发盖住了右耳"]));
    view.set_reasons(words(&["本人身体原因", "宗教或医疗用品", "机器判断有误", "已按要求重拍多次"]));
    view.set_chosen(2);
}

fn staff_grant(app: &AppWindow) {
    staff_reason(app);
    let view = app.global::<StaffView<'_>>();
    view.set_question("再加一次制作？".into());
    view.set_lead("周老师，今天为林*夏多加一次，会记下你的名字。".into());
    view.set_faults(ModelRc::default());
    view.set_reasons(ModelRc::default());
    view.set_accept_words("由我确认".into());
    view.set_decline_words("不用了".into());
}

fn who(app: &AppWindow) {
    go(app, Screen::Who, true, true);
    let view = app.global::<WhoView<'_>>();
    view.set_name("阿***·***江".into());
    view.set_school("青屿大学".into());
    view.set_task("2027 届本科毕业生".into());
}

fn number_more(app: &AppWindow) {
    number(app);
    let view = app.global::<NumberEntryView<'_>>();
    view.set_message("有几位同学对得上，请输完整号码。".into());
    view.set_typed("".into());
    view.set_can_go_on(false);
    view.set_placeholder("证件号码或学号".into());
}

fn identity_no_photo(app: &AppWindow) {
    identity_agreed(app);
    app.global::<IdentityView<'_>>().set_compare_asked(false);
}

fn pay_voucher(app: &AppWindow) {
    number(app);
    let view = app.global::<NumberEntryView<'_>>();
    view.set_title("输入缴费券号码".into());
    view.set_lead("券上的数字，用过一次就作废。".into());
    view.set_message("微信支付未接入，请用缴费券。".into());
    view.set_typed("20270".into());
    view.set_other("换一种方式".into());
    view.set_can_go_on(false);
}

fn desk(app: &AppWindow, title: &str, lead: &str) {
    go(app, Screen::Desk, true, true);
    let view = app.global::<DeskView<'_>>();
    view.set_title(title.into());
    view.set_lead(lead.into());
    view.set_banner("".into());
    view.set_counts(ModelRc::default());
    view.set_tools(ModelRc::default());
    view.set_rows(ModelRc::default());
    view.set_acts(ModelRc::default());
}

fn act(label: &str, primary: bool) -> DeskAct {
    DeskAct { id: label.into(), label: label.into(), primary, enabled: true }
}

fn desk_board(app: &AppWindow) {
    desk(app, "今天，5 月 12 日", "周老师 · 2027 届本科毕业生");
    let view = app.global::<DeskView<'_>>();
    let count = |label: &str, value: &str, note: &str, tone| DeskCount {
        label: label.into(),
        value: value.into(),
        note: note.into(),
        tone,
    };
    view.set_counts(list(vec![
        count("今天提交", "128", "一共 201，应到 312", Tone::Info),
        count("还没交", "111", "其中已制作未提交 4", Tone::Info),
        count("没通过", "6", "要重新拍", Tone::Fail),
        count("等待上传", "12", "联网后自动上传", Tone::Warn),
    ]));
    let tool = |label: &str, sign| DeskTool { id: label.into(), label: label.into(), sign };
    view.set_tools(list(vec![
        tool("找学生", Sign::Search),
        tool("还没交的名单", Sign::People),
        tool("已制作未提交", Sign::List),
        tool("等待上传", Sign::Sync),
        tool("核对时间", Sign::Clock),
        tool("今天结束", Sign::Shield),
    ]));
    view.set_acts(list(vec![act("暂停采集", false)]));
}

fn desk_missing(app: &AppWindow) {
    desk(app, "还没交的名单", "生物 2301 班");
    let row = |title: &str, state: &str, tone| DeskRow {
        title: title.into(),
        detail: "生物 2301 班".into(),
        state: state.into(),
        tone,
        leads: true,
    };
    app.global::<DeskView<'_>>().set_rows(list(vec![
        row("阿***·***江", "待拍摄", Tone::Info),
        row("欧阳*兮", "已制作未提交", Tone::Warn),
        row("王*", "审核未通过", Tone::Fail),
    ]));
}

fn desk_student(app: &AppWindow) {
    desk(app, "欧阳*兮", "生物 2301 班 · 9900**********1234");
    let view = app.global::<DeskView<'_>>();
    let fact = |title: &str, state: &str, tone| DeskRow {
        title: title.into(),
        detail: "".into(),
        state: state.into(),
        tone,
        leads: false,
    };
    view.set_banner("记下了。".into());
    view.set_banner_tone(Tone::Pass);
    view.set_rows(list(vec![
        fact("照片", "已制作未提交", Tone::Warn),
        fact("今天还可制作", "0 次", Tone::Warn),
        fact("生日还可试", "5 次", Tone::Info),
    ]));
    view.set_acts(list(vec![act("加一次制作", false), act("解锁生日", false), act("协助拍摄", true)]));
}

fn desk_day_end(app: &AppWindow) {
    desk(app, "还不能结束", "有 13 样只在这台机器里，先别关机。");
    let view = app.global::<DeskView<'_>>();
    view.set_banner("联上网就会自动上传，传完这里会变。".into());
    view.set_banner_tone(Tone::Warn);
    let fact = |title: &str, state: &str, tone| DeskRow {
        title: title.into(),
        detail: "".into(),
        state: state.into(),
        tone,
        leads: false,
    };
    view.set_rows(list(vec![
        fact("今天提交", "128", Tone::Info),
        fact("没上传的记录", "9", Tone::Warn),
        fact("没上传的照片", "4", Tone::Warn),
        fact("导出到 U 盘", "未接入", Tone::Info),
    ]));
    view.set_acts(list(vec![act("现在上传", true)]));
}

fn desk_pause(app: &AppWindow) {
    desk(app, "暂停采集", "选一句话，学生会看到。");
    let row = |title: &str, detail: &str| DeskRow {
        title: title.into(),
        detail: detail.into(),
        leads: true,
        ..DeskRow::default()
    };
    app.global::<DeskView<'_>>().set_rows(list(vec![
        row("老师离开一会儿，马上回来。", "已提交的照片都在，不用重拍。"),
        row("老师午休，下午回来。", "已提交的照片都在，不用重拍。"),
        row("这台机器暂停，请用旁边的一台。", "已提交的照片都在，不用重拍。"),
        row("今天的采集结束了，请明天再来。", "已提交的照片都在，不用重拍。"),
    ]));
}

fn idle(app: &AppWindow) {
    identity(app);
    let view = app.global::<IdleView<'_>>();
    view.set_shown(true);
    view.set_seconds(11);
}

fn camera_lost(app: &AppWindow) {
    go(app, Screen::CameraLost, false, true);
    let view = app.global::<CameraLostView<'_>>();
    view.set_headline("相机断开了".into());
    view.set_detail("别担心，你填的内容都还在。\n接好后会自动回到刚才的画面。".into());
    view.set_hint_title("可以看看相机的线".into());
    view.set_hint("插头松了，插紧就好".into());
    view.set_seconds(12);
}

fn question(app: &AppWindow) {
    result(app);
    let chrome = app.global::<Chrome<'_>>();
    chrome.set_asking(true);
    chrome.set_question("现在结束吗？".into());
    chrome.set_question_detail("做好的图像还没有提交，下次扫码可以接着提交。".into());
    chrome.set_answer_safe("继续".into());
    chrome.set_answer_danger("结束".into());
}

fn toast(app: &AppWindow) {
    pick(app);
    app.global::<Chrome<'_>>().set_toast("已经通知老师了".into());
}
