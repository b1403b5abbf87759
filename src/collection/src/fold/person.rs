//! Applies the entries about the person: consent, bindings, second factor, withdrawal and erasure. Payments, productions and
//! submissions belong to the enrolment and stay when a binding ends.

use super::enrolment::{Enrolment, Given, Participation};
use crate::{Entry, Kind};

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the other kinds are applied by other modules of the fold"
)]
pub(super) fn apply(entry: &Entry, state: &mut Enrolment) {
    match &entry.kind {
        Kind::Consented { notice_version, service, comparison, ctid } => {
            state.consent = Some(Given {
                notice_version: *notice_version,
                service: *service,
                comparison: *comparison,
                ctid: *ctid,
            });
            if *service && state.participation == Participation::Withdrawn {
                state.participation = Participation::Active;
            }
        }
        Kind::ConsentWithdrawn { service, comparison, ctid } => withdraw(*service, *comparison, *ctid, state),
        Kind::StaffVerified { staff } => state.verified_by = Some(staff.clone()),
        Kind::SecondFactorTried { right } => {
            state.last_try = Some(entry.id);
            state.second_factor_failures =
                if *right { 0 } else { state.second_factor_failures.saturating_add(1) };
        }
        Kind::SecondFactorUnlocked { .. } => state.second_factor_failures = 0,
        Kind::TokenBound { token } => {
            state.tokens.insert(token.clone());
            state.bindings.insert(entry.id);
        }
        Kind::Unbound { .. } => {
            state.tokens.clear();
            state.contact = None;
            state.bindings.clear();
        }
        Kind::PhoneLinked { contact } => {
            state.contact = Some(*contact);
            state.bindings.insert(entry.id);
        }
        Kind::AddressGiven { .. } => {
            state.bindings.insert(entry.id);
        }
        Kind::ErasureRequested { .. } if state.participation != Participation::Erased => {
            state.participation = Participation::ErasureRequested;
            state.erasure_request = Some(entry.id);
        }
        Kind::Erased => erase(state),
        _ => {}
    }
}

fn withdraw(service: bool, comparison: bool, ctid: bool, state: &mut Enrolment) {
    if let Some(given) = &mut state.consent {
        given.service &= !service;
        given.comparison &= !comparison;
        given.ctid &= !ctid;
    }
    if service && state.participation == Participation::Active {
        state.participation = Participation::Withdrawn;
    }
}

/// Personal data are removed; counts stay.
fn erase(state: &mut Enrolment) {
    state.participation = Participation::Erased;
    state.consent = None;
    state.draft = None;
    state.manual_entry = None;
    state.tokens.clear();
    state.bindings.clear();
    state.contact = None;
    state.delivery.address = None;
}
