//! The fold: what a heap of entries means for one enrolment.
//!
//! Entries are keyed by id, so a repetition changes nothing, and sorted by clock and id, so the order of arrival changes
//! nothing. Effect follows `about`; the clock only breaks ties. An entry that must not count is ignored and listed.

mod admit;
mod enrolment;
mod photo;
mod submissions;

pub use admit::{IgnoreReason, Ignored};
pub use enrolment::{Case, Enrolment, Given, Review, Role, Submission};
pub use photo::{Durable, PhotoState};

use crate::{CaseKind, EnrolmentId, Entry, Kind, Settings, Task};
use std::borrow::Borrow;
use std::collections::BTreeMap;

/// The settings of a task by version: a decision is judged by the version that its entry carries.
#[derive(Clone, Debug, Default)]
pub struct Versions(BTreeMap<u32, Settings>);

impl Versions {
    /// Of every version that is known here.
    pub fn new(versions: impl IntoIterator<Item = (u32, Settings)>) -> Self {
        Versions(versions.into_iter().collect())
    }

    /// Of the one version that is at hand.
    #[must_use]
    pub fn of(task: &Task) -> Self {
        Versions::new([(task.version, task.settings.clone())])
    }

    /// The settings of this version; of an unknown one those of the nearest below, else above, else the manual's.
    #[must_use]
    pub fn at(&self, version: u32) -> Settings {
        let below = self.0.range(..=version).next_back();
        let nearest = below.or_else(|| self.0.range(version..).next());
        nearest.map(|(_, s)| s.clone()).unwrap_or_default()
    }
}

/// Folds the entries of one enrolment; those of others are passed over.
#[must_use]
pub fn fold<E: Borrow<Entry>>(
    id: EnrolmentId,
    entries: impl IntoIterator<Item = E>,
    versions: &Versions,
) -> Enrolment {
    let mut state = Enrolment::new(id);
    let admitted = admit::admit(id, entries, &mut state);
    for entry in &admitted {
        apply(entry, &mut state);
    }
    submissions::link(&admitted, versions, &mut state);
    open_cases(&admitted, versions, &mut state);
    state
}

/// Folds a heap of entries of many students.
#[must_use]
pub fn fold_all<E: Borrow<Entry>>(
    entries: impl IntoIterator<Item = E>,
    versions: &Versions,
) -> BTreeMap<EnrolmentId, Enrolment> {
    let mut heaps: BTreeMap<EnrolmentId, Vec<E>> = BTreeMap::new();
    for entry in entries {
        heaps.entry(entry.borrow().enrolment).or_default().push(entry);
    }
    heaps.into_iter().map(|(id, heap)| (id, fold(id, heap, versions))).collect()
}

/// What an entry does by itself, apart from the chain of submissions.
fn apply(entry: &Entry, state: &mut Enrolment) {
    match &entry.kind {
        Kind::Consented { notice_version, service, comparison, ctid } => {
            state.consent = Some(Given {
                notice_version: *notice_version,
                service: *service,
                comparison: *comparison,
                ctid: *ctid,
            });
        }
        Kind::Produced { day, .. } => {
            *state.productions.entry(*day).or_default() += 1;
            state.draft = Some(entry.id);
            state.comparison_failures = 0;
        }
        Kind::Submitted { .. } if state.draft == entry.about => state.draft = None,
        Kind::ComparisonFailed { .. } => state.comparison_failures += 1,
        Kind::SecondFactorTried { right: true } => state.second_factor_failures = 0,
        Kind::SecondFactorTried { right: false } => state.second_factor_failures += 1,
        Kind::TokenBound { token } => {
            state.tokens.insert(token.clone());
        }
        Kind::ProductionGranted { day, .. } => {
            *state.granted.entry(*day).or_default() += 1;
            state.comparison_failures = 0;
        }
        _ => {}
    }
}

/// What rules cannot decide and a person at the registry must. Two submissions are found by the chain.
fn open_cases(admitted: &[Entry], versions: &Versions, state: &mut Enrolment) {
    let failed = admitted.iter().rev().find(|e| matches!(e.kind, Kind::ComparisonFailed { .. }));
    let Some(last) = failed else { return };
    let limit = versions.at(last.task_version).comparison_failures_to_case;
    if state.comparison_failures >= limit.max(1) {
        state.cases.push(Case { kind: CaseKind::ComparisonFailed, about: vec![last.id] });
    }
}

#[cfg(test)]
pub(crate) mod stories;
#[cfg(test)]
mod tests;
