//! Productions, comparisons that failed before one, and what staff added.

use super::{Enrolment, Versions};
use crate::{CaseKind, Disowned, Entry, EntryId, Kind};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// The days that the server corrected, by the entry they are of: its device's clock was wrong.
pub(super) fn corrected_days(admitted: &[Entry]) -> BTreeMap<EntryId, Date> {
    let corrected = admitted.iter().filter_map(|e| match e.kind {
        Kind::TimeCorrected { day } => Some((e.about?, day)),
        _ => None,
    });
    corrected.collect()
}

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

/// The failure that reaches the limit makes the case; later ones of kiosks that did not know are only counted.
fn fail(entry: &Entry, versions: &Versions, state: &mut Enrolment) {
    state.comparison_failures = state.comparison_failures.saturating_add(1);
    let limit = versions.at(entry.task_version).comparison_failures_to_case.max(1);
    if state.comparison_failures >= limit && !state.is_open(CaseKind::ComparisonFailed) {
        state.open_case(CaseKind::ComparisonFailed, vec![entry.id]);
    }
}
