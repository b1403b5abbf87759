//! Rows of the journal: written once, never changed. Everything that reads or writes the table `entry` is here.

use super::error::LedgerError;
use super::tables::entry;
use collection::{CENTRAL, EnrolmentId, Entry, Hlc, SignedEntry, TaskId};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect, Select,
};

/// Rows read in one step by what goes through the whole journal.
const STEP: u64 = 1000;

/// A sequence number as the table holds it.
pub(super) fn stored_sequence(entry: &Entry) -> i64 {
    i64::try_from(entry.sequence).unwrap_or(i64::MAX)
}

/// The entry of a row; `None` when its bytes can no longer be read. They could be read when they came in: what such a row said
/// is lost, the others still count.
fn read(row: entry::Model) -> Option<Entry> {
    SignedEntry { bytes: row.bytes, signature: row.signature }.read().ok()
}

async fn read_all<C: ConnectionTrait>(
    db: &C,
    query: Select<entry::Entity>,
) -> Result<Vec<Entry>, LedgerError> {
    let rows = query.order_by_asc(entry::Column::Position).all(db).await?;
    Ok(rows.into_iter().filter_map(read).collect())
}

/// Writes the row of an entry, a kiosk's or the server's own.
pub(super) async fn insert(
    tx: &DatabaseTransaction,
    entry: &Entry,
    signed: &SignedEntry,
    now_millis: i64,
) -> Result<(), LedgerError> {
    let row = entry::ActiveModel {
        id: Set(entry.id.to_string()),
        device: Set(entry.device.as_str().to_owned()),
        sequence: Set(stored_sequence(entry)),
        enrolment: Set(entry.enrolment.to_string()),
        clock_millis: Set(i64::try_from(entry.clock.millis).unwrap_or(i64::MAX)),
        received_millis: Set(now_millis),
        bytes: Set(signed.bytes.clone()),
        signature: Set(signed.signature.clone()),
        ..Default::default()
    };
    entry::Entity::insert(row).exec(tx).await?;
    Ok(())
}

/// The signed bytes that are stored under the id of `entry`.
pub(super) async fn stored_bytes(
    tx: &DatabaseTransaction,
    entry: &Entry,
) -> Result<Option<Vec<u8>>, LedgerError> {
    let id = entry::Column::Id.eq(entry.id.to_string());
    Ok(entry::Entity::find().filter(id).one(tx).await?.map(|row| row.bytes))
}

/// Whether an entry of the same device has the sequence number of `entry`.
pub(super) async fn is_sequence_taken(tx: &DatabaseTransaction, entry: &Entry) -> Result<bool, LedgerError> {
    let row = entry::Entity::find()
        .filter(entry::Column::Device.eq(entry.device.as_str()))
        .filter(entry::Column::Sequence.eq(stored_sequence(entry)))
        .one(tx)
        .await?;
    Ok(row.is_some())
}

/// An enrolment's entries, in the order of arrival.
pub(super) async fn of_enrolment<C: ConnectionTrait>(
    db: &C,
    id: EnrolmentId,
) -> Result<Vec<Entry>, LedgerError> {
    read_all(db, entry::Entity::find().filter(entry::Column::Enrolment.eq(id.to_string()))).await
}

/// The whole journal, in the order of arrival.
pub(super) async fn all<C: ConnectionTrait>(db: &C) -> Result<Vec<Entry>, LedgerError> {
    read_all(db, entry::Entity::find()).await
}

/// Whether any entry is of this task. Reads the journal, in steps, up to the first that is.
pub(super) async fn is_any_of_task<C: ConnectionTrait>(db: &C, task: &TaskId) -> Result<bool, LedgerError> {
    let mut last = 0;
    loop {
        let step = entry::Entity::find().filter(entry::Column::Position.gt(last));
        let rows = step.order_by_asc(entry::Column::Position).limit(STEP).all(db).await?;
        let Some(newest) = rows.last() else { return Ok(false) };
        last = newest.position;
        if rows.into_iter().filter_map(read).any(|entry| entry.task == *task) {
            return Ok(true);
        }
    }
}

/// The server's own entries about an enrolment.
pub(super) async fn by_server(tx: &DatabaseTransaction, id: EnrolmentId) -> Result<Vec<Entry>, LedgerError> {
    let of_enrolment = entry::Entity::find().filter(entry::Column::Enrolment.eq(id.to_string()));
    read_all(tx, of_enrolment.filter(entry::Column::Device.eq(CENTRAL))).await
}

/// Up to `limit` rows of a device after a sequence number, in the order of their numbers: sequence and id.
pub(super) async fn sequences_after(
    tx: &DatabaseTransaction,
    device: &str,
    sequence: i64,
    limit: u64,
) -> Result<Vec<(i64, String)>, LedgerError> {
    let rows = entry::Entity::find()
        .filter(entry::Column::Device.eq(device))
        .filter(entry::Column::Sequence.gt(sequence))
        .order_by_asc(entry::Column::Sequence)
        .limit(limit)
        .all(tx)
        .await?;
    Ok(rows.into_iter().map(|row| (row.sequence, row.id)).collect())
}

/// The highest sequence number received from a device; 0 when there is none.
pub(super) async fn highest_sequence<C: ConnectionTrait>(db: &C, device: &str) -> Result<i64, LedgerError> {
    let last = entry::Entity::find()
        .filter(entry::Column::Device.eq(device))
        .order_by_desc(entry::Column::Sequence)
        .one(db)
        .await?;
    Ok(last.map_or(0, |row| row.sequence))
}

/// The newest clock reading in an enrolment's journal that is not later than `bound` (Unix milliseconds).
pub(super) async fn newest_clock(
    tx: &DatabaseTransaction,
    id: EnrolmentId,
    bound: i64,
) -> Result<Hlc, LedgerError> {
    let rows = entry::Entity::find()
        .filter(entry::Column::Enrolment.eq(id.to_string()))
        .filter(entry::Column::ClockMillis.lte(bound))
        .order_by_desc(entry::Column::ClockMillis)
        .all(tx)
        .await?;
    let newest = rows.first().map(|row| row.clock_millis);
    let tied = rows.into_iter().take_while(|row| Some(row.clock_millis) == newest);
    Ok(tied.filter_map(read).map(|entry| entry.clock).max().unwrap_or_default())
}
