//! What a visit asks the records worker and waits for.

use crate::personal::Payload;
use crate::personal::Typed;
use crate::photo::FrameId;
use crate::records_data::{PostalAddress, TypedPerson};
use crate::subject::EnrolmentRef;
use collection::{ComparisonBand, EnrolmentId, PaymentMode, TaskId};

/// A portrait that is submitted.
#[derive(Clone, Debug, PartialEq)]
pub struct Submission {
    /// Whose.
    pub of: EnrolmentRef,
    /// The finished file.
    pub portrait: FrameId,
    /// The frame it was made from.
    pub original: FrameId,
    /// Where the comparison fell.
    pub comparison: ComparisonBand,
    /// Its score in tenths.
    pub score_tenths: Option<u16>,
}

/// A question of a visit to the records worker.
#[derive(Clone, Debug, PartialEq)]
pub enum RecordsRequest {
    /// Whose code is this? Answered with [`crate::Reply::Code`].
    Match(Payload),
    /// Fetch this student for the visit that staff begins; answered with [`crate::Reply::Code`].
    Meet(EnrolmentId),
    /// Compare month and day of birth, `MMDD`, and keep that it was tried; answered with [`crate::Reply::Birth`].
    CheckBirth(EnrolmentId, Typed),
    /// Which tasks can be searched for at this kiosk? Answered with [`crate::Reply::Schools`].
    LoadSchools,
    /// The whole of this task; answered with [`crate::Reply::Task`].
    LoadTask(TaskId),
    /// Who is it that typed these numbers? Answered with [`crate::Reply::Found`].
    Find {
        /// What was typed, in order.
        typed: Vec<Typed>,
        /// On which task's roster; `None` for all of this kiosk's.
        task: Option<TaskId>,
    },
    /// Keep what somebody on no roster typed, and make an enrolment of it; answered with [`crate::Reply::Entered`].
    KeepManualEntry {
        /// Which task.
        task: TaskId,
        /// Who they say they are.
        person: Box<TypedPerson>,
    },
    /// The regions within this one, the provinces where there is none; answered with [`crate::Reply::Regions`].
    LoadRegions(Option<u32>),
    /// Keep where prints are sent; answered with [`crate::Reply::Kept`].
    KeepAddress {
        /// Whose.
        of: EnrolmentRef,
        /// Where to.
        address: Box<PostalAddress>,
    },
    /// Bind a code that nobody knew to this student; a second claimant makes a case. Answered with [`crate::Reply::Bound`].
    BindCode {
        /// Whose.
        of: EnrolmentRef,
        /// What the code says.
        payload: Payload,
    },
    /// Fetch the portrait that was made and not submitted; answered with [`crate::Reply::Draft`].
    LoadDraft(EnrolmentId),
    /// What is known here of this student's tasks; answered with [`crate::Reply::Tasks`].
    LoadTasks(EnrolmentId),
    /// End the binding of this student's codes, address and phone; answered with [`crate::Reply::Unbound`].
    Unbind(EnrolmentRef),
    /// Open an order for this way to pay; answered with [`crate::Reply::Paid`].
    OpenOrder(EnrolmentId, PaymentMode),
    /// Redeem the voucher with this code; answered with [`crate::Reply::Paid`].
    RedeemVoucher(EnrolmentRef, Typed),
    /// Keep portrait, original and entry durably; answered with [`crate::Reply::Stored`].
    Submit(Submission),
}
