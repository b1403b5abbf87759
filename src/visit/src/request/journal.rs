//! What is kept in the journal without anybody waiting for it.

use crate::consent::Agreed;
use crate::photo::FrameId;
use crate::sentence::Sentence;
use crate::subject::EnrolmentRef;
use collection::{ComparisonBand, Disowned, StaffId};
use jiff::civil::Date;
use sentences::Code;

/// A portrait that was shown: it counts, and it is kept, so that nothing is lost when the student leaves now.
#[derive(Clone, Debug, PartialEq)]
pub struct Production {
    /// Whose.
    pub of: EnrolmentRef,
    /// The finished file.
    pub portrait: FrameId,
    /// The frame it was made from.
    pub original: FrameId,
    /// The school's day.
    pub day: Date,
    /// Where the comparison fell.
    pub comparison: ComparisonBand,
}

/// What happened to one enrolment.
#[derive(Clone, Debug, PartialEq)]
pub enum JournalEvent {
    /// The student ticked these boxes; none ticked is a refusal.
    Consented(Agreed),
    /// A comparison fell below the band; the third makes a case.
    ComparisonFailed {
        /// Score in tenths.
        score_tenths: u16,
    },
    /// Staff let blocking capture checks pass.
    Overridden {
        /// Who.
        staff: StaffId,
        /// Sentence code of the reason.
        reason: Code,
        /// Names of the checks.
        checks: Vec<String>,
    },
    /// The student says that this is somebody else.
    NotMe(Disowned),
    /// A member of staff checked the papers.
    StaffVerified(StaffId),
    /// The student pays later; the server holds the portrait until then.
    PayLater,
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
pub enum JournalRequest {
    /// A portrait was made and shown.
    Produced(Production),
    /// Something else happened to this enrolment.
    Happened(EnrolmentRef, JournalEvent),
    /// A member of staff stopped the kiosk with this notice.
    Paused(StaffId, Sentence),
    /// A member of staff let the kiosk go on.
    Resumed(StaffId),
}
