//! Codes and vouchers that two students used: the server sees all kiosks' journals side by side and writes down what follows.
//! Which of them was first is `collection`'s rule; nobody's portrait is touched.

use super::review::word::{self, Place};
use super::table::{claim, entry};
use super::{LedgerError, review};
use collection::{Entry, EntryId, Kind, SignedEntry, Signer};
use sea_orm::{ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};
use std::collections::BTreeSet;

/// Notes that an entry uses a code or a voucher; gives what it uses.
pub(super) async fn note(tx: &DatabaseTransaction, new: &Entry) -> Result<Option<String>, LedgerError> {
    let thing = match &new.kind {
        Kind::TokenBound { token } => format!("token {} {}", new.task, token.0),
        Kind::VoucherRedeemed { voucher } => format!("voucher {} {voucher}", new.task),
        _ => return Ok(None),
    };
    let row = claim::ActiveModel {
        entry: Set(new.id.to_string()),
        thing: Set(thing.clone()),
        enrolment: Set(new.enrolment.to_string()),
    };
    claim::Entity::insert(row).exec(tx).await?;
    Ok(Some(thing))
}

/// Writes down what the users of these things must be told.
pub(super) async fn settle(
    tx: &DatabaseTransaction,
    signer: &Signer,
    things: BTreeSet<String>,
    now: i64,
) -> Result<(), LedgerError> {
    for thing in things {
        let users = claim::Entity::find().filter(claim::Column::Thing.eq(&thing)).all(tx).await?;
        let students: BTreeSet<String> = users.into_iter().map(|row| row.enrolment).collect();
        if students.len() < 2 {
            continue;
        }
        let journals = entry::Entity::find().filter(entry::Column::Enrolment.is_in(students)).all(tx).await?;
        let entries: Vec<Entry> = journals
            .into_iter()
            .filter_map(|row| SignedEntry { bytes: row.bytes, signature: row.signature }.read().ok())
            .collect();
        for found in collection::findings(&entries) {
            let version = entries.iter().filter(|e| e.task == found.task).map(|e| e.task_version).max();
            let place = Place {
                enrolment: found.enrolment,
                task: found.task,
                task_version: version.unwrap_or(0),
                about: found.about,
            };
            say(tx, signer, place, found.kind, now).await?;
        }
    }
    Ok(())
}

async fn say(
    tx: &DatabaseTransaction,
    signer: &Signer,
    place: Place,
    kind: Kind,
    now: i64,
) -> Result<EntryId, LedgerError> {
    let enrolment = place.enrolment;
    let said = word::write(tx, signer, place, None, kind, now).await?;
    review::settle(tx, enrolment).await?;
    Ok(said)
}
