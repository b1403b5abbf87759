//! The fold: the state of one enrolment, computed from its journal entries.
//!
//! Entries are keyed by id, so a repetition changes nothing, and [sorted](order) by what they act on, clock and id, so the order
//! of arrival changes nothing. Effect follows `about`; the clock only breaks ties. An entry that must not count is ignored and
//! listed.

mod about;
mod admit;
mod case;
mod cases;
mod delivery;
mod enrolment;
mod ignored;
mod order;
mod payment;
mod payments;
mod person;
mod photo;
mod post;
mod production;
mod submission;
mod submissions;
mod versions;

#[cfg(test)]
pub(crate) use order::ordered;

pub use case::Case;
pub use delivery::{Delivery, DeliveryState};
pub use enrolment::{Enrolment, Given, Participation};
pub use ignored::{IgnoreReason, Ignored};
pub use payment::{Order, Payment, PaymentState, Receipt, Refund};
pub use photo::{Durable, PhotoState, REPLACEMENT_UNCONFIRMED};
pub use submission::{Review, Role, Submission};
pub use versions::Versions;

use crate::{EnrolmentId, Entry, EntryId, Kind};
use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet};

/// Folds the entries of one enrolment; those of others are skipped.
#[must_use]
pub fn fold<E: Borrow<Entry>>(
    id: EnrolmentId,
    entries: impl IntoIterator<Item = E>,
    versions: &Versions,
) -> Enrolment {
    let mut state = Enrolment::new(id);
    let admitted = admit::admit(id, entries, versions, &mut state);
    let ended = ended(&admitted);
    let words = submissions::server_words(&admitted);
    let days = production::corrected_days(&admitted);
    let refused = payments::refused_redemptions(&admitted);
    for entry in admitted.iter().filter(|e| !ended.contains(&e.id)) {
        if entry.doubtful {
            state.doubtful.push(entry.id);
        }
        person::apply(entry, &mut state);
        production::apply(entry, &days, versions, &mut state);
        submissions::apply(entry, &words, &admitted, versions, &mut state);
        payments::apply(entry, &refused, &mut state);
        post::apply(entry, &mut state);
        cases::apply(entry, &mut state);
    }
    post::open_late_address_case(&mut state);
    state
}

/// The bindings that an unbinding names: they have no effect, even where a wrong clock sorts them after the unbinding.
fn ended(admitted: &[Entry]) -> BTreeSet<EntryId> {
    let mut ended = BTreeSet::new();
    for entry in admitted {
        if let Kind::Unbound { ends, .. } = &entry.kind {
            let is_binding = |k: &Kind| {
                matches!(k, Kind::TokenBound { .. } | Kind::PhoneLinked { .. } | Kind::AddressGiven { .. })
            };
            let named = admitted.iter().filter(|e| ends.contains(&e.id) && is_binding(&e.kind));
            ended.extend(named.map(|e| e.id));
        }
    }
    ended
}

/// Folds the entries of many students.
#[must_use]
pub fn fold_all<E: Borrow<Entry>>(
    entries: impl IntoIterator<Item = E>,
    versions: &Versions,
) -> BTreeMap<EnrolmentId, Enrolment> {
    let mut by_enrolment: BTreeMap<EnrolmentId, Vec<E>> = BTreeMap::new();
    for entry in entries {
        by_enrolment.entry(entry.borrow().enrolment).or_default().push(entry);
    }
    by_enrolment.into_iter().map(|(id, entries)| (id, fold(id, entries, versions))).collect()
}

#[cfg(test)]
pub(crate) mod scenario_tests;
