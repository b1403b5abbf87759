//! Attachments: the pictures and personal records that entries refer to by hash. Their bytes are in the picture folder; the
//! ledger holds which entry expects which, and which are stored.

use super::entry_rows;
use super::error::LedgerError;
use super::tables::{entry_picture, picture, student};
use collection::{Entry, Kind, PictureHash};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter,
};
use std::collections::BTreeSet;

/// The attachments that the server wants of an entry: all it refers to, but none of a student who was erased.
pub(super) async fn wanted(
    tx: &DatabaseTransaction,
    entry: &Entry,
) -> Result<BTreeSet<PictureHash>, LedgerError> {
    let all = BTreeSet::from_iter(entry.kind.attachments());
    if all.is_empty() || is_erased(tx, entry).await? {
        return Ok(BTreeSet::new());
    }
    Ok(all)
}

/// Whether the server has written that this student is erased.
async fn is_erased(tx: &DatabaseTransaction, entry: &Entry) -> Result<bool, LedgerError> {
    let by_server = entry_rows::by_server(tx, entry.enrolment).await?;
    Ok(by_server.iter().any(|e| e.kind == Kind::Erased))
}

/// Notes that an entry of a device refers to these attachments.
pub(super) async fn expect(
    tx: &DatabaseTransaction,
    entry: &Entry,
    wanted: &BTreeSet<PictureHash>,
) -> Result<(), LedgerError> {
    for hash in wanted {
        let row = entry_picture::ActiveModel {
            entry: Set(entry.id.to_string()),
            picture: Set(hash.to_string()),
            device: Set(entry.device.as_str().to_owned()),
        };
        entry_picture::Entity::insert(row).exec(tx).await?;
    }
    Ok(())
}

/// Those of `wanted` that are not stored.
pub(super) async fn missing(
    tx: &DatabaseTransaction,
    wanted: &BTreeSet<PictureHash>,
) -> Result<Vec<PictureHash>, LedgerError> {
    let mut missing = Vec::new();
    for hash in wanted {
        if stored_bytes(tx, &hash.to_string()).await?.is_none() {
            missing.push(*hash);
        }
    }
    Ok(missing)
}

/// Whether any attachment of an entry (by id) is not stored.
pub(super) async fn are_missing(tx: &DatabaseTransaction, entry: &str) -> Result<bool, LedgerError> {
    let expected =
        entry_picture::Entity::find().filter(entry_picture::Column::Entry.eq(entry)).all(tx).await?;
    for one in expected {
        if stored_bytes(tx, &one.picture).await?.is_none() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The rows of entries that refer to an attachment.
pub(super) async fn expecting(
    tx: &DatabaseTransaction,
    hash: &str,
) -> Result<Vec<entry_picture::Model>, LedgerError> {
    Ok(entry_picture::Entity::find().filter(entry_picture::Column::Picture.eq(hash)).all(tx).await?)
}

/// Size of a stored attachment, bytes; `None` when it is not stored.
pub(super) async fn stored_bytes<C: ConnectionTrait>(db: &C, hash: &str) -> Result<Option<i64>, LedgerError> {
    Ok(picture::Entity::find_by_id(hash.to_owned()).one(db).await?.map(|row| row.bytes))
}

/// Forgets what these entries refer to.
pub(super) async fn forget(tx: &DatabaseTransaction, entries: &[Entry]) -> Result<(), LedgerError> {
    let ids: Vec<String> = entries.iter().map(|e| e.id.to_string()).collect();
    entry_picture::Entity::delete_many().filter(entry_picture::Column::Entry.is_in(ids)).exec(tx).await?;
    Ok(())
}

/// Forgets those of `hashes` that no entry and no roster row refers to any more, and gives them.
pub(super) async fn forget_unreferenced(
    tx: &DatabaseTransaction,
    hashes: BTreeSet<PictureHash>,
) -> Result<Vec<PictureHash>, LedgerError> {
    let mut unreferenced = Vec::new();
    for hash in hashes {
        let text = hash.to_string();
        let by_entry =
            entry_picture::Entity::find().filter(entry_picture::Column::Picture.eq(&text)).one(tx).await?;
        let by_roster =
            student::Entity::find().filter(student::Column::AdmissionPhoto.eq(text.as_str())).one(tx).await?;
        if by_entry.is_none() && by_roster.is_none() {
            picture::Entity::delete_by_id(text).exec(tx).await?;
            unreferenced.push(hash);
        }
    }
    Ok(unreferenced)
}
