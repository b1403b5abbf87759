//! Appends to the journal: an event at this kiosk becomes an entry, its attachments and its projection in one commit.

use crate::error::{Named, StoreError, row};
use crate::picture::{self, PictureIn};
use crate::{Store, entry_rows, identity, meta, projection, time};
use collection::{Enrolment, EnrolmentId, Entry, EntryId, Hlc, Kind, SignedEntry, Signer, TaskId};
use rusqlite::{Connection, OptionalExtension, Transaction};
use uuid::Uuid;

/// An event without what the store adds: id, device, sequence, clock, signature.
#[derive(Clone, Debug, PartialEq)]
pub struct EntryDraft {
    /// The entry it acts on.
    pub about: Option<EntryId>,
    /// The enrolment.
    pub enrolment: EnrolmentId,
    /// The task.
    pub task: TaskId,
    /// Version of the task by whose settings this was decided.
    pub task_version: u32,
    /// The event.
    pub kind: Kind,
}

/// A draft with the id that its entry will have, so that another draft of the same transaction can be about it.
#[derive(Clone)]
pub struct NewEntry<'a> {
    id: EntryId,
    draft: EntryDraft,
    pictures: &'a [PictureIn<'a>],
}

impl<'a> NewEntry<'a> {
    /// A draft with its attachments, under a new id.
    #[must_use]
    pub fn new(draft: EntryDraft, pictures: &'a [PictureIn<'a>]) -> Self {
        NewEntry { id: EntryId(Uuid::now_v7()), draft, pictures }
    }

    /// The id of the entry to be.
    #[must_use]
    pub fn id(&self) -> EntryId {
        self.id
    }
}

pub(crate) const LAST_SEQUENCE: &str = "last_sequence";

/// A row of the journal that is to be inserted.
pub(crate) struct Row<'a> {
    pub entry: &'a Entry,
    pub signed: &'a SignedEntry,
    pub own: bool,
    pub accepted: bool,
}

