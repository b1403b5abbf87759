//! Which entries count: one per id, by an author who may, about what they must be about.

use super::{Case, Enrolment};
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

/// The entries that count, by clock and id. The others are listed in `state`.
pub(super) fn admit<E: Borrow<Entry>>(
    id: EnrolmentId,
    entries: impl IntoIterator<Item = E>,
    state: &mut Enrolment,
) -> Vec<Entry> {
    let mut by_id = unique(id, entries, state);
    let no: Vec<_> = by_id.values().filter_map(|e| refusal(e, &by_id).map(|why| (e.id, why))).collect();
    for (entry, reason) in no {
        by_id.remove(&entry);
        state.ignore(entry, reason);
    }
    let mut admitted: Vec<Entry> = by_id.into_values().collect();
    admitted.sort_by_key(|e| (e.clock, e.id));
    drop_repeated(&mut admitted, state);
    admitted
}

/// One entry per id. Two different ones under one id cannot both be true and neither is believed.
fn unique<E: Borrow<Entry>>(
    id: EnrolmentId,
    entries: impl IntoIterator<Item = E>,
    state: &mut Enrolment,
) -> BTreeMap<EntryId, Entry> {
    let mut by_id: BTreeMap<EntryId, (Entry, bool)> = BTreeMap::new();
    for entry in entries {
        let entry = entry.borrow();
        if entry.enrolment != id {
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
            state.cases.push(Case { kind: CaseKind::ContestedEntry, about: vec![entry_id] });
        }
    }
    whole
}

fn refusal(entry: &Entry, all: &BTreeMap<EntryId, Entry>) -> Option<IgnoreReason> {
    if matches!(entry.kind, Kind::Unknown(_)) {
        return Some(IgnoreReason::UnknownKind);
    }
    if !authority(&entry.kind).allows(&entry.device) {
        return Some(IgnoreReason::Authority);
    }
    let about = entry.about.map(|id| all.get(&id));
    let holds = match &entry.kind {
        // The portrait's own entry may be lost with a damaged page; the picture that was handed in still counts.
        Kind::Submitted { .. } => match about {
            Some(Some(produced)) => is_admissible_production(produced),
            Some(None) => true,
            None => false,
        },
        Kind::Reviewed(_) | Kind::Published | Kind::ReviewBegan | Kind::HandedOver => {
            about.flatten().is_some_and(|s| is_admissible_submission(s, all))
        }
        _ => true,
    };
    (!holds).then_some(IgnoreReason::About)
}

fn is_admissible_production(entry: &Entry) -> bool {
    matches!(entry.kind, Kind::Produced { .. }) && authority(&entry.kind).allows(&entry.device)
}

fn is_admissible_submission(entry: &Entry, all: &BTreeMap<EntryId, Entry>) -> bool {
    matches!(entry.kind, Kind::Submitted { .. }) && refusal(entry, all).is_none()
}

/// One portrait is handed in once: of several submissions of one production the first counts.
fn drop_repeated(admitted: &mut Vec<Entry>, state: &mut Enrolment) {
    let mut seen = Vec::new();
    admitted.retain(|entry| {
        if !matches!(entry.kind, Kind::Submitted { .. }) {
            return true;
        }
        let again = seen.contains(&entry.about);
        if again {
            state.ignore(entry.id, IgnoreReason::Repeated);
        } else {
            seen.push(entry.about);
        }
        !again
    });
    state.ignored.sort_unstable();
}
