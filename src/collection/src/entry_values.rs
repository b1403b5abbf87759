//! The values that journal entries carry: comparison bands, review outcomes, kinds of cases and their resolutions.

use crate::EntryId;
use serde::{Deserialize, Serialize};

/// Where a comparison's score fell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ComparisonBand {
    /// At or above the passing score.
    Pass,
    /// Below it, but close enough for a reviewer to decide.
    Manual,
    /// Too low to submit.
    Below,
    /// There was nothing to compare with, or no consent to compare.
    None,
}

/// What a reviewer decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum ReviewOutcome {
    /// 审核通过
    Approved,
    /// 审核未通过
    Rejected {
        /// Sentence code of the reason (`review.ears_covered`).
        reason: String,
    },
}

/// What a student reports as not theirs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Disowned {
    /// The admission photo (录取照片) that the school gave.
    Admission,
    /// The portrait that was just made.
    Portrait,
    /// The roster's entry that their code led to; nobody was photographed.
    Identity,
}

/// The reply of the population database (CTID) about name, number and portrait.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum CtidOutcome {
    /// They match.
    Matched,
    /// They do not match, or are unknown there.
    Failed {
        /// Sentence code of the reason, whose remedy tells the student what to do (`ctid.identity_invalid`).
        reason: String,
    },
}

/// What a person at the registry must decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseKind {
    /// Two portraits where one was allowed; the case shows both.
    TwoSubmissions,
    /// Two portraits of one student show two different faces.
    TwoFaces,
    /// Comparisons failed as often as the task allows (比对未通过转学籍).
    ComparisonFailed,
    /// Two different entries under one id.
    ContestedEntry,
    /// A collection code that was bound to one student was used by another.
    SecondClaimant,
    /// More was paid than was owed; the surplus is to be refunded.
    PaidTwice,
    /// WeChat Pay could not refund.
    RefundFailed,
    /// The student says that the admission photo is somebody else's.
    NotMe,
    /// A manual entry of a student who is on no roster yet.
    NotOnRoster,
    /// A portrait was submitted after the person's data had been erased.
    AfterErasure,
    /// Another address came after the prints were mailed.
    AddressAfterMailing,
    /// A person reported something that no rule covers.
    Reported,
}

/// What the registry decided in a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "resolution", rename_all = "snake_case")]
pub enum Resolution {
    /// This submission is the candidate from now on.
    Chosen {
        /// A `Submitted` entry.
        submission: EntryId,
    },
    /// The student may try again: failed comparisons are counted anew, and one more portrait may be submitted.
    Reopened,
    /// Nothing was wrong; nothing changes.
    Dismissed,
    /// The registry does the rest itself; nothing more is done at a kiosk.
    TakenOver,
}
