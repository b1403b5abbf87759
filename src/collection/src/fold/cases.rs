//! Applies the entries that open and decide cases.

use super::case::Case;
use super::enrolment::Enrolment;
use crate::{CaseKind, Disowned, Entry, Kind, Resolution};

/// Opens and decides cases that have entries of their own kind. Cases that follow from other entries are opened where those are
/// applied.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the other kinds are applied by other modules of the fold"
)]
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
        // A student on the roster needs no decision.
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
