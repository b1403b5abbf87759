//! The authority table: who may write which kind of entry.
//!
//! An entry outside its author's authority is kept, ignored and listed. The device of an entry has been proven by its signature;
//! a member of staff is named by the device that checked the PIN.

use crate::{DeviceId, Kind};

/// The device id of the server itself.
pub const CENTRAL: &str = "central";

/// Who may write a kind of entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Author {
    /// The server only.
    Central,
    /// A kiosk only.
    Kiosk,
    /// A named member of staff, at a kiosk or at the server; the entry's type ensures that there is a name.
    Staff,
    /// Either.
    Anyone,
    /// Nobody that this version knows.
    Nobody,
}

/// The table.
#[must_use]
pub const fn authority(kind: &Kind) -> Author {
    match kind {
        Kind::Reviewed(_)
        | Kind::Published
        | Kind::ReviewBegan
        | Kind::HandedOver
        | Kind::FacesDiffer { .. }
        | Kind::CtidChecked(_)
        | Kind::Paid { .. }
        | Kind::PaymentClosed
        | Kind::RefundOpened
        | Kind::Refunded
        | Kind::RefundFailed
        | Kind::VoucherRefused
        | Kind::TokenContested
        | Kind::RosterAdded
        | Kind::Printed
        | Kind::Mailed
        | Kind::Delivered
        | Kind::TimeCorrected { .. }
        | Kind::CaseResolved { .. }
        | Kind::Erased => Author::Central,
        Kind::Produced { .. }
        | Kind::Submitted { .. }
        | Kind::ComparisonFailed { .. }
        | Kind::VoucherRedeemed { .. }
        | Kind::PaymentHeld
        | Kind::ManualEntry { .. }
        | Kind::NotMe { .. } => Author::Kiosk,
        Kind::Overridden { .. }
        | Kind::ProductionGranted { .. }
        | Kind::SecondFactorUnlocked { .. }
        | Kind::StaffVerified { .. }
        | Kind::Imported { .. }
        | Kind::CaseOpened { .. }
        | Kind::TimeConfirmed { .. }
        | Kind::Paused { .. }
        | Kind::Resumed { .. } => Author::Staff,
        Kind::Consented { .. }
        | Kind::ConsentWithdrawn { .. }
        | Kind::SecondFactorTried { .. }
        | Kind::TokenBound { .. }
        | Kind::Unbound { .. }
        | Kind::PhoneLinked { .. }
        | Kind::PaymentOpened { .. }
        | Kind::PayLater
        | Kind::AddressGiven { .. }
        | Kind::ErasureRequested { .. } => Author::Anyone,
        Kind::Unknown(_) => Author::Nobody,
    }
}

impl Author {
    /// Whether `device` may write it.
    #[must_use]
    pub fn allows(self, device: &DeviceId) -> bool {
        let central = device.as_str() == CENTRAL;
        match self {
            Author::Central => central,
            Author::Kiosk => !central,
            Author::Staff | Author::Anyone => true,
            Author::Nobody => false,
        }
    }
}
