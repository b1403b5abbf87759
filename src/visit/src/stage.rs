//! Where a visit stands. The screen is a function of this.

use crate::input::{Assessed, Compared, Live, Made, Receipt};
use collection::rights::Act;
use collection::{Enrolment, PaymentMode, RosterEntry, StaffId, Task};

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
    /// What told who it is.
    pub identified_by: IdentifiedBy,
}

/// What told who stands in front.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdentifiedBy {
    /// A code that names its student.
    Code,
    /// A code that was bound by its first use.
    BoundCode,
    /// A typed number.
    Number,
    /// A member of staff.
    Staff,
    /// Their own word, typed in by hand; they are on no roster.
    ManualEntry,
}

/// Why a code is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Purpose {
    /// To be photographed.
    #[default]
    Portrait,
    /// To see 我的任务.
    MyTasks,
    /// To say where prints are sent, on the way to the camera.
    Address,
}

/// What the finder sees.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ScanHint {
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
    pub sight: ScanHint,
    /// Why the last code did not do, and until when that is said (milliseconds).
    pub notice: Option<(Sentence, u64)>,
    /// The payload that was refused, so that it is not looked up with every frame.
    pub(crate) refused: Option<Vec<u8>>,
    /// Staff vouches for whoever is being looked up.
    pub(crate) vouched: bool,
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
    /// What was typed is no day of any year; it cost no try.
    pub no_day: bool,
}

/// Typed entry: no code, or one that nobody knows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EntryStage {
    /// What comes after.
    pub purpose: Purpose,
    /// The characters that are typed now.
    pub entered: String,
    /// What was typed before and was not enough to tell one student from another.
    pub earlier: Vec<String>,
    /// Waiting for the answer.
    pub searching: bool,
    /// When the search begins, where too many have found nobody at this kiosk (milliseconds).
    pub due: Option<u64>,
    /// What to type besides, or why the last one did not do.
    pub problem: Option<Sentence>,
    /// What was typed was nobody's; a problem alone may only ask for more, or say why there is something to type.
    pub wrong: bool,
    /// Somebody was not found: 名单上没有我 is offered.
    pub by_hand: bool,
}

/// How to pay, where the school has not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentStage {
    /// The way that is tried now.
    pub mode: PaymentMode,
    /// Ways that are not connected here (未接入).
    pub skipped: Vec<PaymentMode>,
    /// Characters of the voucher so far.
    pub entered: String,
    /// Waiting for an answer.
    pub waiting: bool,
    /// Why it did not do.
    pub problem: Option<Sentence>,
}

/// C: before the camera.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaptureStage {
    /// The newest verdict.
    pub live: Live,
    /// Since when all is well, milliseconds.
    pub ready_since: Option<u64>,
    /// Since when it is not quite well any more; a short slip is forgiven, milliseconds.
    pub(crate) slipped_since: Option<u64>,
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
    /// It was made at an earlier visit.
    pub draft: bool,
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
    /// Choosing the reason, or only confirming.
    Reason {
        /// Who.
        staff: StaffId,
        /// How they are called.
        name: String,
        /// Position of the chosen reason.
        chosen: Option<usize>,
        /// Waiting for it to be kept.
        keeping: bool,
        /// Why it was not kept.
        problem: Option<Sentence>,
    },
}

/// What staff was called for, and what the student returns to.
#[derive(Clone, Debug, PartialEq)]
pub enum StaffTask {
    /// Judge the chosen frame.
    Override(PickStage),
    /// One more production today.
    Grant(SentenceStage),
    /// Open the second factor again.
    Unlock(SentenceStage),
    /// Check the papers of somebody who did not agree.
    Verify(SentenceStage),
}

/// Staff at the student's side.
#[derive(Clone, Debug, PartialEq)]
pub struct StaffStage {
    /// PIN or reason.
    pub step: StaffStep,
    /// What for.
    pub errand: StaffTask,
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
    /// What handing in another portrait would be now; `None` when it is not permitted.
    pub again: Option<Act>,
    /// Whether a code is bound that could be let go of.
    pub bound: bool,
    /// Sentence code of where the prints are (`state.delivery.address_given`); `None` where the task has none.
    pub delivery: Option<String>,
    /// Whether an address may be given or changed now.
    pub address: bool,
    /// Whether this kiosk has heard from the server since.
    pub fresh: bool,
}

/// 我的任务
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TasksStage {
    /// `None` while loading.
    pub cards: Option<Vec<TaskCard>>,
    /// 解除绑定 was touched: is it meant?
    pub asking: bool,
    /// It is being kept.
    pub unbinding: bool,
}

/// Where the primary button of a sentence leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NextAction {
    /// End the visit.
    End,
    /// Back to the camera.
    Retake,
    /// Back to the scanner.
    Scan,
    /// Go on with the visit.
    GoOn,
}

/// A whole screen that says one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentenceStage {
    /// What.
    pub sentence: Sentence,
    /// What the button does.
    pub way: NextAction,
    /// What staff could do about it here and now.
    pub help: Option<Help>,
}

/// What staff can do at the student's side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Help {
    /// Give one more production.
    Grant,
    /// Open the second factor.
    Unlock,
    /// Check the papers by hand.
    Verify,
}

/// Where a visit stands.
#[derive(Clone, Debug)]
pub enum Stage {
    /// A
    Scan(ScanStage),
    /// A's help: how to get a code.
    Help,
    /// In place of A while the kiosk is paused.
    Paused(Sentence),
    /// Which school, which task?
    School(crate::SchoolStage),
    /// Typed entry.
    Entry(EntryStage),
    /// Manual entry of somebody who is on no roster.
    Manual(crate::ManualStage),
    /// One masked name: is it you?
    Who(Purpose),
    /// Something is being fetched; what was on the screen stays there.
    Loading,
    /// Second factor.
    Birth(BirthStage),
    /// B
    Identity(Agreed),
    /// How to pay.
    Payment(PaymentStage),
    /// Where prints are sent.
    Address(crate::AddressStage),
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
        /// Since when no frames come, milliseconds.
        since: u64,
    },
    /// 结束 was touched while something is not handed in: is it meant?
    Leaving,
}
