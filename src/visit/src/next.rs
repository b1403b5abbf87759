//! Where a visit can go on. A stage answers with one of these and knows no other stage; [`crate::flow`] begins what is named.

use crate::photo::{Assessed, Compared, FrameId, Made};
use crate::reply::Receipt;
use crate::sentence::Sentence;
use crate::subject::{Purpose, Subject};
use collection::rights::Refusal;
use collection::{PaymentMode, StaffId, Task};
use sentences::Code;

/// What comes after the address.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum After {
    /// The camera.
    #[default]
    Camera,
    /// 我的任务.
    Tasks,
}

/// Where the primary button of a sentence leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NextAction {
    /// End the visit.
    End,
    /// Back to the camera.
    Retake,
    /// Go on with the visit.
    GoOn,
}

/// What staff can do at the student's side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Help {
    /// Give one more production.
    Grant,
    /// Open the second factor.
    Unlock,
    /// Check the papers of a student whose case the registry decides.
    Verify,
    /// Check the papers of a student who did not agree; no face is processed.
    VerifyWithoutConsent,
}

/// Staff let the blocking checks of the chosen frame pass.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Override {
    /// Who.
    pub staff: StaffId,
    /// How they are called.
    pub name: String,
    /// Sentence code of the reason.
    pub reason: Code,
}

/// Where a visit goes on.
#[derive(Debug)]
pub(crate) enum Next {
    /// The stage stays.
    Stay,
    /// The visit ends.
    End,
    /// The visit ends, and the scanner says why for a while.
    EndWith(Sentence),
    /// One sentence, what its button does, and what staff could do about it.
    Say(Sentence, NextAction, Option<Help>),
    /// The rules do not permit it: why, and what staff could do about it.
    Refuse(Refusal),
    /// How to get a code.
    Help,
    /// The scanner.
    Scan(Purpose),
    /// Typed entry; before it the choice of the task, where that is not known. With the reason why nothing else did.
    ChooseTask(Purpose, Option<Sentence>),
    /// Typed entry, for the task that is known.
    TypeNumber {
        purpose: Purpose,
        problem: Option<Sentence>,
        /// What was typed before was nobody's.
        wrong: bool,
    },
    /// A typed number found nobody, or somebody else.
    Missed(Purpose, Sentence),
    /// 名单上没有我: the task says whether somebody may be typed in.
    NotOnRoster,
    /// Manual entry at this task.
    TypePerson(Box<Task>),
    /// One masked name: is it you?
    AskWho(Box<Subject>, Purpose),
    /// It is known who stands in front.
    Meet(Box<Subject>, Purpose),
    /// The student in front again, after what staff did.
    MeetAgain,
    /// The second factor, unless it is locked.
    Prove(Purpose),
    /// Nothing more has to be proven: on to what the student came for, with the code bound that waits for its owner.
    BindOrGoOn,
    /// On to what the student came for.
    GoOn,
    /// Identity and consent.
    AskConsent,
    /// Paying, where something is to be paid.
    Pay,
    /// The task's way to pay at this position, or the next one.
    PayBy { at: usize, skipped: Vec<PaymentMode> },
    /// The address, where prints are sent; then the camera.
    BeforeCamera,
    /// Where prints are sent.
    AskAddress(After),
    /// The address is given or put off.
    AddressSettled(After),
    /// The camera.
    Capture,
    /// Another picture, while the rules permit one.
    AnotherTry,
    /// Choose among these.
    Pick(Vec<Assessed>),
    /// Staff at the student's side, for what this stage needs them for.
    CallStaff,
    /// Staff is done or gives up: back to the stage that called, with what they let pass.
    LeaveStaff(Option<Override>),
    /// The finished portrait.
    ShowResult { made: Made, original: FrameId, compared: Compared, draft: bool },
    /// The receipt.
    ShowReceipt(Receipt, FrameId),
}
