//! The delivery of prints: where they are, and the hash of the address. Addresses are records, stored apart from the journal.

use crate::{EntryId, RecordHash};
use sentences::{Code, codes};

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

    /// The state's sentence.
    #[must_use]
    pub const fn code(self) -> Code {
        match self {
            DeliveryState::None => codes::STATE_DELIVERY_NONE,
            DeliveryState::AddressGiven => codes::STATE_DELIVERY_ADDRESS_GIVEN,
            DeliveryState::InPrint => codes::STATE_DELIVERY_IN_PRINT,
            DeliveryState::Mailed => codes::STATE_DELIVERY_MAILED,
            DeliveryState::Delivered => codes::STATE_DELIVERY_DELIVERED,
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

impl Delivery {
    /// Where the prints are.
    #[must_use]
    pub const fn state(&self) -> DeliveryState {
        if self.delivered {
            DeliveryState::Delivered
        } else if self.mailed_to.is_some() {
            DeliveryState::Mailed
        } else if self.printed {
            DeliveryState::InPrint
        } else if self.address.is_some() {
            DeliveryState::AddressGiven
        } else {
            DeliveryState::None
        }
    }
}
