//! One submission and its progress.

use crate::{ComparisonBand, CtidOutcome, DeviceId, EntryId, PictureHash};

/// How a submission came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The first one.
    First,
    /// In place of one that no reviewer had opened.
    Replacement,
    /// After 审核未通过.
    Resubmission,
    /// Allowed by the registry when it decided a case.
    Extra,
    /// None of these was left: kept and shown in a case, not the candidate.
    Surplus,
}

/// The progress of a submission's review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Review {
    /// No reviewer opened it.
    Waiting,
    /// A reviewer opened it.
    Began,
    /// 审核通过
    Approved,
    /// 审核未通过
    Rejected {
        /// Sentence code of the reason.
        reason: String,
    },
}

/// A submitted portrait.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submission {
    /// The `Submitted` entry.
    pub id: EntryId,
    /// The `Produced` entry.
    pub produced: EntryId,
    /// The device at which it was submitted.
    pub device: DeviceId,
    /// The entry's number on that device.
    pub sequence: u64,
    /// The standard portrait.
    pub portrait: PictureHash,
    /// The camera's own picture.
    pub original: PictureHash,
    /// Band of the comparison.
    pub comparison: ComparisonBand,
    /// Score of the comparison, tenths.
    pub score_tenths: Option<u16>,
    /// How it came about.
    pub role: Role,
    /// The candidate that its kiosk knew of.
    pub replaces: Option<EntryId>,
    /// The progress of its review.
    pub review: Review,
    /// Handed to CHSI (检测中).
    pub handed_over: bool,
    /// At CHSI (已上网).
    pub published: bool,
    /// The reply of CTID, if it was asked.
    pub ctid: Option<CtidOutcome>,
    /// It was made from an imported picture, not at the camera.
    pub imported: bool,
    /// It was submitted while the device's clock was in doubt.
    pub doubtful: bool,
}
