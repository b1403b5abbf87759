//! What a finger did, on whichever screen.

use crate::consent::Consent;
use crate::typing::Keystroke;

/// What a finger did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Touch {
    /// How to get a code.
    Help,
    /// 我的任务
    MyTasks,
    /// Tick or untick a consent.
    Consent(Consent),
    /// 是我，开始
    Start,
    /// 不是我
    NotMe,
    /// No consent: a teacher verifies the papers.
    RefuseConsent,
    /// No code at hand, or one that cannot be read: type a number instead.
    NoCode,
    /// A key of a keypad or a keyboard.
    Key(Keystroke),
    /// A tab of the school search, 0 for every kind of study.
    Category(usize),
    /// 名单上没有我
    NotOnRoster,
    /// 填写地址
    GiveAddress,
    /// 继续, after typing.
    GoOn,
    /// Pay some other way, or later.
    OtherWay,
    /// 解除绑定
    Unbind,
    /// The hidden gesture of staff.
    StaffDoor,
    /// One of the staff panel's pages.
    Panel(PanelPage),
    /// A row of a list, by position.
    Row(usize),
    /// One more production for the student in hand.
    Grant,
    /// Open the second factor of the student in hand again.
    Unlock,
    /// Begin a visit for the student in hand.
    Assist,
    /// Send what waits now.
    SyncNow,
    /// Collect again.
    Resume,
    /// Take the picture now.
    Shutter,
    /// Choose a candidate by position.
    Choose(usize),
    /// 用这一张, the first confirmation.
    Use,
    /// Take another one.
    Retake,
    /// 确认制作, the second confirmation.
    Make,
    /// 请老师判断
    AskTeacher,
    /// Choose a reason by position.
    Reason(usize),
    /// Staff stands by the chosen reason.
    Accept,
    /// 是我本人，提交
    Submit,
    /// 完成
    Done,
    /// 返回
    Back,
    /// 结束
    Exit,
    /// 我还在，继续
    StillHere,
    /// The primary button of a sentence.
    Primary,
    /// The other button of a sentence.
    Secondary,
    /// Try the camera at once.
    RetryCamera,
    /// Other language.
    Language,
    /// Large text on or off.
    LargeText,
    /// High contrast on or off.
    Contrast,
}

/// A page of the staff panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PanelPage {
    /// Who is missing, by class.
    Missing,
    /// Who has a portrait that was made and not submitted.
    Drafts,
    /// Find a student by number.
    Find,
    /// Pause with a notice.
    Pause,
    /// Confirm the clock.
    Clock,
    /// What waits for the server.
    Queue,
    /// End of the day.
    DayEnd,
}
