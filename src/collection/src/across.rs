//! What only shows when several students' journals lie side by side: a code that two claim, a voucher that two used.
//!
//! The server asks this after every batch and writes down what it finds as its own word, so that each enrolment's fold stays
//! a matter of that enrolment alone. The answer depends on the entries only, never on the order in which they came: the
//! first by clock and id wins, and nobody's portrait is dropped.

use crate::{DeviceId, EnrolmentId, Entry, EntryId, Hlc, Kind, TaskId, TokenHash, VoucherHash, authority};
use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet};

/// Something that the server must write down about an enrolment.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Whose journal it belongs into.
    pub enrolment: EnrolmentId,
    /// At which task.
    pub task: TaskId,
    /// The entry it is about.
    pub about: EntryId,
    /// What to write: [`Kind::TokenContested`] or [`Kind::VoucherRefused`].
    pub kind: Kind,
}

/// One code or voucher, and where it was used.
struct Use<'a> {
    at: (Hlc, EntryId),
    entry: &'a Entry,
}

/// What is not in the journal yet and must be: of all uses of one code, or of one voucher, at one task, by different
/// students, all but the first.
#[must_use]
pub fn findings<'a, E: Borrow<Entry> + 'a>(entries: impl IntoIterator<Item = &'a E>) -> Vec<Finding> {
    let mut tokens: BTreeMap<(&TaskId, &TokenHash), BTreeMap<EntryId, Use<'_>>> = BTreeMap::new();
    let mut vouchers: BTreeMap<(&TaskId, &VoucherHash), BTreeMap<EntryId, Use<'_>>> = BTreeMap::new();
    let mut contested = BTreeSet::new();
    let mut refused = BTreeSet::new();
    let mut ended = BTreeSet::new();
    let entries: Vec<&Entry> = entries.into_iter().map(Borrow::borrow).collect();
    let right: BTreeSet<(EntryId, &DeviceId)> = entries
        .iter()
        .filter(|e| matches!(e.kind, Kind::SecondFactorTried { right: true }))
        .map(|e| (e.id, &e.device))
        .collect();
    for entry in entries {
        if !authority(&entry.kind).allows(&entry.device) {
            continue;
        }
        let one = Use { at: (entry.clock, entry.id), entry };
        match &entry.kind {
            Kind::TokenBound { token } => {
                tokens.entry((&entry.task, token)).or_default().insert(entry.id, one);
            }
            Kind::VoucherRedeemed { voucher } => {
                vouchers.entry((&entry.task, voucher)).or_default().insert(entry.id, one);
            }
            // A word in another student's journal says nothing here.
            Kind::TokenContested => contested.extend(entry.about.map(|a| (entry.enrolment, a))),
            Kind::VoucherRefused => refused.extend(entry.about.map(|a| (entry.enrolment, a))),
            Kind::Unbound { staff, ends }
                if staff.is_some() || entry.about.is_some_and(|a| right.contains(&(a, &entry.device))) =>
            {
                ended.extend(ends.iter().copied());
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    for uses in tokens.values_mut() {
        // A binding that was ended claims nothing any more.
        uses.retain(|id, _| !ended.contains(id));
        later(uses, &contested, &Kind::TokenContested, &mut found);
    }
    for uses in vouchers.values() {
        later(uses, &refused, &Kind::VoucherRefused, &mut found);
    }
    found
}

/// All uses by others than the one who was first, if they are not written down yet.
fn later(
    uses: &BTreeMap<EntryId, Use<'_>>,
    said: &BTreeSet<(EnrolmentId, EntryId)>,
    kind: &Kind,
    found: &mut Vec<Finding>,
) {
    let Some(first) = uses.values().min_by_key(|u| u.at) else { return };
    let owner = first.entry.enrolment;
    for (id, one) in uses {
        if one.entry.enrolment != owner && !said.contains(&(one.entry.enrolment, *id)) {
            found.push(Finding {
                enrolment: one.entry.enrolment,
                task: one.entry.task.clone(),
                about: *id,
                kind: kind.clone(),
            });
        }
    }
}
