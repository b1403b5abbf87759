//! Applies the entries about prints and their delivery.

use super::delivery::DeliveryState;
use super::enrolment::Enrolment;
use crate::{CaseKind, Entry, Kind};

impl Enrolment {
    /// Where the prints are.
    #[must_use]
    pub const fn delivery_state(&self) -> DeliveryState {
        self.delivery.state()
    }
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the other kinds are applied by other modules of the fold"
)]
pub(super) fn apply(entry: &Entry, state: &mut Enrolment) {
    let delivery = &mut state.delivery;
    match &entry.kind {
        Kind::AddressGiven { address } => delivery.address = Some((entry.id, *address)),
        Kind::Printed => delivery.printed = true,
        Kind::Mailed => delivery.mailed_to = entry.about,
        Kind::Delivered => delivery.delivered = true,
        // Prints in the post keep their address; any other address ends with the binding.
        Kind::Unbound { .. } if delivery.mailed_to.is_none() => delivery.address = None,
        _ => {}
    }
}

/// An address that was given after the prints were mailed, or at a kiosk that did not know of the mailing, is a case.
pub(super) fn open_late_address_case(state: &mut Enrolment) {
    if let (Some(mailed), Some((newest, _))) = (state.delivery.mailed_to, state.delivery.address)
        && mailed != newest
    {
        state.open_case(CaseKind::AddressAfterMailing, vec![mailed, newest]);
    }
}
