//! Everything a visit can ask for.

use crate::{FrameId, PostalAddress, Sentence, Ticket, TypedPerson};
use collection::{ComparisonBand, Disowned, EnrolmentId, PaymentMode, StaffId, TaskId};
use jiff::civil::Date;

/// What frames are looked at for. Before consent, codes only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Watch {
    /// Nothing.
    Rest,
    /// Collection codes.
    Codes,
    /// A face in the oval.
    Face,
}

/// One of the desk's lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// Who has handed in nothing.
    Missing,
    /// Whose portrait was made and not handed in.
    Drafts,
}

/// One thing to be done outside.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Look at frames for this from now on.
    Watch(Watch),
    /// Find out whose code this is.
    Match(Ticket, Vec<u8>),
    /// Compare month and day of birth, `MMDD`, and keep that it was tried.
    CheckBirth(Ticket, EnrolmentId, String),
    /// Keep the consents in the journal.
    RecordConsent {
        /// Whose.
        enrolment: EnrolmentId,
        /// Which task.
        task: TaskId,
        /// Agreed to the service.
        service: bool,
        /// Agreed to the comparison.
        comparison: bool,
        /// Agreed to CTID.
        ctid: bool,
    },
    /// Take three frames and assess them.
    Burst(Ticket, TaskId),
    /// Compare a frame with the admission photo.
    Compare(Ticket, FrameId, EnrolmentId),
    /// Make the portrait. `strict` unless staff overrode the capture checks.
    Make {
        /// Whom to answer.
        ticket: Ticket,
        /// From which frame.
        frame: FrameId,
        /// For which task.
        task: TaskId,
        /// Refuse on blocking capture checks.
        strict: bool,
    },
    /// A portrait was shown: keep that, it counts; and keep the portrait, so that nothing is lost when the student leaves now.
    RecordProduced {
        /// Whose.
        enrolment: EnrolmentId,
        /// Which task.
        task: TaskId,
        /// The finished file.
        portrait: FrameId,
        /// The frame it was made from.
        original: FrameId,
        /// The school's day.
        day: Date,
        /// Where the comparison fell.
        comparison: ComparisonBand,
    },
    /// A comparison fell below the band: keep that, the third makes a case.
    RecordComparisonFailed {
        /// Whose.
        enrolment: EnrolmentId,
        /// Which task.
        task: TaskId,
        /// Score in tenths.
        score_tenths: u16,
    },
    /// Staff let checks pass: keep that.
    RecordOverride {
        /// Whose.
        enrolment: EnrolmentId,
        /// Which task.
        task: TaskId,
        /// Who.
        staff: StaffId,
        /// Sentence code of the reason.
        reason: String,
        /// Names of the checks.
        checks: Vec<String>,
    },
    /// Keep portrait, original and entry durably.
    Submit {
        /// Whom to answer.
        ticket: Ticket,
        /// Whose.
        enrolment: EnrolmentId,
        /// Which task.
        task: TaskId,
        /// The finished file.
        portrait: FrameId,
        /// The frame it was made from.
        original: FrameId,
        /// Where the comparison fell.
        comparison: ComparisonBand,
        /// Its score.
        score_tenths: Option<u16>,
    },
    /// Whose PIN is this?
    CheckPin(Ticket, String),
    /// What is known here of this student's tasks.
    LoadTasks(Ticket, EnrolmentId),
    /// Which tasks can be searched for at this kiosk?
    LoadSchools(Ticket),
    /// The whole of this task.
    LoadTask(Ticket, TaskId),
    /// Who is it that typed these numbers?
    Find {
        /// Whom to answer.
        ticket: Ticket,
        /// What was typed, in order.
        typed: Vec<String>,
        /// On which task's roster; `None` for all of this kiosk's.
        task: Option<TaskId>,
    },
    /// Keep what somebody on no roster typed, and make an enrolment of it.
    KeepManualEntry {
        /// Whom to answer.
        ticket: Ticket,
        /// Which task.
        task: TaskId,
        /// Who they say they are.
        person: Box<TypedPerson>,
    },
    /// The regions within this one; the provinces where there is none.
    LoadRegions(Ticket, Option<u32>),
    /// Keep where prints are sent.
    KeepAddress {
        /// Whom to answer.
        ticket: Ticket,
        /// Whose.
        enrolment: EnrolmentId,
        /// Which task.
        task: TaskId,
        /// Where to.
        address: Box<PostalAddress>,
    },
    /// Fetch this student for the visit that staff begins: as [`Effect::Match`], without a code.
    Meet(Ticket, EnrolmentId),
    /// Bind a code that nobody knew to this student; whoever comes second makes a case.
    BindCode {
        /// Whom to answer.
        ticket: Ticket,
        /// Whose.
        enrolment: EnrolmentId,
        /// Which task.
        task: TaskId,
        /// What the code says.
        payload: Vec<u8>,
    },
    /// Fetch the portrait that was made and not handed in.
    LoadDraft(Ticket, EnrolmentId),
    /// The student says that this is somebody else: keep that.
    RecordNotMe {
        /// Whose enrolment was shown.
        enrolment: EnrolmentId,
        /// Which task.
        task: TaskId,
        /// What is not theirs.
        what: Disowned,
    },
    /// The student did not agree, and a member of staff checked the papers: keep that.
    RecordStaffVerified {
        /// Whose.
        enrolment: EnrolmentId,
        /// Which task.
        task: TaskId,
        /// Who checked.
        staff: StaffId,
    },
    /// One more production on this day, in somebody's name.
    GrantProduction {
        /// Whom to answer.
        ticket: Ticket,
        /// Whose.
        enrolment: EnrolmentId,
        /// Which task.
        task: TaskId,
        /// Who gives it.
        staff: StaffId,
        /// The school's day.
        day: Date,
    },
    /// The second factor may be tried again, in somebody's name.
    UnlockSecondFactor {
        /// Whom to answer.
        ticket: Ticket,
        /// Whose.
        enrolment: EnrolmentId,
        /// Which task.
        task: TaskId,
        /// Who opens it.
        staff: StaffId,
    },
    /// End the binding of this student's codes, address and phone.
    Unbind {
        /// Whom to answer.
        ticket: Ticket,
        /// Whose.
        enrolment: EnrolmentId,
        /// Which task.
        task: TaskId,
    },
    /// Open an order for this way to pay.
    OpenOrder(Ticket, EnrolmentId, PaymentMode),
    /// Redeem a voucher.
    RedeemVoucher {
        /// Whom to answer.
        ticket: Ticket,
        /// Whose.
        enrolment: EnrolmentId,
        /// Which task.
        task: TaskId,
        /// What is printed on it.
        code: String,
    },
    /// The student pays later; the server holds the portrait until then: keep that.
    RecordPayLater {
        /// Whose.
        enrolment: EnrolmentId,
        /// Which task.
        task: TaskId,
    },
    /// What the desk's first screen shows.
    LoadBoard(Ticket),
    /// The rows of one of the desk's lists.
    LoadRows(Ticket, List),
    /// What is known of one student, for staff.
    LoadStudent(Ticket, EnrolmentId),
    /// Whom do these numbers mean? For staff.
    FindStudent(Ticket, Vec<String>),
    /// Staff vouches for this student: their visit begins, with [`crate::Input::Assisted`].
    BeginVisit(EnrolmentId),
    /// A member of staff says that the clock is right.
    ConfirmClock(Ticket, StaffId),
    /// Stop the kiosk with this notice, or let it go on, in somebody's name.
    SetPause(StaffId, Option<Sentence>),
    /// Send what waits now.
    SyncNow,
    /// Is everything of the day at the server or on a stick?
    CheckDay(Ticket),
    /// The desk closes.
    LeaveDesk,
    /// Overwrite these pictures now.
    Forget(Vec<FrameId>),
    /// The visit is over: overwrite everything of it.
    Wipe,
    /// Try the camera at once.
    RetryCamera,
}
