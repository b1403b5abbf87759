//! Everything that can happen to a visit.

use crate::Effect;
use crate::panel::{Board, DayEnd, Dossier, ListRow};
use crate::stage::{Sentence, Subject, TaskCard};
use crate::{EnteredOutcome, Region, TaskRow};
use collection::{ComparisonBand, EnrolmentId, StaffId, Task};
use jiff::civil::Date;
use standard::{Check, Instruction, Verdict};

/// A point in time as the kiosk trusts it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// Milliseconds of a clock that only goes forward.
    pub millis: u64,
    /// The school's calendar day.
    pub day: Date,
}

/// Which visit and which of its stages an effect belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Ticket {
    /// Number of the visit since the start.
    pub visit: u64,
    /// Number of the stage within the visit.
    pub generation: u32,
}

/// Handle of a captured frame; the pixels are held outside and wiped with the visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FrameId(pub u64);

/// A box that a student ticks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Consent {
    /// Collection and processing of the portrait.
    Service,
    /// Comparison with the admission photo, on this device.
    Comparison,
    /// Verification against the population database.
    Ctid,
}

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
    /// No consent: a teacher verifies by hand.
    RefuseConsent,
    /// No code at hand, or one that cannot be read: type a number instead.
    NoCode,
    /// X, the last character of some identity numbers.
    LetterX,
    /// A key of a keyboard: a letter, a digit, a sign of an address, or a 汉字 that was composed.
    Key(char),
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
    /// A key of a keypad, 0..=9.
    Digit(u8),
    /// Delete the last digit.
    Backspace,
    /// Delete all digits.
    Clear,
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
    /// Who has a portrait that was made and not handed in.
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

/// What became of a code that was read.
#[derive(Clone, Debug)]
pub enum CodeOutcome {
    /// It belongs to this student at this task.
    Matched(Box<Subject>),
    /// Nobody here knows whose it is: the student types. With the code of the sentence that says why.
    Unknown(&'static str),
    /// It does not; which sentence says so.
    Refused {
        /// Sentence code (`code.other_task`).
        code: String,
        /// Its placeholders.
        args: Vec<(&'static str, String)>,
    },
}

/// What a search by typed numbers found. Never a list: the screen stands in a hall.
#[derive(Clone, Debug)]
pub enum FoundOutcome {
    /// One student.
    One(Box<Subject>),
    /// Several: which sentence asks for what besides.
    More {
        /// Sentence code.
        code: String,
    },
    /// Several still, or nobody, or the search failed; which sentence says so.
    Nobody {
        /// Sentence code.
        code: String,
        /// Its placeholders.
        args: Vec<(&'static str, String)>,
    },
}

/// What binding a code to a student came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BindOutcome {
    /// The first use, or this student's own again.
    Bound,
    /// Somebody else used it before: a case for the registry, and no wall for whoever passed the second factor.
    SecondClaimant,
    /// It could not be kept; the visit needs no code any more, so it goes on.
    Failed,
}

/// A portrait that was made before and not handed in.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// The finished portrait.
    pub made: Made,
    /// The frame it was made from.
    pub original: FrameId,
    /// How it compared.
    pub compared: Compared,
}

/// How one way to pay went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PayOutcome {
    /// Paid, or the voucher is good.
    Paid,
    /// This way is not connected here (未接入): the next one.
    NotConnected,
    /// It did not do; which sentence says why.
    Refused {
        /// Sentence code.
        code: String,
    },
}

/// The five check rows under the preview.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ticks {
    /// 距离
    pub distance: bool,
    /// 位置
    pub position: bool,
    /// 姿势
    pub pose: bool,
    /// 光线
    pub light: bool,
    /// 眼睛
    pub eyes: bool,
}

/// What the live check saw in the newest frame.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Live {
    /// How many faces.
    pub faces: u32,
    /// The first thing to mend; `None` when all is well.
    pub instruction: Option<Instruction>,
    /// Which rows are ticked.
    pub ticks: Ticks,
    /// Whether a picture taken now would be good.
    pub ready: bool,
}

/// A frame of the burst with its capture checks.
#[derive(Clone, Debug, PartialEq)]
pub struct Assessed {
    /// The frame.
    pub frame: FrameId,
    /// The worst verdict.
    pub verdict: Verdict,
    /// Every check.
    pub checks: Vec<Check>,
    /// Mean of what is comparable between frames of one burst, higher is better.
    pub rank: f64,
}

/// The comparison of a frame with the admission photo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Compared {
    /// Where it fell.
    pub band: ComparisonBand,
    /// Score in tenths, 0..=1000; `None` when nothing was compared.
    pub score_tenths: Option<u16>,
    /// The picture is the admission photo or an edit of it.
    pub same_photo: bool,
}

/// A finished portrait.
#[derive(Clone, Debug, PartialEq)]
pub struct Made {
    /// Handle of the finished file, held outside.
    pub portrait: FrameId,
    /// Size of the file, bytes.
    pub bytes: u32,
    /// Its file checks.
    pub checks: Vec<Check>,
}

