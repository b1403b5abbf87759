//! What each kind of entry must be about. Effect follows `about`: an entry that is about nothing, or about an entry of the wrong
//! kind, does not count.

use crate::{Entry, EntryId, Kind, authority};
use std::collections::BTreeMap;

/// What a kind requires of `about`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Needs {
    /// It may be about anything or nothing.
    Nothing,
    /// It must name a known entry of a fitting kind.
    Here,
    /// It must name an entry of a fitting kind or an unknown one, so that a damaged page loses no portrait and no payment.
    HereOrLost,
    /// It must name some entry.
    Something,
}

const fn needs(kind: &Kind) -> Needs {
    match kind {
        Kind::Submitted { .. }
        | Kind::Paid { .. }
        | Kind::Mailed
        | Kind::ConsentWithdrawn { .. }
        | Kind::Erased => Needs::HereOrLost,
        Kind::Reviewed(_)
        | Kind::Published
        | Kind::ReviewBegan
        | Kind::HandedOver
        | Kind::FacesDiffer { .. }
        | Kind::CtidChecked(_)
        | Kind::Printed
        | Kind::PaymentHeld
        | Kind::PaymentClosed
        | Kind::RefundOpened
        | Kind::Refunded
        | Kind::RefundFailed
        | Kind::VoucherRefused
        | Kind::TokenContested
        | Kind::Delivered
        | Kind::TimeCorrected { .. }
        | Kind::Unbound { staff: None, .. }
        | Kind::ErasureRequested { staff: None } => Needs::Here,
        Kind::CaseResolved { .. } => Needs::Something,
        Kind::Consented { .. }
        | Kind::Produced { .. }
        | Kind::Overridden { .. }
        | Kind::SecondFactorTried { .. }
        | Kind::ComparisonFailed { .. }
        | Kind::TokenBound { .. }
        | Kind::ProductionGranted { .. }
        | Kind::StaffVerified { .. }
        | Kind::SecondFactorUnlocked { .. }
        | Kind::Unbound { .. }
        | Kind::PhoneLinked { .. }
        | Kind::ManualEntry { .. }
        | Kind::NotMe { .. }
        | Kind::Imported { .. }
        | Kind::VoucherRedeemed { .. }
        | Kind::PaymentOpened { .. }
        | Kind::PayLater
        | Kind::AddressGiven { .. }
        | Kind::ErasureRequested { .. }
        | Kind::CaseOpened { .. }
        | Kind::TimeConfirmed { .. }
        | Kind::Paused { .. }
        | Kind::Resumed { .. }
        | Kind::RosterAdded
        | Kind::Unknown(_) => Needs::Nothing,
    }
}

/// Whether `entry` may act on `target`, by their kinds.
#[expect(clippy::wildcard_enum_match_arm, reason = "asked only of kinds for which `needs` requires an entry")]
fn fits(entry: &Entry, target: &Entry) -> bool {
    let on = &target.kind;
    match &entry.kind {
        Kind::Submitted { .. } => matches!(on, Kind::Produced { .. }),
        Kind::Reviewed(_)
        | Kind::Published
        | Kind::ReviewBegan
        | Kind::HandedOver
        | Kind::FacesDiffer { .. }
        | Kind::CtidChecked(_)
        | Kind::Printed => matches!(on, Kind::Submitted { .. }),
        Kind::Paid { .. } | Kind::PaymentHeld | Kind::PaymentClosed => {
            matches!(on, Kind::PaymentOpened { .. })
        }
        Kind::RefundOpened | Kind::Refunded | Kind::RefundFailed => matches!(on, Kind::Paid { .. }),
        Kind::VoucherRefused => matches!(on, Kind::VoucherRedeemed { .. }),
        Kind::TokenContested => matches!(on, Kind::TokenBound { .. }),
        Kind::Mailed => matches!(on, Kind::AddressGiven { .. }),
        Kind::Delivered => matches!(on, Kind::Mailed | Kind::Printed),
        Kind::TimeCorrected { .. } => matches!(on, Kind::Produced { .. } | Kind::ProductionGranted { .. }),
        Kind::ConsentWithdrawn { .. } => matches!(on, Kind::Consented { .. }),
        Kind::Erased => matches!(on, Kind::ErasureRequested { .. }),
        // The right answer must have been given at the same device.
        Kind::Unbound { .. } | Kind::ErasureRequested { .. } => {
            matches!(on, Kind::SecondFactorTried { right: true }) && target.device == entry.device
        }
        _ => true,
    }
}

/// Whether the entry is about what its kind requires. `all` holds one uncontested entry per id.
pub(super) fn holds(entry: &Entry, all: &BTreeMap<EntryId, Entry>) -> bool {
    let needs = needs(&entry.kind);
    if needs == Needs::Nothing {
        return true;
    }
    let Some(about) = entry.about else { return false };
    match all.get(&about) {
        _ if needs == Needs::Something => true,
        // Kinds act on earlier kinds only, so this ends after a few steps.
        Some(target) => {
            fits(entry, target) && authority(&target.kind).allows(&target.device) && holds(target, all)
        }
        None => needs == Needs::HereOrLost,
    }
}
