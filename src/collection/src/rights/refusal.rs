//! Why something is not permitted: the reason with its data, and the sentence that says so.

use jiff::civil::{Date, DateTime, Time};
use sentences::{Code, codes};

/// Why something is not permitted, and whom to call about it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not permitted: {}", .reason.code())]
pub struct Refusal {
    /// The reason.
    pub reason: Reason,
    /// The registry's telephone.
    pub phone: String,
}

impl Refusal {
    /// The sentence that says so.
    #[must_use]
    pub const fn code(&self) -> Code {
        self.reason.code()
    }

    /// The sentence's placeholders.
    #[must_use]
    pub fn args(&self) -> Vec<(&'static str, String)> {
        let mut args = vec![("phone", self.phone.clone())];
        if let Reason::NotOpen { opens } = self.reason {
            args.push(("opens", opens.to_string()));
        }
        if let Reason::Closed { closes } = self.reason {
            args.push(("closes", closes.to_string()));
        }
        if let Reason::QuotaUsed { count, .. } | Reason::QuotaUsedLastDay { count } = self.reason {
            args.push(("count", count.to_string()));
        }
        args
    }

    /// When it becomes permitted, by the school's clock; `None` when waiting does not help.
    #[must_use]
    pub const fn reopens(&self) -> Option<DateTime> {
        if let Reason::NotOpen { opens } = self.reason {
            Some(opens.to_datetime(Time::midnight()))
        } else if let Reason::QuotaUsed { reopens, .. } = self.reason {
            Some(reopens)
        } else {
            None
        }
    }
}

/// A reason against an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    /// The task has not opened.
    NotOpen {
        /// Its first day.
        opens: Date,
    },
    /// The task has closed.
    Closed {
        /// Its last day.
        closes: Date,
    },
    /// The day's productions are used.
    QuotaUsed {
        /// Productions made today.
        count: u32,
        /// When the next day's productions open.
        reopens: DateTime,
    },
    /// The day's productions are used, and the task ends today.
    QuotaUsedLastDay {
        /// Productions made today.
        count: u32,
    },
    /// Comparisons failed so often that the registry decides.
    ComparisonCase,
    /// There is no submission.
    NothingSubmitted,
    /// The submission waits for review.
    AlreadySubmitted,
    /// A reviewer has begun.
    ReviewBegan,
    /// No replacement is left.
    ReplacementUsed,
    /// No resubmission is left.
    ResubmissionsUsed,
    /// The submission was rejected; another is submitted by resubmitting.
    Rejected,
    /// The submission was approved.
    Approved,
    /// The portrait is at CHSI.
    Published,
    /// Too many wrong second factors; staff unlocks.
    SecondFactorLocked,
    /// The collection code alone does not suffice.
    SecondFactorNeeded,
    /// Only staff may.
    StaffOnly,
    /// Only the server may.
    ServerOnly,
    /// Only somebody at a kiosk may.
    KioskOnly,
    /// A case is open that holds the enrolment.
    CaseOpen,
    /// The registry has taken the enrolment over.
    TakenOver,
    /// Consent was withdrawn.
    ConsentWithdrawn,
    /// Consent was never given.
    NoConsent,
    /// The student was erased.
    Erased,
    /// Erasure was asked for.
    ErasureAsked,
    /// Nobody asked for erasure.
    NothingToErase,
    /// There is no draft.
    NoDraft,
    /// Nothing was paid and no mode of payment chosen.
    Unpaid,
    /// An order is open at WeChat Pay.
    OrderOpen,
    /// It is paid.
    AlreadyPaid,
    /// There is no payment to refund.
    NothingPaid,
    /// The task does not offer this mode of payment.
    ModeNotOffered,
    /// The task has no prints.
    NoPrints,
    /// Nothing was printed.
    NotPrinted,
    /// There is no address.
    NoAddress,
    /// The prints are in the post.
    Mailed,
    /// No code is bound to the enrolment.
    NothingBound,
    /// The task allows no manual entry.
    NoManualEntry,
    /// The task allows no import.
    NoImport,
    /// The submission is not approved.
    NotApproved,
    /// The portrait was not handed over to CHSI.
    NotHandedOver,
    /// No case is open.
    NoCase,
}

