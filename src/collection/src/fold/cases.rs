//! Cases: what rules cannot decide and a person at the registry must, and what became of it.

use super::Enrolment;
use crate::{CaseKind, Disowned, Entry, EntryId, Kind, Resolution};

/// Something that a person at the registry must decide, or has decided.
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

    /// Code of the case's sentence, for the registry.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            CaseKind::TwoSubmissions => "case.two_submissions",
            CaseKind::TwoFaces => "case.two_faces",
            CaseKind::ComparisonFailed => "case.comparison_failed",
            CaseKind::ContestedEntry => "case.contested_entry",
            CaseKind::SecondClaimant => "case.second_claimant",
            CaseKind::PaidTwice => "case.paid_twice",
            CaseKind::RefundFailed => "case.refund_failed",
            CaseKind::NotMe => "case.not_me",
            CaseKind::NotOnRoster => "case.not_on_roster",
            CaseKind::AfterErasure => "case.after_erasure",
            CaseKind::AddressAfterMailing => "case.address_after_mailing",
            CaseKind::Reported => "case.reported",
        }
    }

    /// Whether nothing more is made or handed in before it is decided.
    #[must_use]
    pub const fn blocks(self) -> bool {
        matches!(self, CaseKind::TwoFaces | CaseKind::NotMe | CaseKind::AfterErasure)
    }
}

impl Enrolment {
    /// Opens a case, once: the same thing told again changes nothing.
    pub(super) fn open_case(&mut self, kind: CaseKind, about: Vec<EntryId>) {
        if !self.cases.iter().any(|c| c.kind == kind && c.about == about) {
            self.cases.push(Case { kind, about, resolution: None });
        }
    }
}

/// Opens and decides cases that stand in the journal by name; those that follow from other entries are opened where these
/// are read.
pub(super) fn apply(entry: &Entry, state: &mut Enrolment) {
    match &entry.kind {
        Kind::FacesDiffer { other } => {
            let about = vec![*other, entry.about.unwrap_or(entry.id)];
            state.open_case(CaseKind::TwoFaces, about);
        }
        Kind::TokenContested => {
            let about = entry.about.into_iter().collect();
            state.open_case(CaseKind::SecondClaimant, about);
        }
        Kind::NotMe { picture: Disowned::Admission } => state.open_case(CaseKind::NotMe, vec![entry.id]),
        Kind::CaseOpened { case, .. } => {
            state.open_case(*case, entry.about.into_iter().chain([entry.id]).collect());
        }
        Kind::ManualEntry { record } => {
            state.manual_entry = Some(*record);
            state.open_case(CaseKind::NotOnRoster, vec![entry.id]);
        }
        // Whoever is on the roster needs no decision any more.
        Kind::RosterAdded => decide(state, Resolution::Dismissed, |c| c.kind == CaseKind::NotOnRoster),
        Kind::CaseResolved { case, resolution, .. } => resolve(entry, *case, *resolution, state),
        _ => {}
    }
}

fn resolve(entry: &Entry, kind: CaseKind, resolution: Resolution, state: &mut Enrolment) {
    let Some(about) = entry.about else { return };
    let before = state.open_cases().count();
    decide(state, resolution, |c| c.kind == kind && c.about.contains(&about));
    if state.open_cases().count() == before {
        return;
    }
    if kind == CaseKind::ComparisonFailed && resolution != Resolution::TakenOver {
        state.comparison_failures = 0;
    }
    match resolution {
        Resolution::Chosen { submission } => {
            let chosen = state.submissions.iter().position(|s| s.id == submission);
            state.candidate = chosen.or(state.candidate);
        }
        Resolution::Reopened => state.extra_submissions += 1,
        Resolution::Dismissed | Resolution::TakenOver => {}
    }
}

fn decide(state: &mut Enrolment, resolution: Resolution, which: impl Fn(&Case) -> bool) {
    for case in state.cases.iter_mut().filter(|c| c.resolution.is_none() && which(c)) {
        case.resolution = Some(resolution);
    }
}
