//! Everything that can happen to a visit.

use crate::Effect;
use crate::stage::{Subject, TaskCard};
use collection::{ComparisonBand, StaffId};
use jiff::civil::Date;
use standard::{Check, Verdict};

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
    ByHand,
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
    /// Try the camera at once.
    RetryCamera,
    /// Other language.
    Language,
    /// Large text on or off.
    LargeText,
    /// High contrast on or off.
    Contrast,
}

/// What became of a code that was read.
#[derive(Clone, Debug)]
pub enum CodeOutcome {
    /// It belongs to this student at this task.
    Matched(Box<Subject>),
    /// It does not; which sentence says so.
    Refused {
        /// Sentence code (`code.other_task`).
        code: String,
        /// Its placeholders.
        args: Vec<(&'static str, String)>,
    },
}

/// One thing to do, said to the student before the camera.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Instruction {
    /// Nobody is there.
    NoFace,
    /// More than one person is there.
    SeveralFaces,
    /// Come closer.
    Closer,
    /// Go back a little.
    Farther,
    /// Move to your left.
    Left,
    /// Move to your right.
    Right,
    /// Higher.
    Up,
    /// Lower.
    Down,
    /// Head upright.
    Straighten,
    /// Look at the lens.
    LookHere,
    /// Too dark.
    MoreLight,
    /// One side is darker.
    EvenLight,
    /// Too much movement.
    HoldStill,
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
}

impl Reply {
    /// Overwrites the pictures that came with a reply nobody waits for any more.
    pub(crate) fn pictures(&self) -> Vec<Effect> {
        let frames: Vec<FrameId> = match self {
            Reply::Burst(taken) => taken.iter().map(|a| a.frame).collect(),
            Reply::Make(MakeOutcome::Made(made)) => vec![made.portrait],
            _ => Vec::new(),
        };
        if frames.is_empty() { Vec::new() } else { vec![Effect::Forget(frames)] }
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
}
