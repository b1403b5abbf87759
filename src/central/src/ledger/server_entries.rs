//! Entries that the server itself writes: into the journal, signed by the server, and into the feed for the kiosks.

use super::enrolment_fold::FoldedEnrolment;
use super::error::LedgerError;
use super::feed::{self, Announcement};
use super::tables::{submission, task};
use super::{counters, entry_rows};
use collection::{
    CENTRAL, DeviceId, EnrolmentId, Entry, EntryId, Hlc, Kind, MAX_AHEAD_MILLIS, SignedEntry, Signer, TaskId,
};
use protocol::Change;
use sea_orm::{DatabaseTransaction, EntityTrait};

/// What a server entry is about.
pub(super) struct EntryContext {
    pub enrolment: EnrolmentId,
    pub task: TaskId,
    /// The entry's task version where the task itself is gone.
    pub task_version: u32,
    pub about: EntryId,
    /// Whose kiosks get the entry; `None`: those of the task's school.
    pub school_code: Option<String>,
}

impl EntryContext {
    /// An entry of this enrolment.
    pub fn of_enrolment(folded: &FoldedEnrolment, about: EntryId) -> EntryContext {
        EntryContext {
            enrolment: folded.id,
            task: folded.task.clone(),
            task_version: folded.task_version,
            about,
            school_code: None,
        }
    }

    /// A submission.
    pub fn of_submission(row: &submission::Model) -> Result<EntryContext, LedgerError> {
        let wrong = |e: &dyn std::fmt::Display| LedgerError::row("submission", e);
        Ok(EntryContext {
            enrolment: EnrolmentId::parse(&row.enrolment).map_err(|e| wrong(&e))?,
            task: TaskId::new(row.task.clone()).map_err(|e| wrong(&e))?,
            task_version: u32::try_from(row.task_version).unwrap_or(0),
            about: EntryId(uuid::Uuid::parse_str(&row.entry).map_err(|e| wrong(&e))?),
            school_code: Some(row.school_code.clone()),
        })
    }
}

/// Writes an entry of the server and announces it to the kiosks. Gives its id.
pub(super) async fn append_server_entry(
    tx: &DatabaseTransaction,
    signer: &Signer,
    context: EntryContext,
    kind: Kind,
    now: i64,
) -> Result<EntryId, LedgerError> {
    let current = task::Entity::find_by_id(context.task.as_str().to_owned()).one(tx).await?;
    let school_code = context.school_code.or_else(|| current.as_ref().map(|t| t.school_code.clone()));
    let version = current.and_then(|t| u32::try_from(t.version).ok()).unwrap_or(context.task_version);
    let sequence = counters::take(tx, counters::SEQUENCE, 1).await?;
    let now_millis = u64::try_from(now).unwrap_or(0);
    let entry = Entry {
        id: EntryId(uuid::Uuid::now_v7()),
        about: Some(context.about),
        enrolment: context.enrolment,
        task: context.task,
        task_version: version,
        device: DeviceId::new(CENTRAL).map_err(|e| LedgerError::row("entry", &e))?,
        sequence: u64::try_from(sequence).unwrap_or(0),
        clock: newest_clock(tx, context.enrolment, now_millis).await?.next(now_millis),
        doubtful: false,
        kind,
    };
    let signed = SignedEntry::sign(&entry, signer)?;
    entry_rows::insert(tx, &entry, &signed, now).await?;
    let announcement = Announcement {
        subject: format!("entry:{}", entry.id),
        school_code,
        change: Change::Entry(signed.into()),
    };
    feed::announce(tx, vec![announcement]).await?;
    Ok(entry.id)
}

/// The newest reading in this enrolment's journal that no broken clock wrote: a server entry comes after everything that the
/// server has received, and one about an entry from the far future stands after that entry by `about`.
async fn newest_clock(tx: &DatabaseTransaction, id: EnrolmentId, now: u64) -> Result<Hlc, LedgerError> {
    let bound = i64::try_from(now.saturating_add(MAX_AHEAD_MILLIS)).unwrap_or(i64::MAX);
    entry_rows::newest_clock(tx, id, bound).await
}
