//! The one door: whatever happened here becomes an entry, its pictures and its projection in one commit.

use crate::error::{Named, StoreError, row};
use crate::picture::{self, PictureIn};
use crate::{Store, identity, meta, projection, time};
use collection::{Enrolment, EnrolmentId, Entry, EntryId, Hlc, Kind, SignedEntry, StaffId, TaskId, Versions};
use rusqlite::{Connection, OptionalExtension, Transaction};
use uuid::Uuid;

/// What happened, without what the store adds: id, device, sequence, clock, signature.
#[derive(Clone, Debug, PartialEq)]
pub struct EntryDraft {
    /// The entry it acts on.
    pub about: Option<EntryId>,
    /// Whose enrolment.
    pub enrolment: EnrolmentId,
    /// Which task.
    pub task: TaskId,
    /// Version of the task whose settings judged this.
    pub task_version: u32,
    /// What happened.
    pub kind: Kind,
}

pub(crate) const LAST_SEQUENCE: &str = "last_sequence";

/// One row of the journal on its way in.
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

/// Follows a reading that the server wrote, as far as it is not further ahead than any clock may be.
pub(crate) fn hear(tx: &Transaction<'_>, other: Hlc) -> Result<(), StoreError> {
    let now = time::now(tx)?;
    witness(tx, clock(tx)?.seen(other, now.millis))
}

/// The greater of the clock's last reading and this one: for readings of our own.
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

/// All entries of an enrolment, in the order in which they came in.
pub(crate) fn entries(db: &Connection, enrolment: EnrolmentId) -> Result<Vec<Entry>, StoreError> {
    let object = format!("the journal of enrolment {enrolment}");
    let rows: Vec<SignedEntry> = db
        .prepare_cached("SELECT bytes, signature FROM entry WHERE enrolment = ?1 ORDER BY rowid")
        .and_then(|mut s| {
            let rows = s.query_map([enrolment.as_bytes()], |r| {
                Ok(SignedEntry { bytes: r.get(0)?, signature: r.get(1)? })
            })?;
            rows.collect()
        })
        .named(&object)?;
    rows.iter().map(|signed| signed.read().map_err(|e| row(&object, &e))).collect()
}

/// The settings of every version of a task that was ever in force here.
pub(crate) fn versions(db: &Connection, task: &str) -> Result<Versions, StoreError> {
    let object = format!("the versions of task {task}");
    let rows: Vec<(u32, String)> = db
        .prepare_cached("SELECT version, settings FROM task_version WHERE task = ?1")
        .and_then(|mut s| s.query_map([task], |r| Ok((r.get(0)?, r.get(1)?)))?.collect())
        .named(&object)?;
    let parsed: Result<Vec<_>, _> =
        rows.into_iter().map(|(v, s)| serde_json::from_str(&s).map(|s| (v, s))).collect();
    let staff: Vec<String> = db
        .prepare_cached("SELECT id FROM staff_known")
        .and_then(|mut s| s.query_map([], |r| r.get(0))?.collect())
        .named("the staff that were ever told")?;
    let staff = staff.into_iter().filter_map(|id| StaffId::new(id).ok());
    Ok(Versions::new(parsed.map_err(|e| row(&object, &e))?).with_staff(staff))
}

/// The fold of an enrolment's entries.
pub(crate) fn fold(db: &Connection, id: EnrolmentId) -> Result<Enrolment, StoreError> {
    let entries = entries(db, id)?;
    let versions = match task_of(db, id)? {
        Some(task) => versions(db, task.as_str())?.at_task(task),
        None => Versions::default(),
    };
    Ok(collection::fold(id, &entries, &versions))
}

/// The task of an enrolment: the roster's word, or that of the first entry of a student on no roster.
pub(crate) fn task_of(db: &Connection, id: EnrolmentId) -> Result<Option<TaskId>, StoreError> {
    let object = format!("the task of enrolment {id}");
    let ask = |sql: &str| -> Result<Option<String>, StoreError> {
        db.prepare_cached(sql)
            .and_then(|mut s| s.query_row([id.as_bytes()], |r| r.get(0)).optional())
            .named(&object)
    };
    let told = match ask("SELECT task FROM roster WHERE enrolment = ?1")? {
        Some(task) => Some(task),
        None => ask("SELECT task FROM entry WHERE enrolment = ?1 ORDER BY rowid LIMIT 1")?,
    };
    Ok(told.and_then(|task| TaskId::new(task).ok()))
}

impl Store {
    /// Writes down what happened: gives it an id, this device's next sequence and the clock's next reading, signs it, and makes
    /// entry, pictures and projection durable in one transaction. When this returns `Ok` a power cut takes nothing away.
    ///
    /// # Errors
    /// [`StoreError::NotEnrolled`] before the kiosk is a device; [`StoreError::PictureMissing`] when the entry refers to a
    /// picture or a record that is neither given nor stored; [`StoreError::Full`], [`StoreError::Damaged`]. On an error nothing happened.
    pub fn append(&self, draft: EntryDraft, pictures: &[PictureIn<'_>]) -> Result<Entry, StoreError> {
        self.write("the entry", |tx| {
            let device = identity::identity(tx)?.ok_or(StoreError::NotEnrolled)?.device;
            let sequence = meta::number(tx, LAST_SEQUENCE)? + 1;
            let now = time::now(tx)?;
            let (clock, doubtful) = (clock(tx)?.next(now.millis), now.doubtful);
            let EntryDraft { about, enrolment, task, task_version, kind } = draft;
            let id = EntryId(Uuid::now_v7());
            let entry =
                Entry { id, about, enrolment, task, task_version, device, sequence, clock, doubtful, kind };
            let signed = SignedEntry::sign(&entry, &self.0.signer)?;
            for given in pictures {
                picture::insert(tx, sequence, *given)?;
            }
            for hash in entry.kind.beside() {
                picture::refer(tx, sequence, hash)?;
            }
            take_sequence(tx, sequence)?;
            witness(tx, clock)?;
            insert(tx, &Row { entry: &entry, signed: &signed, own: true, accepted: false })?;
            Ok(entry)
        })
    }

    /// The state of an enrolment: the fold of its entries. Of one without entries the empty state.
    ///
    /// # Errors
    /// When its entries cannot be read.
    pub fn enrolment(&self, id: EnrolmentId) -> Result<Enrolment, StoreError> {
        self.read(|db| fold(db, id))
    }

    /// The entries of an enrolment, in the order in which they came in.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn entries(&self, id: EnrolmentId) -> Result<Vec<Entry>, StoreError> {
        self.read(|db| entries(db, id))
    }

    /// What happened at this kiosk at or after this reading of its clock (milliseconds since 1970), newest first.
    ///
    /// # Errors
    /// When the entries cannot be read.
    pub fn own_entries_since(&self, millis: u64) -> Result<Vec<Entry>, StoreError> {
        let object = "the day's entries";
        self.read(|db| {
            let mut statement = db
                .prepare_cached("SELECT bytes, signature FROM entry WHERE own = 1 ORDER BY sequence DESC")
                .named(object)?;
            let mut rows = statement.query([]).named(object)?;
            let mut found = Vec::new();
            while let Some(r) = rows.next().named(object)? {
                let signed =
                    SignedEntry { bytes: r.get(0).named(object)?, signature: r.get(1).named(object)? };
                let entry = signed.read().map_err(|e| row(object, &e))?;
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
            signed.map(|s| s.read().map_err(|e| row(&object, &e))).transpose()
        })
    }
}
