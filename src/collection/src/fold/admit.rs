//! Selects the entries that count: one per id, by an author with the authority, about what their kind must be about.

use super::enrolment::Enrolment;
use super::ignored::{IgnoreReason, Ignored};
use super::versions::Versions;
use super::{about, order};
use crate::{CaseKind, EnrolmentId, Entry, EntryId, Kind, authority};
use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry as Slot;

/// The entries that count, in [order]. The others are listed in `state`.
pub(super) fn admit<E: Borrow<Entry>>(
    id: EnrolmentId,
    entries: impl IntoIterator<Item = E>,
    versions: &Versions,
    state: &mut Enrolment,
) -> Vec<Entry> {
    let mut by_id = unique(id, entries, versions, state);
    let misdirected: Vec<EntryId> =
        by_id.values().filter(|e| !about::holds(e, &by_id)).map(|e| e.id).collect();
    for entry in misdirected {
        by_id.remove(&entry);
        state.ignore(entry, IgnoreReason::About);
    }
    let mut admitted = order::ordered(by_id);
    drop_repeated(&mut admitted, state);
    admitted
}

/// Why an entry does not count, whatever the other entries are. Such entries are dropped before ids are compared, so that no
/// device can displace a server entry by writing under its id.
fn inadmissible(entry: &Entry, versions: &Versions) -> Option<IgnoreReason> {
    if matches!(entry.kind, Kind::Unknown(_)) {
        return Some(IgnoreReason::UnknownKind);
    }
    if !versions.is_at(entry) {
        return Some(IgnoreReason::Misplaced);
    }
    if !versions.is_of_school(entry) {
        return Some(IgnoreReason::ForeignDevice);
    }
    if !authority(&entry.kind).allows(&entry.device) {
        return Some(IgnoreReason::Authority);
    }
    (!versions.knows(entry)).then_some(IgnoreReason::UnknownStaff)
}

/// One entry per id. Of two different entries under one id neither counts.
fn unique<E: Borrow<Entry>>(
    id: EnrolmentId,
    entries: impl IntoIterator<Item = E>,
    versions: &Versions,
    state: &mut Enrolment,
) -> BTreeMap<EntryId, Entry> {
    let mut by_id: BTreeMap<EntryId, (Entry, bool)> = BTreeMap::new();
    for entry in entries {
        let entry = entry.borrow();
        if entry.enrolment != id {
            continue;
        }
        if let Some(reason) = inadmissible(entry, versions) {
            let listed = Ignored { entry: entry.id, reason };
            if !state.ignored.contains(&listed) {
                state.ignored.push(listed);
            }
            continue;
        }
        match by_id.entry(entry.id) {
            Slot::Vacant(slot) => {
                slot.insert((entry.clone(), true));
            }
            Slot::Occupied(mut slot) => {
                let (first, identical) = slot.get_mut();
                *identical &= first == entry;
            }
        }
    }
    let mut uncontested = BTreeMap::new();
    for (entry_id, (entry, identical)) in by_id {
        if identical {
            uncontested.insert(entry_id, entry);
        } else {
            state.ignore(entry_id, IgnoreReason::Contested);
            state.open_case(CaseKind::ContestedEntry, vec![entry_id]);
        }
    }
    uncontested
}

/// A portrait is submitted once: of several submissions of one production the first counts, and entries about the others are taken
/// as being about it. Two kiosks without a network may both submit a draft, and a review may begin on the later one.
fn drop_repeated(admitted: &mut Vec<Entry>, state: &mut Enrolment) {
    let mut seen: BTreeMap<Option<EntryId>, EntryId> = BTreeMap::new();
    let mut first_of = BTreeMap::new();
    admitted.retain(|entry| {
        if !matches!(entry.kind, Kind::Submitted { .. }) {
            return true;
        }
        let first = *seen.entry(entry.about).or_insert(entry.id);
        if first != entry.id {
            state.ignore(entry.id, IgnoreReason::Repeated);
            first_of.insert(entry.id, first);
        }
        first == entry.id
    });
    let counted = |id: &mut Option<EntryId>| {
        if let Some(first) = id.and_then(|id| first_of.get(&id)) {
            *id = Some(*first);
        }
    };
    for entry in admitted {
        counted(&mut entry.about);
        if let Kind::Submitted { replaces, .. } = &mut entry.kind {
            counted(replaces);
        }
    }
    state.ignored.sort_unstable();
}