/// How production ended.
#[derive(Clone, Debug, PartialEq)]
pub enum MakeOutcome {
    /// A portrait that passed every file check.
    Made(Made),
    /// None; which sentence says why.
    Refused {
        /// Sentence code.
        code: String,
        /// Its placeholders.
        args: Vec<(&'static str, String)>,
    },
}

/// How a PIN was judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PinOutcome {
    /// It is this member of staff's.
    Known {
        /// Who.
        staff: StaffId,
        /// How they are called.
        name: String,
    },
    /// Nobody's.
    Wrong,
    /// Too many wrong ones; how long to wait.
    Locked {
        /// Seconds.
        seconds: u32,
    },
}

/// What the student takes home.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// Short number (`K7-2048`).
    pub number: String,
    /// What the QR code on the receipt holds: the address of the student's page, without anything personal in it.
    pub page: String,
    /// Whether the server has it already.
    pub uploaded: bool,
}

/// How keeping the submission ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreOutcome {
    /// It is durable.
    Stored(Receipt),
    /// It is not; which sentence says so. Nothing was lost, the portrait is still here.
    Failed {
        /// Sentence code.
        code: String,
    },
}

/// The answer to an effect.
#[derive(Clone, Debug)]
pub enum Reply {
    /// To [`crate::Effect::Match`].
    Code(CodeOutcome),
    /// To [`crate::Effect::CheckBirth`]: right, or how many tries are left.
    Birth(Result<(), u32>),
    /// To [`crate::Effect::Burst`].
    Burst(Vec<Assessed>),
    /// To [`crate::Effect::Compare`].
    Compared(Compared),
    /// To [`crate::Effect::Make`].
    Make(MakeOutcome),
    /// To [`crate::Effect::CheckPin`].
    Pin(PinOutcome),
    /// To [`crate::Effect::Submit`].
    Stored(StoreOutcome),
    /// To [`crate::Effect::LoadTasks`].
    Tasks(Vec<TaskCard>),
    /// To [`crate::Effect::LoadSchools`].
    Schools(Vec<TaskRow>),
    /// To [`crate::Effect::LoadTask`]: `None` when it is not here any more.
    Task(Option<Box<Task>>),
    /// To [`crate::Effect::Find`].
    Found(FoundOutcome),
    /// To [`crate::Effect::KeepManualEntry`].
    Entered(EnteredOutcome),
    /// To [`crate::Effect::LoadRegions`]: within which region, and what lies there.
    Regions(Option<u32>, Vec<Region>),
    /// To [`crate::Effect::BindCode`].
    Bound(BindOutcome),
    /// To [`crate::Effect::LoadDraft`]: `None` when it was made at another kiosk.
    Draft(Option<Draft>),
    /// To [`crate::Effect::OpenOrder`] and [`crate::Effect::RedeemVoucher`].
    Paid(PayOutcome),
    /// To [`crate::Effect::Unbind`]: whether it was kept.
    Unbound(bool),
    /// To [`crate::Effect::LoadBoard`].
    Board(Box<Board>),
    /// To [`crate::Effect::LoadRows`].
    Rows(Vec<ListRow>),
    /// To [`crate::Effect::LoadStudent`] and the [`crate::Effect::FindStudent`]: nobody, or more than one.
    Student(Option<Box<Dossier>>),
    /// To [`crate::Effect::ConfirmClock`], [`crate::Effect::GrantProduction`], [`crate::Effect::UnlockSecondFactor`] and
    /// [`crate::Effect::KeepAddress`].
    Kept(KeptOutcome),
    /// To [`crate::Effect::CheckDay`].
    DayEnd(DayEnd),
}

/// Whether an act of staff, or an address, was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeptOutcome {
    /// It is in the journal.
    Kept,
    /// The store refused; nothing happened.
    Failed,
    /// This kiosk cannot do it yet (未接入).
    NotConnected,
}

impl Reply {
    /// Overwrites the pictures that came with a reply nobody waits for any more.
    pub(crate) fn pictures(&self) -> Vec<Effect> {
        let frames = self.frames();
        if frames.is_empty() { Vec::new() } else { vec![Effect::Forget(frames)] }
    }

    /// Pictures that came into being with this reply.
    pub(crate) fn frames(&self) -> Vec<FrameId> {
        match self {
            Reply::Burst(taken) => taken.iter().map(|a| a.frame).collect(),
            Reply::Make(MakeOutcome::Made(made)) => vec![made.portrait],
            Reply::Draft(Some(draft)) => vec![draft.made.portrait, draft.original],
            _ => Vec::new(),
        }
    }
}

/// What the camera is doing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CameraNews {
    /// Opening.
    Starting,
    /// Frames come.
    Live,
    /// No frames; which sentence says why.
    Lost {
        /// Sentence code (`camera.unplugged`).
        code: String,
    },
}

/// One thing that happened.
#[derive(Clone, Debug)]
pub enum Input {
    /// Time passed.
    Tick(Moment),
    /// A finger.
    Touch(Touch),
    /// The camera.
    Camera(CameraNews),
    /// A code was read twice alike.
    Code(Vec<u8>),
    /// A code is seen but not read; which sentence helps.
    CodeSeen(Option<String>),
    /// A live verdict.
    Live(Live),
    /// An answer to an effect.
    Reply(Ticket, Reply),
    /// The submitted portrait reached the server.
    Uploaded,
    /// Staff stopped the kiosk with this notice, or lets it go on. A visit that runs comes to its end first.
    Pause(Option<Sentence>),
    /// Staff begins a visit for a student whose identity they checked themselves.
    Assisted(EnrolmentId),
}