/// Writes a row and the projection of its enrolment.
pub(crate) fn insert(tx: &Transaction<'_>, row: &Row<'_>) -> Result<(), StoreError> {
    let Row { entry, signed, own, accepted } = *row;
    let object = format!("entry {}", entry.id);
    tx.prepare_cached(
        "INSERT INTO entry (id, device, sequence, own, enrolment, task, bytes, signature, accepted)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )
    .and_then(|mut s| {
        s.execute((
            entry.id.0.as_bytes(),
            entry.device.as_str(),
            meta::to_sql(entry.sequence),
            own,
            entry.enrolment.as_bytes(),
            entry.task.as_str(),
            &signed.bytes,
            &signed.signature,
            accepted,
        ))
    })
    .named(&object)?;
    projection::renew(tx, entry.enrolment)
}

/// Advances the clock to a reading of the server, as far as it is not further ahead than a clock may be.
pub(crate) fn hear(tx: &Transaction<'_>, other: Hlc) -> Result<(), StoreError> {
    let now = time::now(tx)?;
    witness(tx, clock(tx)?.seen(other, now.millis))
}

/// Advances the clock to a reading of this device.
pub(crate) fn witness(tx: &Transaction<'_>, seen: Hlc) -> Result<(), StoreError> {
    if seen > clock(tx)? {
        meta::put(tx, "hlc_millis", meta::to_sql(seen.millis))?;
        meta::put(tx, "hlc_counter", i64::from(seen.counter))?;
    }
    Ok(())
}

/// Notes that a sequence of this device is taken.
pub(crate) fn take_sequence(tx: &Transaction<'_>, sequence: u64) -> Result<(), StoreError> {
    if sequence > meta::number(tx, LAST_SEQUENCE)? {
        meta::put(tx, LAST_SEQUENCE, meta::to_sql(sequence))?;
    }
    Ok(())
}

fn clock(db: &Connection) -> Result<Hlc, StoreError> {
    let counter = u32::try_from(meta::number(db, "hlc_counter")?).unwrap_or(u32::MAX);
    Ok(Hlc { millis: meta::number(db, "hlc_millis")?, counter })
}

/// Writes one entry of this device within a transaction.
fn write(tx: &Transaction<'_>, signer: &Signer, new: NewEntry<'_>) -> Result<Entry, StoreError> {
    let device = identity::identity(tx)?.ok_or(StoreError::NotEnrolled)?.device;
    let sequence = meta::number(tx, LAST_SEQUENCE)? + 1;
    let now = time::now(tx)?;
    let (clock, doubtful) = (clock(tx)?.next(now.millis), now.doubtful);
    let NewEntry { id, draft, pictures } = new;
    let EntryDraft { about, enrolment, task, task_version, kind } = draft;
    let entry = Entry { id, about, enrolment, task, task_version, device, sequence, clock, doubtful, kind };
    let signed = SignedEntry::sign(&entry, signer).map_err(|e| StoreError::NotSigned { fault: e.into() })?;
    for given in pictures {
        picture::insert(tx, sequence, *given)?;
    }
    for hash in entry.kind.attachments() {
        picture::refer(tx, sequence, hash)?;
    }
    take_sequence(tx, sequence)?;
    witness(tx, clock)?;
    insert(tx, &Row { entry: &entry, signed: &signed, own: true, accepted: false })?;
    Ok(entry)
}

impl Store {
    /// Writes an entry: gives it an id, this device's next sequence and the clock's next reading, signs it, and makes entry,
    /// attachments and projection durable in one transaction. When this returns `Ok`, nothing of it is lost in a power cut.
    ///
    /// # Errors
    /// [`StoreError::NotEnrolled`] before the kiosk is a device; [`StoreError::PictureMissing`] when the entry refers to a
    /// picture or a record that is neither given nor stored; [`StoreError::Full`], [`StoreError::Damaged`]. On an error nothing was written.
    pub fn append(&self, draft: EntryDraft, pictures: &[PictureIn<'_>]) -> Result<Entry, StoreError> {
        self.write("the entry", |tx| write(tx, &self.0.signer, NewEntry::new(draft, pictures)))
    }

    /// Writes entries that mean something only together, as [`Store::append`] writes one: in this order, in one transaction, all
    /// of them or none. A later one may be about an earlier one by its id.
    ///
    /// # Errors
    /// As [`Store::append`]. On an error nothing of any of them was written.
    pub fn append_all(&self, entries: Vec<NewEntry<'_>>) -> Result<Vec<Entry>, StoreError> {
        self.write("the entries", |tx| {
            entries.into_iter().map(|new| write(tx, &self.0.signer, new)).collect()
        })
    }

    /// The state of an enrolment: the fold of its entries. The empty state for one without entries.
    ///
    /// # Errors
    /// When its entries cannot be read.
    pub fn enrolment(&self, id: EnrolmentId) -> Result<Enrolment, StoreError> {
        self.read(|db| entry_rows::fold(db, id))
    }

    /// The entries of an enrolment, in order of arrival.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn entries(&self, id: EnrolmentId) -> Result<Vec<Entry>, StoreError> {
        self.read(|db| entry_rows::entries(db, id))
    }

    /// Entries of this kiosk at or after this reading of its clock (milliseconds since 1970), newest first.
    ///
    /// # Errors
    /// When the entries cannot be read.
    pub fn own_entries_since(&self, millis: u64) -> Result<Vec<Entry>, StoreError> {
        let object = "the day's entries";
        self.read(|db| {
            let mut statement = db
                .prepare_cached(
                    "SELECT rowid, bytes, signature FROM entry WHERE own = 1 ORDER BY sequence DESC",
                )
                .named(object)?;
            let mut rows = statement.query([]).named(object)?;
            let mut found = Vec::new();
            while let Some(r) = rows.next().named(object)? {
                let id: i64 = r.get(0).named(object)?;
                let signed =
                    SignedEntry { bytes: r.get(1).named(object)?, signature: r.get(2).named(object)? };
                let entry =
                    signed.read().map_err(|e| row(format!("{object}, row {id} of table entry"), e))?;
                // The clock of one device never goes back, so nothing older follows.
                if entry.clock.millis < millis {
                    break;
                }
                found.push(entry);
            }
            Ok(found)
        })
    }

    /// One entry by its id.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn entry(&self, id: EntryId) -> Result<Option<Entry>, StoreError> {
        let object = format!("entry {id}");
        self.read(|db| {
            let signed = db
                .prepare_cached("SELECT bytes, signature FROM entry WHERE id = ?1")
                .and_then(|mut s| {
                    let read =
                        |r: &rusqlite::Row<'_>| Ok(SignedEntry { bytes: r.get(0)?, signature: r.get(1)? });
                    s.query_row([id.0.as_bytes()], read).optional()
                })
                .named(&object)?;
            signed.map(|s| s.read().map_err(|e| row(&object, e))).transpose()
        })
    }
}
