//! One portrait that was handed in, and how far it is.

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
    /// One that the registry allowed when it decided a case.
    Extra,
    /// None of these were left: kept, shown in a case, never the candidate by itself.
    Surplus,
}

/// How far the review of a submission is.
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

/// One portrait that was handed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submission {
    /// The `Submitted` entry.
    pub id: EntryId,
    /// The `Produced` entry.
    pub produced: EntryId,
    /// Where it was handed in.
    pub device: DeviceId,
    /// The entry's number on that device.
    pub sequence: u64,
    /// The standard portrait.
    pub portrait: PictureHash,
    /// The camera's own picture.
    pub original: PictureHash,
    /// Where the comparison fell.
    pub comparison: ComparisonBand,
    /// Score of the comparison, tenths.
    pub score_tenths: Option<u16>,
    /// How it came about.
    pub role: Role,
    /// The candidate that its kiosk knew of.
    pub replaces: Option<EntryId>,
    /// How far its review is.
    pub review: Review,
    /// Handed to CHSI (检测中).
    pub handed_over: bool,
    /// At CHSI (已上网).
    pub published: bool,
    /// What CTID said, if it was asked.
    pub ctid: Option<CtidOutcome>,
    /// It was made of a picture from a stick, not at the camera.
    pub imported: bool,
    /// It was handed in while the device's clock was in doubt.
    pub doubtful: bool,
}
