//! Codes and vouchers that two students used: the server sees the journals of all kiosks side by side and writes down what
//! follows. Which of the two was first is `collection`'s rule; nobody's portrait is touched.

use super::enrolment_fold::{FoldedEnrolment, fold_of};
use super::error::LedgerError;
use super::review_queue;
use super::server_entries::{EntryContext, append_server_entry};
use super::tables::claim;
use collection::{EnrolmentId, Entry, Kind, Signer};
use sea_orm::{ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};
use std::collections::BTreeSet;

/// A code or voucher that an entry uses, as it is stored: kind, task and hash in one text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Claimed(String);

impl Claimed {
    fn by(entry: &Entry) -> Option<Claimed> {
        let text = match &entry.kind {
            Kind::TokenBound { token } => format!("token {} {}", entry.task, token.0),
            Kind::VoucherRedeemed { voucher } => format!("voucher {} {voucher}", entry.task),
            Kind::Consented { .. }
            | Kind::Produced { .. }
            | Kind::Submitted { .. }
            | Kind::Overridden { .. }
            | Kind::SecondFactorTried { .. }
            | Kind::ComparisonFailed { .. }
            | Kind::ProductionGranted { .. }
            | Kind::ConsentWithdrawn { .. }
            | Kind::StaffVerified { .. }
            | Kind::SecondFactorUnlocked { .. }
            | Kind::Unbound { .. }
            | Kind::PhoneLinked { .. }
            | Kind::ManualEntry { .. }
            | Kind::NotMe { .. }
            | Kind::Imported { .. }
            | Kind::PaymentOpened { .. }
            | Kind::PaymentHeld
            | Kind::PayLater
            | Kind::AddressGiven { .. }
            | Kind::ErasureRequested { .. }
            | Kind::CaseOpened { .. }
            | Kind::TimeConfirmed { .. }
            | Kind::Paused { .. }
            | Kind::Resumed { .. }
            | Kind::ReviewBegan
            | Kind::HandedOver
            | Kind::Reviewed(_)
            | Kind::Published
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
            | Kind::Erased
            | Kind::Unknown(_) => return None,
        };
        Some(Claimed(text))
    }
}

/// Notes that an entry uses a code or a voucher; gives what it uses.
pub(super) async fn note_claim(
    tx: &DatabaseTransaction,
    entry: &Entry,
) -> Result<Option<Claimed>, LedgerError> {
    let Some(claimed) = Claimed::by(entry) else { return Ok(None) };
    let row = claim::ActiveModel {
        entry: Set(entry.id.to_string()),
        thing: Set(claimed.0.clone()),
        enrolment: Set(entry.enrolment.to_string()),
    };
    claim::Entity::insert(row).exec(tx).await?;
    Ok(Some(claimed))
}

/// Writes what follows for the students who use the same of these codes and vouchers.
pub(super) async fn write_findings(
    tx: &DatabaseTransaction,
    signer: &Signer,
    claimed: BTreeSet<Claimed>,
    now: i64,
) -> Result<(), LedgerError> {
    for one in claimed {
        let claims = claim::Entity::find().filter(claim::Column::Thing.eq(one.0)).all(tx).await?;
        let enrolments: BTreeSet<String> = claims.into_iter().map(|row| row.enrolment).collect();
        if enrolments.len() < 2 {
            continue;
        }
        let mut entries = Vec::new();
        for id in enrolments {
            let id = EnrolmentId::parse(&id).map_err(|e| LedgerError::row("claim", &e))?;
            entries.extend(fold_of(tx, id).await?.into_iter().flat_map(FoldedEnrolment::into_own_entries));
        }
        for finding in collection::findings(&entries) {
            let version = entries.iter().filter(|e| e.task == finding.task).map(|e| e.task_version).max();
            let context = EntryContext {
                enrolment: finding.enrolment,
                task: finding.task,
                task_version: version.unwrap_or(0),
                about: finding.about,
                school_code: None,
            };
            append_server_entry(tx, signer, context, finding.kind, now).await?;
            review_queue::reproject(tx, finding.enrolment).await?;
        }
    }
    Ok(())
}
