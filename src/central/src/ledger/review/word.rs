//! The server's own word about a submission: an entry in the same journal, signed by the server, and a change for the kiosks.

use super::super::feed::{self, Announcement};
use super::super::table::{entry, submission, task};
use super::super::{LedgerError, journal, sequence};
use collection::{CENTRAL, DeviceId, EnrolmentId, Entry, EntryId, Hlc, Kind, SignedEntry, Signer, TaskId};
use protocol::Change;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder};

/// Writes `kind` about a submission into the journal and the feed.
pub(super) async fn say(
    tx: &DatabaseTransaction,
    signer: &Signer,
    about: &submission::Model,
    kind: Kind,
    now: i64,
) -> Result<EntryId, LedgerError> {
    let entry = entry_about(tx, about, kind, now).await?;
    let signed = SignedEntry::sign(&entry, signer)?;
    journal::insert(tx, &entry, &signed, now).await?;
    let told = Announcement {
        subject: format!("entry:{}", entry.id),
        school_code: Some(about.school_code.clone()),
        change: Change::Entry(signed.into()),
    };
    feed::announce(tx, vec![told]).await?;
    Ok(entry.id)
}

async fn entry_about(
    tx: &DatabaseTransaction,
    about: &submission::Model,
    kind: Kind,
    now: i64,
) -> Result<Entry, LedgerError> {
    let bad = |e: &dyn std::fmt::Display| LedgerError::Row { table: "submission", reason: e.to_string() };
    let current = task::Entity::find_by_id(about.task.clone()).one(tx).await?;
    let version = current.map_or(about.task_version, |t| t.version);
    let sequence = sequence::take(tx, sequence::SEQUENCE, 1).await?;
    Ok(Entry {
        id: EntryId(uuid::Uuid::now_v7()),
        about: Some(EntryId(uuid::Uuid::parse_str(&about.entry).map_err(|e| bad(&e))?)),
        enrolment: EnrolmentId::parse(&about.enrolment).map_err(|e| bad(&e))?,
        task: TaskId::new(about.task.clone()).map_err(|e| bad(&e))?,
        task_version: u32::try_from(version).unwrap_or(0),
        device: DeviceId::new(CENTRAL).map_err(|e| bad(&e))?,
        sequence: u64::try_from(sequence).unwrap_or(0),
        clock: newest_clock(tx, &about.enrolment).await?.next(u64::try_from(now).unwrap_or(0)),
        doubtful: false,
        kind,
    })
}

/// The newest reading in this student's journal: what the server says comes after everything it has heard.
async fn newest_clock(tx: &DatabaseTransaction, enrolment: &str) -> Result<Hlc, LedgerError> {
    let rows = entry::Entity::find()
        .filter(entry::Column::Enrolment.eq(enrolment))
        .order_by_desc(entry::Column::ClockMillis)
        .all(tx)
        .await?;
    let newest = rows.first().map(|row| row.clock_millis);
    let tied = rows.into_iter().take_while(|row| Some(row.clock_millis) == newest);
    let clocks =
        tied.filter_map(|row| SignedEntry { bytes: row.bytes, signature: row.signature }.read().ok());
    Ok(clocks.map(|e| e.clock).max().unwrap_or_default())
}
