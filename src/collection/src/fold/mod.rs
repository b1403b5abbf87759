//! The fold: what a heap of entries means for one enrolment.
//!
//! Entries are keyed by id, so a repetition changes nothing, and [put in order](order) by what they act on, clock and id, so
//! the order of arrival changes nothing. Effect follows `about`; the clock only breaks ties. An entry that must not count is
//! ignored and listed.

mod about;
mod admit;
mod cases;
mod delivery;
mod enrolment;
mod order;
mod payment;
mod person;
mod photo;
mod production;
mod submission;
mod submissions;

#[cfg(test)]
pub(crate) use order::ordered;

pub use admit::{IgnoreReason, Ignored};
pub use cases::Case;
pub use delivery::{Delivery, DeliveryState};
pub use enrolment::{Enrolment, Given, Participation};
pub use payment::{Order, Payment, PaymentState, Receipt, Refund};
pub use photo::{Durable, PhotoState, REPLACEMENT_UNCONFIRMED};
pub use submission::{Review, Role, Submission};

use crate::{CENTRAL, EnrolmentId, Entry, EntryId, Kind, Settings, StaffId, Task, TaskId};
use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet};

/// What entries are judged by: the settings of a task by version (a decision is judged by the version that its entry
/// carries), and the school's staff.
#[derive(Clone, Debug, Default)]
pub struct Versions {
    settings: BTreeMap<u32, Settings>,
    staff: Option<BTreeSet<StaffId>>,
    task: Option<TaskId>,
}

impl Versions {
    /// Of every version that is known here.
    pub fn new(versions: impl IntoIterator<Item = (u32, Settings)>) -> Self {
        Versions { settings: versions.into_iter().collect(), ..Versions::default() }
    }

    /// With every member of the school's staff that the server ever named. It only grows, so what somebody did stays true when
    /// they leave, and what names somebody added later counts from the day on which this is known; a kiosk's entry that names
    /// anybody else is ignored. Without a list every name is taken.
    #[must_use]
    pub fn with_staff(self, staff: impl IntoIterator<Item = StaffId>) -> Self {
        Versions { staff: Some(staff.into_iter().collect()), ..self }
    }

    /// Of this task: an entry that carries another one is misplaced. An enrolment is one student at one task, so there is no
    /// other task that it could belong to.
    #[must_use]
    pub fn at_task(self, task: TaskId) -> Self {
        Versions { task: Some(task), ..self }
    }

    /// Whether an entry carries the task that it belongs to, as far as that is known.
    fn is_at(&self, entry: &Entry) -> bool {
        self.task.as_ref().is_none_or(|task| *task == entry.task)
    }

    /// Whether an entry names nobody, or somebody who exists. What the server itself says of its people is taken.
    fn knows(&self, entry: &Entry) -> bool {
        let named = entry.kind.staff().filter(|_| entry.device.as_str() != CENTRAL);
        named.is_none_or(|name| self.staff.as_ref().is_none_or(|all| all.contains(name)))
    }

    /// Of the one version that is at hand.
    #[must_use]
    pub fn of(task: &Task) -> Self {
        Versions::new([(task.version, task.settings.clone())]).at_task(task.id.clone())
    }

    /// The settings of this version; of an unknown one those of the nearest below, else above, else the manual's.
    #[must_use]
    pub fn at(&self, version: u32) -> Settings {
        let below = self.settings.range(..=version).next_back();
        let nearest = below.or_else(|| self.settings.range(version..).next());
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
    let admitted = admit::admit(id, entries, versions, &mut state);
    let ended = ended(&admitted);
    let words = submissions::server_words(&admitted);
    let days = production::corrected_days(&admitted);
    for entry in admitted.iter().filter(|e| !ended.contains(&e.id)) {
        if entry.doubtful {
            state.doubtful.push(entry.id);
        }
        person::apply(entry, &mut state);
        production::apply(entry, &days, versions, &mut state);
        submissions::apply(entry, &words, &admitted, versions, &mut state);
        payment::apply(entry, &mut state);
        delivery::apply(entry, &mut state);
        cases::apply(entry, &mut state);
    }
    delivery::settle(&mut state);
    state
}

/// What unbinding ended by name: it has no effect even where a wrong clock puts it after the unbinding.
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

#[cfg(test)]
pub(crate) mod stories;
