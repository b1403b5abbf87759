//! Everything a visit can ask for.

use crate::{FrameId, Ticket};
use collection::{ComparisonBand, EnrolmentId, StaffId, TaskId};
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

/// A short sound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CueSound {
    /// A code was read, a portrait was saved.
    Rising,
    /// The shutter.
    Shutter,
    /// Not accepted.
    Low,
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
    /// A portrait was shown: keep that, it counts.
    RecordProduced {
        /// Whose.
        enrolment: EnrolmentId,
        /// Which task.
        task: TaskId,
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
    /// Overwrite these pictures now.
    Forget(Vec<FrameId>),
    /// The visit is over: overwrite everything of it.
    Wipe,
    /// Try the camera at once.
    RetryCamera,
    /// Make a sound.
    Sound(CueSound),
}
