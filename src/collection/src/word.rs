//! The small vocabularies of journal entries: comparison bands, review outcomes, what the registry may decide.

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

/// What a student says is not theirs.
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

/// What the population database (CTID) said of name, number and portrait.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum CtidOutcome {
    /// They belong together.
    Matched,
    /// They do not, or are not known there.
    Failed {
        /// Sentence code of the reason, whose mend is the manual's remedy (`ctid.identity_invalid`).
        reason: String,
    },
}

/// What a person at the registry must decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseKind {
    /// Two portraits where one was allowed; both pictures are in it.
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
    /// A student typed in by hand who is on no roster yet.
    NotOnRoster,
    /// A portrait was handed in after the person's data had been erased.
    AfterErasure,
    /// Another address came after the prints were mailed.
    AddressAfterMailing,
    /// A person reported something that no rule knows.
    Reported,
}

/// What the registry decided in a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "resolution", rename_all = "snake_case")]
pub enum Resolution {
    /// This one counts from now on.
    Chosen {
        /// A `Submitted` entry.
        submission: EntryId,
    },
    /// The student may try again: failed comparisons are counted anew, and one more portrait may be handed in.
    Reopened,
    /// Nothing was wrong; everything stays as it is.
    Dismissed,
    /// The registry does it by hand; nothing more is to be done at a kiosk.
    TakenOver,
}
