//! The person: consent, codes and phone, second factor, leaving. Bindings are no rights: what is paid, made and handed in
//! belongs to the enrolment and stays when a binding ends.

use super::{Enrolment, Given, Participation};
use crate::{Entry, Kind};

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

/// What was personal is gone; what was counted stays.
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
