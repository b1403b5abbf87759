//! The server's own word about a submission: an entry in the same journal, signed by the server, and a change for the kiosks.

use super::super::feed::{self, Announcement};
use super::super::table::{entry, submission, task};
use super::super::{LedgerError, journal, sequence};
use collection::{
    CENTRAL, DeviceId, EnrolmentId, Entry, EntryId, Hlc, Kind, MAX_AHEAD_MILLIS, SignedEntry, Signer, TaskId,
};
use protocol::Change;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder};

/// What the server's word is about.
pub(in super::super) struct Place {
    pub enrolment: EnrolmentId,
    pub task: TaskId,
    /// Judged by this version where the task itself is gone.
    pub task_version: u32,
    pub about: EntryId,
}

/// Writes `kind` about a submission into the journal and the feed.
pub(super) async fn say(
    tx: &DatabaseTransaction,
    signer: &Signer,
    about: &submission::Model,
    kind: Kind,
    now: i64,
) -> Result<EntryId, LedgerError> {
    let bad = |e: &dyn std::fmt::Display| LedgerError::Row { table: "submission", reason: e.to_string() };
    let place = Place {
        enrolment: EnrolmentId::parse(&about.enrolment).map_err(|e| bad(&e))?,
        task: TaskId::new(about.task.clone()).map_err(|e| bad(&e))?,
        task_version: u32::try_from(about.task_version).unwrap_or(0),
        about: EntryId(uuid::Uuid::parse_str(&about.entry).map_err(|e| bad(&e))?),
    };
    write(tx, signer, place, Some(about.school_code.clone()), kind, now).await
}

/// Writes `kind` into the journal and into the feed of the task's school.
pub(in super::super) async fn write(
    tx: &DatabaseTransaction,
    signer: &Signer,
    place: Place,
    school_code: Option<String>,
    kind: Kind,
    now: i64,
) -> Result<EntryId, LedgerError> {
    let current = task::Entity::find_by_id(place.task.as_str().to_owned()).one(tx).await?;
    let school_code = school_code.or_else(|| current.as_ref().map(|t| t.school_code.clone()));
    let version = current.and_then(|t| u32::try_from(t.version).ok()).unwrap_or(place.task_version);
    let sequence = sequence::take(tx, sequence::SEQUENCE, 1).await?;
    let now_millis = u64::try_from(now).unwrap_or(0);
    let entry = Entry {
        id: EntryId(uuid::Uuid::now_v7()),
        about: Some(place.about),
        enrolment: place.enrolment,
        task: place.task,
        task_version: version,
        device: DeviceId::new(CENTRAL)
            .map_err(|e| LedgerError::Row { table: "entry", reason: e.to_string() })?,
        sequence: u64::try_from(sequence).unwrap_or(0),
        clock: newest_clock(tx, &place.enrolment.to_string(), now_millis).await?.next(now_millis),
        doubtful: false,
        kind,
    };
    let signed = SignedEntry::sign(&entry, signer)?;
    journal::insert(tx, &entry, &signed, now).await?;
    let told = Announcement {
        subject: format!("entry:{}", entry.id),
        school_code,
        change: Change::Entry(signed.into()),
    };
    feed::announce(tx, vec![told]).await?;
    Ok(entry.id)
}

/// The newest reading in this student's journal that no broken clock wrote: what the server says comes after everything it has
/// heard, and what it says about an entry from the far future stands after that entry by `about`.
async fn newest_clock(tx: &DatabaseTransaction, enrolment: &str, now: u64) -> Result<Hlc, LedgerError> {
    let bound = i64::try_from(now.saturating_add(MAX_AHEAD_MILLIS)).unwrap_or(i64::MAX);
    let rows = entry::Entity::find()
        .filter(entry::Column::Enrolment.eq(enrolment))
        .filter(entry::Column::ClockMillis.lte(bound))
        .order_by_desc(entry::Column::ClockMillis)
        .all(tx)
        .await?;
    let newest = rows.first().map(|row| row.clock_millis);
    let tied = rows.into_iter().take_while(|row| Some(row.clock_millis) == newest);
    let clocks =
        tied.filter_map(|row| SignedEntry { bytes: row.bytes, signature: row.signature }.read().ok());
    Ok(clocks.map(|e| e.clock).max().unwrap_or_default())
}
