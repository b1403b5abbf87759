//! The delivery axis: prints, the address, the post. Addresses lie beside the journal; here are their hashes.

use super::Enrolment;
use crate::{CaseKind, Entry, EntryId, Kind, RecordHash};

/// Where the prints of one enrolment are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DeliveryState {
    /// Nothing was asked for.
    None,
    /// There is an address; it may be changed until mailing.
    AddressGiven,
    /// Prints are being made.
    InPrint,
    /// In the post.
    Mailed,
    /// Arrived or handed out.
    Delivered,
}

impl DeliveryState {
    /// All five, in the order in which prints pass them.
    pub const ALL: [DeliveryState; 5] = [
        DeliveryState::None,
        DeliveryState::AddressGiven,
        DeliveryState::InPrint,
        DeliveryState::Mailed,
        DeliveryState::Delivered,
    ];

    /// Code of the state's sentence.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            DeliveryState::None => "state.delivery.none",
            DeliveryState::AddressGiven => "state.delivery.address_given",
            DeliveryState::InPrint => "state.delivery.in_print",
            DeliveryState::Mailed => "state.delivery.mailed",
            DeliveryState::Delivered => "state.delivery.delivered",
        }
    }
}

/// What is known of one enrolment's prints.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Delivery {
    /// The address that counts: its `AddressGiven` entry and its hash.
    pub address: Option<(EntryId, RecordHash)>,
    /// Prints are being made.
    pub printed: bool,
    /// The `AddressGiven` entry they were mailed to.
    pub mailed_to: Option<EntryId>,
    /// They arrived.
    pub delivered: bool,
}

impl Enrolment {
    /// Where the prints are.
    #[must_use]
    pub fn delivery_state(&self) -> DeliveryState {
        let d = &self.delivery;
        if d.delivered {
            DeliveryState::Delivered
        } else if d.mailed_to.is_some() {
            DeliveryState::Mailed
        } else if d.printed {
            DeliveryState::InPrint
        } else if d.address.is_some() {
            DeliveryState::AddressGiven
        } else {
            DeliveryState::None
        }
    }
}

pub(super) fn apply(entry: &Entry, state: &mut Enrolment) {
    let delivery = &mut state.delivery;
    match &entry.kind {
        Kind::AddressGiven { address } => delivery.address = Some((entry.id, *address)),
        Kind::Printed => delivery.printed = true,
        Kind::Mailed => delivery.mailed_to = entry.about,
        Kind::Delivered => delivery.delivered = true,
        // What is in the post keeps its address; another one ends with the binding.
        Kind::Unbound { .. } if delivery.mailed_to.is_none() => delivery.address = None,
        _ => {}
    }
}

/// An address that came after the prints had left, or from a kiosk that did not know it: somebody must write to the post.
pub(super) fn settle(state: &mut Enrolment) {
    if let (Some(mailed), Some((newest, _))) = (state.delivery.mailed_to, state.delivery.address)
        && mailed != newest
    {
        state.open_case(CaseKind::AddressAfterMailing, vec![mailed, newest]);
    }
}
