//! Where a visit stands. The screen is a function of this.

use crate::input::{Assessed, Compared, Live, Made, Receipt};
use collection::{Enrolment, RosterEntry, StaffId, Task};

/// A sentence by code with its placeholders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Sentence code.
    pub code: String,
    /// Placeholders.
    pub args: Vec<(&'static str, String)>,
}

impl Sentence {
    /// A sentence without placeholders.
    #[must_use]
    pub fn plain(code: &str) -> Sentence {
        Sentence { code: code.to_owned(), args: Vec::new() }
    }
}

/// The student in front, as far as a code tells.
#[derive(Clone, Debug)]
pub struct Subject {
    /// The task of the code.
    pub task: Task,
    /// The roster's entry.
    pub entry: RosterEntry,
    /// What the journal knows.
    pub enrolment: Enrolment,
}

/// Why a code is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Purpose {
    /// To be photographed.
    #[default]
    Portrait,
    /// To see 我的任务.
    MyTasks,
}

/// What the finder sees.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Sight {
    /// Nothing.
    #[default]
    Searching,
    /// A code that could not be read yet, with a sentence that helps.
    Seen(Option<String>),
    /// A code that is being looked up.
    Read,
}

/// A: attract and scanner.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScanStage {
    /// Why a code is wanted.
    pub purpose: Purpose,
    /// What the finder sees.
    pub sight: Sight,
    /// Why the last code did not do, and until when that is said (milliseconds).
    pub notice: Option<(Sentence, u64)>,
    /// The payload that was refused, so that it is not looked up with every frame.
    pub(crate) refused: Option<Vec<u8>>,
}

/// Which boxes are ticked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Agreed {
    /// The service.
    pub service: bool,
    /// The comparison on this device.
    pub comparison: bool,
    /// CTID.
    pub ctid: bool,
}

/// Month and day of birth before anything that is not the common visit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BirthStage {
    /// What comes after.
    pub purpose: Purpose,
    /// Digits typed so far, at most four.
    pub entered: String,
    /// Waiting for the answer.
    pub checking: bool,
    /// The last one was wrong; how many tries are left.
    pub tries_left: Option<u32>,
}

/// C: before the camera.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaptureStage {
    /// The newest verdict.
    pub live: Live,
    /// Since when all is well, milliseconds.
    pub ready_since: Option<u64>,
    /// The burst is being taken and assessed.
    pub taking: bool,
}

/// What the lower half of D is doing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum PickPhase {
    /// The student chooses.
    #[default]
    Choosing,
    /// The chosen frame is being compared.
    Comparing,
    /// The comparison was too low, or the picture is the admission photo; take another one.
    ComparisonFailed(Compared),
    /// Second confirmation.
    Confirming,
    /// The portrait is being made.
    Making,
    /// It could not be made.
    Refused(Sentence),
}

/// Staff let the blocking checks of the chosen frame pass.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Override {
    /// Who.
    pub staff: StaffId,
    /// How they are called.
    pub name: String,
    /// Sentence code of the reason.
    pub reason: String,
}

/// D: choose and confirm.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PickStage {
    /// The burst, best first.
    pub candidates: Vec<Assessed>,
    /// Position of the chosen one.
    pub chosen: usize,
    /// What is going on.
    pub phase: PickPhase,
    /// Staff's word on the chosen frame.
    pub overridden: Option<Override>,
    /// How the chosen frame compares.
    pub compared: Option<Compared>,
    /// Productions left today, this one included.
    pub productions_left: u32,
}

/// E: the finished portrait.
#[derive(Clone, Debug, PartialEq)]
pub struct ResultStage {
    /// The portrait.
    pub made: Made,
    /// The frame it was made from.
    pub original: crate::FrameId,
    /// How it compares.
    pub compared: Compared,
    /// It is being kept.
    pub submitting: bool,
    /// Keeping it failed; the portrait is still here.
    pub failure: Option<Sentence>,
}

/// F: the receipt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceiptStage {
    /// The receipt.
    pub receipt: Receipt,
    /// The finished portrait, still held to be shown.
    pub portrait: crate::FrameId,
    /// When everything is wiped, milliseconds.
    pub until: u64,
}

/// What staff is doing at the student's side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StaffStep {
    /// Typing the PIN.
    Pin {
        /// Digits so far, at most six.
        entered: String,
        /// Waiting for the answer.
        checking: bool,
        /// Why the last one did not do.
        problem: Option<Sentence>,
    },
    /// Choosing the reason.
    Reason {
        /// Who.
        staff: StaffId,
        /// How they are called.
        name: String,
        /// Position of the chosen reason.
        chosen: Option<usize>,
    },
}

/// Staff judges the chosen frame.
#[derive(Clone, Debug, PartialEq)]
pub struct StaffStage {
    /// PIN or reason.
    pub step: StaffStep,
    /// What the student returns to.
    pub pick: PickStage,
}

/// One task of 我的任务.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskCard {
    /// Name of the task.
    pub task: String,
    /// School.
    pub school: String,
    /// Sentence code of the state (`state.rejected`).
    pub state: String,
    /// Sentence code of the reason, when it was rejected.
    pub reason: Option<String>,
    /// Submissions still allowed.
    pub tries_left: u32,
    /// Whether this kiosk has heard from the server since.
    pub fresh: bool,
}

/// 我的任务
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TasksStage {
    /// `None` while loading.
    pub cards: Option<Vec<TaskCard>>,
}

/// Where the primary button of a sentence leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// End the visit.
    End,
    /// Back to the camera.
    Retake,
    /// Back to the scanner.
    Scan,
}

/// A whole screen that says one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentenceStage {
    /// What.
    pub sentence: Sentence,
    /// What the button does.
    pub way: Way,
}

/// Where a visit stands.
#[derive(Clone, Debug)]
pub enum Stage {
    /// A
    Scan(ScanStage),
    /// A's help: how to get a code.
    Help,
    /// Second factor.
    Birth(BirthStage),
    /// B
    Identity(Agreed),
    /// C
    Capture(CaptureStage),
    /// D
    Pick(PickStage),
    /// Staff beside D.
    Staff(StaffStage),
    /// E
    Result(ResultStage),
    /// F
    Receipt(ReceiptStage),
    /// 我的任务
    Tasks(TasksStage),
    /// One sentence.
    Sentence(SentenceStage),
}

/// What lies over the stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cover {
    /// Nobody has touched anything for a while; wiped when it ends (milliseconds).
    Idle {
        /// When.
        until: u64,
    },
    /// The camera is gone where one is needed.
    CameraLost {
        /// Sentence code.
        code: String,
    },
}
