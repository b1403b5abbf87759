//! Finds conflicts between enrolments: a code that two students claim, a voucher that two used.
//!
//! The server runs this after every batch and writes what it finds as entries, so that each fold needs the entries of one enrolment
//! only. The result depends on the entries, not on the order of arrival: the first use by clock and id wins, and no portrait is
//! dropped.

use crate::{DeviceId, EnrolmentId, Entry, EntryId, Hlc, Kind, TaskId, TokenHash, VoucherHash, authority};
use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet};

/// An entry that the server must write about an enrolment.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The enrolment.
    pub enrolment: EnrolmentId,
    /// Its task.
    pub task: TaskId,
    /// The entry it is about.
    pub about: EntryId,
    /// The kind to write: [`Kind::TokenContested`] or [`Kind::VoucherRefused`].
    pub kind: Kind,
}

/// One use of a code or voucher.
struct Use<'a> {
    at: (Hlc, EntryId),
    entry: &'a Entry,
}

/// The entries that are missing: one for every use of a code or a voucher, at one task, by a student other than its first user.
#[must_use]
#[expect(clippy::wildcard_enum_match_arm, reason = "other kinds neither use nor end a code or a voucher")]
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
            // Such an entry counts only in the enrolment that it names.
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
        // A binding that was ended claims nothing.
        uses.retain(|id, _| !ended.contains(id));
        later(uses, &contested, &Kind::TokenContested, &mut found);
    }
    for uses in vouchers.values() {
        later(uses, &refused, &Kind::VoucherRefused, &mut found);
    }
    found
}

/// All uses by other students than the first, unless an entry about them exists.
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
