//! Applies the entries about productions, failed comparisons, and productions that staff granted.

use super::enrolment::Enrolment;
use super::versions::Versions;
use crate::{CaseKind, Disowned, Entry, EntryId, Kind};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// The days that the server corrected because a device's clock was wrong, by entry.
pub(super) fn corrected_days(admitted: &[Entry]) -> BTreeMap<EntryId, Date> {
    let mut days = BTreeMap::new();
    for entry in admitted {
        if let (Kind::TimeCorrected { day }, Some(about)) = (&entry.kind, entry.about) {
            days.insert(about, *day);
        }
    }
    days
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the other kinds are applied by other modules of the fold"
)]
pub(super) fn apply(
    entry: &Entry,
    days: &BTreeMap<EntryId, Date>,
    versions: &Versions,
    state: &mut Enrolment,
) {
    let day = |own: &Date| days.get(&entry.id).copied().unwrap_or(*own);
    match &entry.kind {
        Kind::Produced { day: own, .. } => {
            *state.productions.entry(day(own)).or_default() += 1;
            state.draft = Some(entry.id);
            state.comparison_failures = 0;
        }
        Kind::ProductionGranted { day: own, .. } => {
            *state.granted.entry(day(own)).or_default() += 1;
            state.comparison_failures = 0;
        }
        Kind::ComparisonFailed { .. } => fail(entry, versions, state),
        Kind::NotMe { picture: Disowned::Portrait } if state.draft == entry.about => state.draft = None,
        _ => {}
    }
}

/// The failure that reaches the limit opens the case; later ones, of kiosks that did not know, are only counted.
fn fail(entry: &Entry, versions: &Versions, state: &mut Enrolment) {
    state.comparison_failures = state.comparison_failures.saturating_add(1);
    let limit = versions.at(entry.task_version).comparison_failures_to_case.max(1);
    if state.comparison_failures >= limit && !state.is_open(CaseKind::ComparisonFailed) {
        state.open_case(CaseKind::ComparisonFailed, vec![entry.id]);
    }
}
