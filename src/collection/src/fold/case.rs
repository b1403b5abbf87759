//! A case: what the rules cannot decide and a person at the registry must.

use crate::{CaseKind, EntryId, Resolution};
use sentences::{Code, codes};

/// A matter that a person at the registry must decide, or has decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// What it is about.
    pub kind: CaseKind,
    /// The entries that made it, oldest first. A decision is about one of them.
    pub about: Vec<EntryId>,
    /// What was decided; `None` while it is open.
    pub resolution: Option<Resolution>,
}

impl CaseKind {
    /// Every kind.
    pub const ALL: [CaseKind; 12] = [
        CaseKind::TwoSubmissions,
        CaseKind::TwoFaces,
        CaseKind::ComparisonFailed,
        CaseKind::ContestedEntry,
        CaseKind::SecondClaimant,
        CaseKind::PaidTwice,
        CaseKind::RefundFailed,
        CaseKind::NotMe,
        CaseKind::NotOnRoster,
        CaseKind::AfterErasure,
        CaseKind::AddressAfterMailing,
        CaseKind::Reported,
    ];

    /// The case's sentence, for the registry.
    #[must_use]
    pub const fn code(self) -> Code {
        match self {
            CaseKind::TwoSubmissions => codes::CASE_TWO_SUBMISSIONS,
            CaseKind::TwoFaces => codes::CASE_TWO_FACES,
            CaseKind::ComparisonFailed => codes::CASE_COMPARISON_FAILED,
            CaseKind::ContestedEntry => codes::CASE_CONTESTED_ENTRY,
            CaseKind::SecondClaimant => codes::CASE_SECOND_CLAIMANT,
            CaseKind::PaidTwice => codes::CASE_PAID_TWICE,
            CaseKind::RefundFailed => codes::CASE_REFUND_FAILED,
            CaseKind::NotMe => codes::CASE_NOT_ME,
            CaseKind::NotOnRoster => codes::CASE_NOT_ON_ROSTER,
            CaseKind::AfterErasure => codes::CASE_AFTER_ERASURE,
            CaseKind::AddressAfterMailing => codes::CASE_ADDRESS_AFTER_MAILING,
            CaseKind::Reported => codes::CASE_REPORTED,
        }
    }

    /// Whether nothing is produced or submitted before it is decided.
    #[must_use]
    pub const fn blocks(self) -> bool {
        matches!(self, CaseKind::TwoFaces | CaseKind::NotMe | CaseKind::AfterErasure)
    }
}
