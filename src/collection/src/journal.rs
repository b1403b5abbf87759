//! The journal: what happened, once, for ever, signed by the device that saw it.
//!
//! An entry carries no personal data. Names, numbers and pictures lie beside the journal and are referred to by hash, so a
//! person can be erased and the journal stays whole. The bytes that were signed are the truth and are forwarded verbatim; an
//! entry of a kind that this version does not know is kept and grants nothing.

use crate::{DeviceId, EnrolmentId, EntryId, Hlc, PictureHash, StaffId, TaskId, TokenHash};
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

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "payload", rename_all = "snake_case")]
pub enum Kind {
    /// The student agreed, each purpose by itself.
    Consented {
        /// Version of the notice that was shown.
        notice_version: u32,
        /// Agreed to the service.
        service: bool,
        /// Agreed to the comparison on the device.
        comparison: bool,
        /// Agreed to CTID verification.
        ctid: bool,
    },
    /// A finished portrait was shown to the student; counts against the day's quota.
    Produced {
        /// The school's calendar day, `YYYY-MM-DD`.
        day: jiff::civil::Date,
        /// Where the comparison fell.
        comparison: ComparisonBand,
    },
    /// The portrait was handed in. `about` is the `Produced` entry.
    Submitted {
        /// The standard portrait.
        portrait: PictureHash,
        /// The camera's own picture.
        original: PictureHash,
        /// SHA-256 of the preset it was made by, hex.
        preset: String,
        /// Where the comparison fell.
        comparison: ComparisonBand,
        /// Score of the comparison, tenths, 0..=1000.
        score_tenths: Option<u16>,
    },
    /// Staff let capture checks pass. `about` is absent; the override holds for the visit's next submission.
    Overridden {
        /// Who.
        staff: StaffId,
        /// Sentence code of the reason (`override.reason.religious_covering`).
        reason: String,
        /// Names of the checks that were overridden.
        checks: Vec<String>,
    },
    /// Somebody tried the second factor.
    SecondFactorTried {
        /// Whether it was right.
        right: bool,
    },
    /// A comparison with the admission photo fell below the band; nothing was produced.
    ComparisonFailed {
        /// Score of the comparison, tenths, 0..=1000.
        score_tenths: u16,
    },
    /// An unknown collection code was bound to this enrolment by its first use.
    TokenBound {
        /// HMAC of the code's payload under the task's key.
        token: TokenHash,
    },
    /// Staff gave one more production on a day; failed comparisons are counted anew from here.
    ProductionGranted {
        /// Who.
        staff: StaffId,
        /// The school's calendar day it holds for.
        day: jiff::civil::Date,
    },
    /// Server only: a reviewer opened it; from here on it cannot be replaced. `about` is the `Submitted` entry.
    ReviewBegan,
    /// Server only: handed to CHSI for linking and checking (检测中). `about` is the `Submitted` entry.
    HandedOver,
    /// Server only: a reviewer decided. `about` is the `Submitted` entry.
    Reviewed(ReviewOutcome),
    /// Server only: the portrait is at CHSI (已上网). `about` is the `Submitted` entry.
    Published,
    /// A kind of a later version; kept, grants nothing.
    #[serde(untagged)]
    Unknown(serde_json::Value),
}

/// One journal entry, as it is read. What is stored and sent are the signed bytes, see [`SignedEntry`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Its id.
    pub id: EntryId,
    /// The entry it acts on.
    pub about: Option<EntryId>,
    /// Whose enrolment.
    pub enrolment: EnrolmentId,
    /// Which task.
    pub task: TaskId,
    /// Version of the task whose settings judged this.
    pub task_version: u32,
    /// Who wrote it.
    pub device: DeviceId,
    /// Contiguous per device, from 1.
    pub sequence: u64,
    /// When, by the hybrid logical clock.
    pub clock: Hlc,
    /// What happened.
    #[serde(flatten)]
    pub kind: Kind,
}

/// An entry's bytes with the device's Ed25519 signature over them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedEntry {
    /// The JSON of an [`Entry`], verbatim.
    pub bytes: Vec<u8>,
    /// Ed25519 signature over `bytes`, 64 bytes.
    pub signature: Vec<u8>,
}
