//! The answers to a visit's and the staff panel's questions.

use crate::panel_facts::{Board, DayEnd, Dossier, ListRow};
use crate::photo::{Assessed, Compared, Draft, FrameId, Made};
use crate::records_data::{Region, TaskCard, TaskRow};
use crate::sentence::Sentence;
use crate::subject::Subject;
use collection::{StaffId, Task};

/// What became of a code that was read.
#[derive(Clone, Debug)]
pub enum CodeOutcome {
    /// It belongs to this student at this task.
    Matched(Box<Subject>),
    /// Nobody here knows whose it is: the student types. With the sentence that says why.
    Unknown(Sentence),
    /// It does not do; which sentence says so.
    Refused(Sentence),
}

/// What a search by typed numbers found. Never a list: the screen stands in a hall.
#[derive(Clone, Debug)]
pub enum FoundOutcome {
    /// One student.
    One(Box<Subject>),
    /// Several: which sentence asks for what besides.
    More(Sentence),
    /// Several still, or nobody, or the search failed; which sentence says so.
    Nobody(Sentence),
}

/// What keeping a manual entry came to.
#[derive(Clone, Debug)]
pub enum EnteredOutcome {
    /// It is in the journal, and this is the enrolment it makes.
    Kept(Box<Subject>),
    /// The document is on the roster: it is this student, if month and day of birth say so.
    OnRoster(Box<Subject>),
    /// It was not kept; which sentence says why.
    Failed(Sentence),
}

/// What binding a code to a student came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BindOutcome {
    /// The first use, or this student's own again.
    Bound,
    /// Somebody else used it before: a case for the registry, and no wall for a student who passed the second factor.
    SecondClaimant,
    /// It could not be kept; the visit needs no code any more, so it goes on.
    Failed,
}

/// How one way to pay went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PayOutcome {
    /// Paid, or the voucher is good.
    Paid,
    /// This way is not connected here (未接入): the next one.
    NotConnected,
    /// It did not do; which sentence says why.
    Refused(Sentence),
}

/// How production ended.
#[derive(Clone, Debug, PartialEq)]
pub enum MakeOutcome {
    /// A portrait that passed every file check.
    Made(Made),
    /// None; which sentence says why.
    Refused(Sentence),
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
    Failed(Sentence),
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

/// The answer to a question; which one, each question says.
#[derive(Clone, Debug)]
pub enum Reply {
    /// Whose code it is, or which student staff vouches for.
    Code(CodeOutcome),
    /// Month and day of birth: right, or how many tries are left.
    Birth(Result<(), u32>),
    /// The frames of a burst; none when none could be taken.
    Burst(Vec<Assessed>),
    /// A comparison.
    Compared(Compared),
    /// A production.
    Make(MakeOutcome),
    /// A PIN.
    Pin(PinOutcome),
    /// A submission.
    Stored(StoreOutcome),
    /// The cards of 我的任务.
    Tasks(Vec<TaskCard>),
    /// The tasks of this kiosk.
    Schools(Vec<TaskRow>),
    /// A task; `None` when it is not here any more.
    Task(Option<Box<Task>>),
    /// A search by typed numbers.
    Found(FoundOutcome),
    /// A manual entry.
    Entered(EnteredOutcome),
    /// Within which region, and what lies there.
    Regions(Option<u32>, Vec<Region>),
    /// A code's binding.
    Bound(BindOutcome),
    /// A draft; `None` when it was made at another kiosk.
    Draft(Option<Draft>),
    /// A payment.
    Paid(PayOutcome),
    /// Whether the end of a binding was kept.
    Unbound(bool),
    /// The day at a glance.
    Board(Box<Board>),
    /// The rows of a list.
    Rows(Vec<ListRow>),
    /// One student; `None` for nobody, or more than one.
    Student(Option<Box<Dossier>>),
    /// An act of staff, or an address.
    Kept(KeptOutcome),
    /// Whether everything of the day is safe.
    DayEnd(DayEnd),
}

impl Reply {
    /// Pictures that came into being with this reply.
    pub(crate) fn frames(&self) -> Vec<FrameId> {
        let of = |subject: &Subject| subject.admission_photo.into_iter().collect();
        match self {
            Reply::Burst(taken) => taken.iter().map(|a| a.frame).collect(),
            Reply::Make(MakeOutcome::Made(made)) => vec![made.portrait],
            Reply::Draft(Some(draft)) => vec![draft.made.portrait, draft.original],
            Reply::Code(CodeOutcome::Matched(subject))
            | Reply::Found(FoundOutcome::One(subject))
            | Reply::Entered(EnteredOutcome::Kept(subject) | EnteredOutcome::OnRoster(subject)) => {
                of(subject)
            }
            Reply::Code(CodeOutcome::Unknown(_) | CodeOutcome::Refused(_))
            | Reply::Found(FoundOutcome::More(_) | FoundOutcome::Nobody(_))
            | Reply::Entered(EnteredOutcome::Failed(_))
            | Reply::Make(MakeOutcome::Refused(_))
            | Reply::Draft(None)
            | Reply::Birth(_)
            | Reply::Compared(_)
            | Reply::Pin(_)
            | Reply::Stored(_)
            | Reply::Tasks(_)
            | Reply::Schools(_)
            | Reply::Task(_)
            | Reply::Regions(..)
            | Reply::Bound(_)
            | Reply::Paid(_)
            | Reply::Unbound(_)
            | Reply::Board(_)
            | Reply::Rows(_)
            | Reply::Student(_)
            | Reply::Kept(_)
            | Reply::DayEnd(_) => Vec::new(),
        }
    }
}
