//! Which entries count: one per id, by an author who may, about what they must be about.

use super::{Enrolment, Versions, about, order};
use crate::{CaseKind, EnrolmentId, Entry, EntryId, Kind, authority};
use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry as Slot;

/// Why an entry does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum IgnoreReason {
    /// Its author may not say this.
    Authority,
    /// A kind of a later version.
    UnknownKind,
    /// It carries another task than the enrolment is at.
    Misplaced,
    /// It names a member of staff who does not exist, or whom nobody told of here yet.
    UnknownStaff,
    /// It acts on nothing, or on something of another kind.
    About,
    /// The portrait was handed in already.
    Repeated,
    /// Another entry has the same id and other contents.
    Contested,
}

/// An entry that is kept and does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ignored {
    /// Which.
    pub entry: EntryId,
    /// Why.
    pub reason: IgnoreReason,
}

/// The entries that count, in [order]. The others are listed in `state`.
pub(super) fn admit<E: Borrow<Entry>>(
    id: EnrolmentId,
    entries: impl IntoIterator<Item = E>,
    versions: &Versions,
    state: &mut Enrolment,
) -> Vec<Entry> {
    let mut by_id = unique(id, entries, versions, state);
    let no: Vec<EntryId> = by_id.values().filter(|e| !about::holds(e, &by_id)).map(|e| e.id).collect();
    for entry in no {
        by_id.remove(&entry);
        state.ignore(entry, IgnoreReason::About);
    }
    let mut admitted = order::ordered(by_id);
    drop_repeated(&mut admitted, state);
    admitted
}

/// Why an entry does not count whatever else is known. It is left out before ids are compared, so that nobody can take a
/// word of the server's out of the journal by writing under its id.
fn outside(entry: &Entry, versions: &Versions) -> Option<IgnoreReason> {
    if matches!(entry.kind, Kind::Unknown(_)) {
        return Some(IgnoreReason::UnknownKind);
    }
    if !versions.is_at(entry) {
        return Some(IgnoreReason::Misplaced);
    }
    if !authority(&entry.kind).allows(&entry.device) {
        return Some(IgnoreReason::Authority);
    }
    (!versions.knows(entry)).then_some(IgnoreReason::UnknownStaff)
}

/// One entry per id. Two different ones under one id cannot both be true and neither is believed.
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
        if let Some(reason) = outside(entry, versions) {
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
                let (there, whole) = slot.get_mut();
                *whole &= there == entry;
            }
        }
    }
    let mut whole = BTreeMap::new();
    for (entry_id, (entry, is_whole)) in by_id {
        if is_whole {
            whole.insert(entry_id, entry);
        } else {
            state.ignore(entry_id, IgnoreReason::Contested);
            state.open_case(CaseKind::ContestedEntry, vec![entry_id]);
        }
    }
    whole
}

/// One portrait is handed in once: of several submissions of one production the first counts, and what is said about another
/// one is said about it. Two kiosks without a network may both hand in a draft, and a review may begin on the later.
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