impl Reason {
    /// The sentence that says so.
    #[must_use]
    pub const fn code(&self) -> Code {
        match self {
            Reason::NotOpen { .. } => codes::RIGHTS_NOT_OPEN,
            Reason::Closed { .. } => codes::RIGHTS_CLOSED,
            Reason::QuotaUsed { .. } => codes::RIGHTS_QUOTA_USED,
            Reason::QuotaUsedLastDay { .. } => codes::RIGHTS_QUOTA_USED_LAST_DAY,
            Reason::ComparisonCase => codes::RIGHTS_COMPARISON_CASE,
            Reason::NothingSubmitted => codes::RIGHTS_NOTHING_SUBMITTED,
            Reason::AlreadySubmitted => codes::RIGHTS_ALREADY_SUBMITTED,
            Reason::ReviewBegan => codes::RIGHTS_REVIEW_BEGAN,
            Reason::ReplacementUsed => codes::RIGHTS_REPLACEMENT_USED,
            Reason::ResubmissionsUsed => codes::RIGHTS_RESUBMISSIONS_USED,
            Reason::Rejected => codes::RIGHTS_REJECTED,
            Reason::Approved => codes::RIGHTS_APPROVED,
            Reason::Published => codes::RIGHTS_PUBLISHED,
            Reason::SecondFactorLocked => codes::RIGHTS_SECOND_FACTOR_LOCKED,
            Reason::SecondFactorNeeded => codes::RIGHTS_SECOND_FACTOR_NEEDED,
            Reason::StaffOnly => codes::RIGHTS_STAFF_ONLY,
            Reason::ServerOnly => codes::RIGHTS_SERVER_ONLY,
            Reason::KioskOnly => codes::RIGHTS_KIOSK_ONLY,
            Reason::CaseOpen => codes::RIGHTS_CASE_OPEN,
            Reason::TakenOver => codes::RIGHTS_TAKEN_OVER,
            Reason::ConsentWithdrawn => codes::RIGHTS_CONSENT_WITHDRAWN,
            Reason::NoConsent => codes::RIGHTS_NO_CONSENT,
            Reason::Erased => codes::RIGHTS_ERASED,
            Reason::ErasureAsked => codes::RIGHTS_ERASURE_ASKED,
            Reason::NothingToErase => codes::RIGHTS_NOTHING_TO_ERASE,
            Reason::NoDraft => codes::RIGHTS_NO_DRAFT,
            Reason::Unpaid => codes::RIGHTS_UNPAID,
            Reason::OrderOpen => codes::RIGHTS_ORDER_OPEN,
            Reason::AlreadyPaid => codes::RIGHTS_ALREADY_PAID,
            Reason::NothingPaid => codes::RIGHTS_NOTHING_PAID,
            Reason::ModeNotOffered => codes::RIGHTS_MODE_NOT_OFFERED,
            Reason::NoPrints => codes::RIGHTS_NO_PRINTS,
            Reason::NotPrinted => codes::RIGHTS_NOT_PRINTED,
            Reason::NoAddress => codes::RIGHTS_NO_ADDRESS,
            Reason::Mailed => codes::RIGHTS_MAILED,
            Reason::NothingBound => codes::RIGHTS_NOTHING_BOUND,
            Reason::NoManualEntry => codes::RIGHTS_NO_MANUAL_ENTRY,
            Reason::NoImport => codes::RIGHTS_NO_IMPORT,
            Reason::NotApproved => codes::RIGHTS_NOT_APPROVED,
            Reason::NotHandedOver => codes::RIGHTS_NOT_HANDED_OVER,
            Reason::NoCase => codes::RIGHTS_NO_CASE,
        }
    }

    /// `Err` with this reason if the condition holds.
    pub(super) const fn refuses_if(self, condition: bool) -> Result<(), Reason> {
        if condition { Err(self) } else { Ok(()) }
    }
}
