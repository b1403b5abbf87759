//! The order of entries: each is sorted after the one it is about, whatever the clocks say; otherwise by clock, then by id.
//!
//! So a kiosk whose clock shows 2038 does not keep later entries from taking effect: entries about its entries come after them,
//! and all others keep their place.

use crate::{Entry, EntryId, Hlc};
use std::collections::BTreeMap;

/// The sort key of an entry: its own clock, or the clock of the entry it follows and the number of steps after that.
type Place = (Hlc, u32);

/// The entries in order.
pub(crate) fn ordered(by_id: BTreeMap<EntryId, Entry>) -> Vec<Entry> {
    let places: BTreeMap<EntryId, Place> = by_id.values().map(|e| (e.id, place(e, &by_id))).collect();
    let mut all: Vec<Entry> = by_id.into_values().collect();
    all.sort_by_key(|e| (places.get(&e.id).copied().unwrap_or_default(), e.id));
    all
}

fn place(entry: &Entry, by_id: &BTreeMap<EntryId, Entry>) -> Place {
    let mut chain = vec![entry];
    let mut ring = None;
    while let Some(next) = chain.last().and_then(|e| e.about).and_then(|id| by_id.get(&id)) {
        ring = chain.iter().position(|seen| seen.id == next.id);
        if ring.is_some() {
            break;
        }
        chain.push(next);
    }
    // Entries that are about each other in a ring are sorted by their clocks alone.
    let from = ring.map_or(chain.len() - 1, |at| at);
    let start = chain.get(from).map_or((entry.clock, 0), |e| (e.clock, 0));
    chain.iter().take(from).rev().fold(start, |(clock, steps), e| {
        if e.clock > clock { (e.clock, 0) } else { (clock, steps.saturating_add(1)) }
    })
}
