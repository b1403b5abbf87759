//! The photo axis: the nine states that a student and the registry see.

use super::{Enrolment, Review, Role};
use crate::{CaseKind, DeviceId};

/// Where the portrait of one enrolment stands.
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
    /// All nine, in the order in which a portrait passes them.
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

    /// Code of the state's sentence.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            PhotoState::AwaitingCapture => "state.awaiting_capture",
            PhotoState::MadeNotSubmitted => "state.made_not_submitted",
            PhotoState::SavedAwaitingUpload => "state.saved_awaiting_upload",
            PhotoState::AwaitingReview => "state.awaiting_review",
            PhotoState::Approved => "state.approved",
            PhotoState::Rejected => "state.rejected",
            PhotoState::ReferredToRegistry => "state.referred_to_registry",
            PhotoState::Checking => "state.checking",
            PhotoState::Published => "state.published",
        }
    }
}

/// Code of the sentence beside the state of a replacement that only this kiosk knows.
pub const REPLACEMENT_UNCONFIRMED: &str = "state.replacement_unconfirmed";

/// How far entries are known to be safe at the server, from where one stands.
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
    /// Where the portrait stands.
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

    /// A replacement that was made without the server: whether it counts shows when it arrives (待确认), because a review may
    /// have begun elsewhere. Its code is [`REPLACEMENT_UNCONFIRMED`].
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
