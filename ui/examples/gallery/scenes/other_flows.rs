//! Other flows: my tasks, the sentences, what covers a screen.

use super::common::{go, list};
use super::visit::{identity, pick, result};
use crate::people::sitter;
use slint::ModelRc;
use ui::*;

/// Every scene of this family.
pub const SCENES: &[super::Named] = &[
    ("tasks", tasks),
    ("tasks-none", tasks_none),
    ("sentence-code", sentence_code),
    ("sentence-paused", sentence_paused),
    ("sentence-faces", sentence_faces),
    ("idle", idle),
    ("camera-lost", camera_lost),
    ("question", question),
    ("toast", toast),
];

fn tasks(app: &AppWindow) {
    go(app, Screen::Tasks, true, true);
    fill!(app.TasksView {
        set_who: "林*夏 · 共 2 项",
        set_note: "现在没有网络，这里是本机知道的进度。",
    });
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
        remedy: "把头发别到耳后，站在地面标记上重拍。".into(),
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
    fill!(app.TasksView { set_tasks: list(vec![refused, done]) });
}

fn tasks_none(app: &AppWindow) {
    tasks(app);
    fill!(app.TasksView {
        set_who: "林*夏",
        set_note: "",
        set_tasks: ModelRc::default(),
    });
}

fn sentence(app: &AppWindow, sign: Sign, tone: Tone, headline: &str, detail: &str) {
    go(app, Screen::Sentence, true, false);
    fill!(app.SentenceView {
        set_sign: sign,
        set_tone: tone,
        set_headline: headline,
        set_detail: detail,
        set_serif: false,
        set_note_title: "",
        set_primary: "再扫一次",
        set_secondary: "请老师帮忙",
    });
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
    fill!(app.SentenceView {
        set_serif: true,
        set_note_title: "着急的话",
        set_note: "图书馆一层的 3 号机正在服务，现在不用排队。",
        set_note_sign: Sign::School,
        set_primary: "",
        set_secondary: "查看我的任务",
    });
}

fn sentence_faces(app: &AppWindow) {
    sentence(app, Sign::People, Tone::Warn, "画面里有两个人", "请让旁边的同学站远一点，再拍一张。");
    fill!(app.SentenceView { set_primary: "再拍一张" });
}

fn idle(app: &AppWindow) {
    identity(app);
    fill!(app.IdleView {
        set_shown: true,
        set_seconds: 11,
    });
}

fn camera_lost(app: &AppWindow) {
    go(app, Screen::CameraLost, false, true);
    fill!(app.CameraLostView {
        set_headline: "相机断开了",
        set_detail: "别担心，你填的内容都还在。\n接好后会自动回到刚才的画面。",
        set_hint_title: "可以看看相机的线",
        set_hint: "插头松了，插紧就好",
        set_seconds: 12,
    });
}

fn question(app: &AppWindow) {
    result(app);
    fill!(app.Chrome {
        set_asking: true,
        set_question: "现在结束吗？",
        set_question_detail: "做好的图像还没有提交，下次扫码可以接着提交。",
        set_answer_safe: "继续",
        set_answer_danger: "结束",
    });
}

fn toast(app: &AppWindow) {
    pick(app);
    fill!(app.Chrome { set_toast: "已经通知老师了" });
}
