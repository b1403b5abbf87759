//! The state of the portrait, as a student and the registry see it.

use super::enrolment::Enrolment;
use super::submission::{Review, Role};
use crate::{CaseKind, DeviceId};
use sentences::{Code, codes};

/// The state of one enrolment's portrait.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PhotoState {
    /// 待拍摄
    AwaitingCapture,
    /// 已制作未提交
    MadeNotSubmitted,
    /// 已保存待上传
    SavedAwaitingUpload,
    /// 待审核
    AwaitingReview,
    /// 审核通过
    Approved,
    /// 审核未通过
    Rejected,
    /// 比对未通过转学籍
    ReferredToRegistry,
    /// 检测中
    Checking,
    /// 已上网
    Published,
}

impl PhotoState {
    /// Every state, in the order in which a portrait passes them.
    pub const ALL: [PhotoState; 9] = [
        PhotoState::AwaitingCapture,
        PhotoState::MadeNotSubmitted,
        PhotoState::SavedAwaitingUpload,
        PhotoState::AwaitingReview,
        PhotoState::Approved,
        PhotoState::Rejected,
        PhotoState::ReferredToRegistry,
        PhotoState::Checking,
        PhotoState::Published,
    ];

    /// The state's sentence.
    #[must_use]
    pub const fn code(self) -> Code {
        match self {
            PhotoState::AwaitingCapture => codes::STATE_AWAITING_CAPTURE,
            PhotoState::MadeNotSubmitted => codes::STATE_MADE_NOT_SUBMITTED,
            PhotoState::SavedAwaitingUpload => codes::STATE_SAVED_AWAITING_UPLOAD,
            PhotoState::AwaitingReview => codes::STATE_AWAITING_REVIEW,
            PhotoState::Approved => codes::STATE_APPROVED,
            PhotoState::Rejected => codes::STATE_REJECTED,
            PhotoState::ReferredToRegistry => codes::STATE_REFERRED_TO_REGISTRY,
            PhotoState::Checking => codes::STATE_CHECKING,
            PhotoState::Published => codes::STATE_PUBLISHED,
        }
    }
}

/// The sentence next to the state of a replacement that only this kiosk knows.
pub const REPLACEMENT_UNCONFIRMED: Code = codes::STATE_REPLACEMENT_UNCONFIRMED;

/// Which entries are known to be durable at the server, as seen from one end.
#[derive(Clone, Copy, Debug)]
pub enum Durable<'a> {
    /// At the server: everything that is here.
    Server,
    /// At a kiosk: its own entries up to this sequence; other devices' came from the server.
    Kiosk {
        /// This kiosk.
        device: &'a DeviceId,
        /// The last of its entries that the server called durable.
        sequence: u64,
    },
}

impl Durable<'_> {
    fn covers(self, device: &DeviceId, sequence: u64) -> bool {
        match self {
            Durable::Server => true,
            Durable::Kiosk { device: here, sequence: upto } => device != here || sequence <= upto,
        }
    }
}

impl Enrolment {
    /// The state of the portrait.
    #[must_use]
    pub fn photo_state(&self, durable: Durable<'_>) -> PhotoState {
        // A production that passed elsewhere clears the failures; the case stays for a person to look at.
        let failed = self.is_open(CaseKind::ComparisonFailed) && self.comparison_failures > 0;
        let referred = failed || self.is_taken_over();
        let Some(candidate) = self.candidate() else { return self.before_submission(referred) };
        if candidate.published {
            return PhotoState::Published;
        }
        if candidate.handed_over {
            return PhotoState::Checking;
        }
        match candidate.review {
            Review::Approved => PhotoState::Approved,
            Review::Rejected { .. } if referred => PhotoState::ReferredToRegistry,
            Review::Rejected { .. } if self.draft.is_some() => PhotoState::MadeNotSubmitted,
            Review::Rejected { .. } => PhotoState::Rejected,
            Review::Began => PhotoState::AwaitingReview,
            Review::Waiting if durable.covers(&candidate.device, candidate.sequence) => {
                PhotoState::AwaitingReview
            }
            Review::Waiting => PhotoState::SavedAwaitingUpload,
        }
    }

    /// Whether the candidate is a replacement that was made offline (待确认): it may turn out not to count, because a review may
    /// have begun elsewhere. Its sentence is [`REPLACEMENT_UNCONFIRMED`].
    #[must_use]
    pub fn is_replacement_unconfirmed(&self, durable: Durable<'_>) -> bool {
        self.candidate().is_some_and(|c| {
            c.role == Role::Replacement
                && c.review == Review::Waiting
                && !durable.covers(&c.device, c.sequence)
        })
    }

    fn before_submission(&self, referred: bool) -> PhotoState {
        if referred {
            PhotoState::ReferredToRegistry
        } else if self.draft.is_some() {
            PhotoState::MadeNotSubmitted
        } else {
            PhotoState::AwaitingCapture
        }
    }
}
