//! What the server does not have yet, oldest first, and what it said about what it was given.
//!
//! A damaged page must not stop the rest. What waits is found in indices alone, and every row is then read in a call of its own,
//! because SQLCipher refuses everything on a connection that has met damage. A write that meets damage is repeated without the rows
//! that cannot be read.

use crate::error::{Named, StoreError};
use crate::{PictureRole, Store, entry_rows, identity, meta, projection};
use collection::{EnrolmentId, EntryId, PictureHash, SignedEntry};
use protocol::{Accepted, WireEntry};
use rusqlite::{Connection, OptionalExtension, Transaction};
use sentences::Code;
use std::collections::BTreeSet;
use uuid::Uuid;

/// An entry that the server has not taken yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingEntry {
    /// Its id.
    pub id: EntryId,
    /// Its number on this device.
    pub sequence: u64,
    /// Its bytes and signature, verbatim.
    pub wire: WireEntry,
}

/// A picture that the server has not whole yet. Its entry is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingPicture {
    /// Its name.
    pub hash: PictureHash,
    /// What it is.
    pub role: PictureRole,
    /// Its size, bytes; 0 when its row cannot be read, which reading the picture then says.
    pub length: u64,
    /// Number of the newest entry that refers to it: a submission's rather than its production's.
    pub sequence: u64,
}

/// An entry that the server refused. It is kept, reported to staff, and does not count as waiting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusedEntry {
    /// Its id.
    pub id: EntryId,
    /// Its number on this device.
    pub sequence: u64,
    /// The sentence that says why.
    pub code: Code,
}

/// How much waits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Queue {
    /// Entries that the server has not taken.
    pub entries: u64,
    /// Pictures that the server does not have whole.
    pub pictures: u64,
    /// Entries that the server refused.
    pub refused: u64,
}

impl Queue {
    /// Whether the server has everything.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries == 0 && self.pictures == 0
    }
}

const DURABLE: &str = "durable_sequence";

/// Forgets what the server took: it was restored and may have lost any of it. What it still has it will say. Pictures keep their
/// mark until their entry is accepted again, which asks for those that are missing; so no picture is read, damaged ones included.
pub(crate) fn start_over(tx: &Transaction<'_>) -> Result<(), StoreError> {
    tx.execute("UPDATE entry SET accepted = 0, refused = NULL WHERE own = 1", []).named("the queue")?;
    meta::put(tx, DURABLE, 0)?;
    projection::renew_where(tx, "SELECT DISTINCT enrolment FROM entry WHERE own = 1 AND ?1 = ?1", "")
}

/// Row numbers and sequences of this kiosk's entries that the server has not taken, oldest first. Read from the index alone.
const ENTRIES: &str = "SELECT rowid, sequence FROM entry INDEXED BY entry_pending
    WHERE own = 1 AND accepted = 0 ORDER BY sequence";

/// Pictures that the server does not have whole and whose entry it has, in the order of their entries. Read from indices alone.
const PICTURES: &str = "SELECT p.hash, max(ep.sequence), min(ep.sequence) AS first
    FROM picture p INDEXED BY picture_pending CROSS JOIN entry_picture ep ON ep.picture = p.hash
    WHERE p.uploaded = 0 AND NOT EXISTS (SELECT 1 FROM entry e INDEXED BY entry_pending
        WHERE e.own = 1 AND e.accepted = 0 AND e.sequence = ep.sequence)
    GROUP BY p.hash ORDER BY first LIMIT ?1";

/// More pictures than an entry has, so that the smaller ones of the last entry in a list come first as well.
const PICTURES_OF_AN_ENTRY: usize = 8;

/// An entry's row in the queue.
struct EntryRow {
    pending: PendingEntry,
    refused: Option<String>,
}

fn waiting_rows(db: &Connection) -> Result<Vec<(i64, u64)>, StoreError> {
    db.prepare_cached(ENTRIES)
        .and_then(|mut s| s.query_map([], |r| Ok((r.get(0)?, meta::from_sql(r.get(1)?))))?.collect())
        .named("the queue")
}

fn entry_row(db: &Connection, row: i64) -> Result<EntryRow, StoreError> {
    db.prepare_cached("SELECT id, sequence, bytes, signature, refused FROM entry WHERE rowid = ?1")
        .and_then(|mut s| {
            s.query_row([row], |r| {
                let pending = PendingEntry {
                    id: EntryId(Uuid::from_bytes(r.get(0)?)),
                    sequence: meta::from_sql(r.get(1)?),
                    wire: SignedEntry { bytes: r.get(2)?, signature: r.get(3)? }.into(),
                };
                Ok(EntryRow { pending, refused: r.get(4)? })
            })
        })
        .named("an entry in the queue")
}

/// Whether the row can be read to its end; an update writes it again as a whole.
fn picture_is_readable(db: &Connection, hash: PictureHash) -> Result<(), StoreError> {
    db.prepare_cached("SELECT bytes FROM picture WHERE hash = ?1")
        .and_then(|mut s| s.query_row([hash.as_bytes()], |r| r.get_ref(0).map(|_| ())).optional())
        .named(format!("picture {hash}"))?;
    Ok(())
}

/// What a durable point changes.
#[derive(Default)]
struct Covered {
    entries: Vec<i64>,
    pictures: Vec<PictureHash>,
    enrolments: BTreeSet<EnrolmentId>,
}

/// Entries that wait, and pictures that only they refer to, up to `sequence`.
fn covered(db: &Connection, sequence: u64) -> Result<Covered, StoreError> {
    let rows = waiting_rows(db)?.into_iter().filter(|(_, n)| *n <= sequence);
    // A picture that a later entry refers to as well (a production's, then its submission's) waits for that one.
    let pictures = db
        .prepare_cached(
            "SELECT hash FROM picture INDEXED BY picture_pending WHERE uploaded = 0 AND hash IN (SELECT picture
             FROM entry_picture GROUP BY picture HAVING max(sequence) <= ?1)",
        )
        .and_then(|mut s| {
            s.query_map([meta::to_sql(sequence)], |r| r.get(0).map(PictureHash::from_bytes))?.collect()
        })
        .named("the queue of pictures")?;
    Ok(Covered { entries: rows.map(|(row, _)| row).collect(), pictures, enrolments: BTreeSet::new() })
}

/// Rows of this kiosk's entries after one number and up to another. Read from the index alone.
fn rows_between(db: &Connection, after: u64, upto: u64) -> Result<Vec<i64>, StoreError> {
    let Some(us) = identity::identity(db)? else { return Ok(Vec::new()) };
    let sql = "SELECT rowid FROM entry WHERE device = ?1 AND sequence > ?2 AND sequence <= ?3";
    db.prepare_cached(sql)
        .and_then(|mut s| {
            let range = (us.device.as_str(), meta::to_sql(after), meta::to_sql(upto));
            s.query_map(range, |r| r.get(0))?.collect()
        })
        .named("the queue")
}

fn enrolment_of(db: &Connection, row: i64) -> Result<EnrolmentId, StoreError> {
    db.prepare_cached("SELECT enrolment FROM entry WHERE rowid = ?1")
        .and_then(|mut s| s.query_row([row], |r| r.get(0).map(EnrolmentId::from_bytes)))
        .named("an entry")
}

/// Whether a row cannot be read, while others may.
fn is_unreadable(error: &StoreError) -> bool {
    matches!(error, StoreError::Damaged { .. } | StoreError::Row { .. })
}

impl Store {
    /// Entries that the server has not taken and not refused, oldest first, without those that cannot be read.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn pending_entries(&self, limit: usize) -> Result<Vec<PendingEntry>, StoreError> {
        Ok(self.entries_to_send(limit)?.0)
    }

    /// The same, and the numbers of those that cannot be read because their page is damaged.
    ///
    /// # Errors
    /// When the queue itself cannot be read.
    pub fn entries_to_send(&self, limit: usize) -> Result<(Vec<PendingEntry>, Vec<u64>), StoreError> {
        let (rows, unreadable) = self.waiting(limit, |row| row.refused.is_none())?;
        Ok((rows.into_iter().map(|row| row.pending).collect(), unreadable))
    }

    /// Entries that the server refused, oldest first: what a server refused may be accepted by a later version of it.
    ///
    /// # Errors
    /// When the queue itself cannot be read.
    pub fn refused_to_send(&self, limit: usize) -> Result<Vec<PendingEntry>, StoreError> {
        let (rows, _) = self.waiting(limit, |row| row.refused.is_some())?;
        Ok(rows.into_iter().map(|row| row.pending).collect())
    }

    /// At most `limit` entries that wait and are wanted, and the numbers of those that could not be read.
    fn waiting(
        &self,
        limit: usize,
        wanted: impl Fn(&EntryRow) -> bool,
    ) -> Result<(Vec<EntryRow>, Vec<u64>), StoreError> {
        let (mut found, mut unreadable) = (Vec::new(), Vec::new());
        for (row, sequence) in self.read(waiting_rows)? {
            if found.len() == limit {
                break;
            }
            match self.read(|db| entry_row(db, row)) {
                Ok(row) if wanted(&row) => found.push(row),
                Ok(_) => {}
                Err(e) if is_unreadable(&e) => unreadable.push(sequence),
                Err(e) => return Err(e),
            }
        }
        Ok((found, unreadable))
    }

    /// Pictures that the server does not have whole and whose entry it has, oldest entry first, the smaller ones of an entry first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn pending_pictures(&self, limit: usize) -> Result<Vec<PendingPicture>, StoreError> {
        let keys: Vec<(PictureHash, u64, u64)> = self.read(|db| {
            db.prepare_cached(PICTURES)
                .and_then(|mut s| {
                    let some = [meta::to_sql((limit + PICTURES_OF_AN_ENTRY) as u64)];
                    let rows = s.query_map(some, |r| {
                        let hash = PictureHash::from_bytes(r.get(0)?);
                        Ok((hash, meta::from_sql(r.get(1)?), meta::from_sql(r.get(2)?)))
                    })?;
                    rows.collect()
                })
                .named("the queue of pictures")
        })?;
        let mut pictures = Vec::with_capacity(keys.len());
        for (hash, sequence, first) in keys {
            let (role, length) = match self.read(|db| role_and_length(db, hash)) {
                Ok(Some(known)) => known,
                // Erased meanwhile.
                Ok(None) => continue,
                Err(e) if is_unreadable(&e) => (PictureRole::Original, 0),
                Err(e) => return Err(e),
            };
            pictures.push((first, PendingPicture { hash, role, length, sequence }));
        }
        pictures.sort_by_key(|(first, picture)| (*first, picture.length));
        pictures.truncate(limit);
        Ok(pictures.into_iter().map(|(_, picture)| picture).collect())
    }

    /// The server took these entries; pictures of theirs that it does not ask for it already has. Rows that cannot be read are
    /// left as they are.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn mark_accepted(&self, accepted: &[Accepted]) -> Result<(), StoreError> {
        match self.write("the queue", |tx| accept(tx, accepted, &BTreeSet::new())) {
            Err(e) if is_unreadable(&e) => {
                let (readable, damaged) = self.readable_of(accepted)?;
                self.write("the queue", |tx| accept(tx, &readable, &damaged))
            }
            done => done,
        }
    }

    /// Those of these entries that can be read, and pictures of theirs that cannot.
    fn readable_of(
        &self,
        accepted: &[Accepted],
    ) -> Result<(Vec<Accepted>, BTreeSet<PictureHash>), StoreError> {
        let (mut readable, mut damaged) = (Vec::new(), BTreeSet::new());
        for one in accepted {
            let pictures = self.entry(one.id).and_then(|_| self.read(|db| pictures_of(db, one.id)));
            let pictures = match pictures {
                Ok(pictures) => pictures,
                Err(e) if is_unreadable(&e) => {
                    tracing::error!(entry = %one.id, "an accepted entry cannot be marked; its page is damaged");
                    continue;
                }
                Err(e) => return Err(e),
            };
            for hash in pictures.into_iter().chain(one.wants.iter().copied()) {
                match self.read(|db| picture_is_readable(db, hash)) {
                    Ok(()) => {}
                    Err(e) if is_unreadable(&e) => drop(damaged.insert(hash)),
                    Err(e) => return Err(e),
                }
            }
            readable.push(one.clone());
        }
        Ok((readable, damaged))
    }

    /// The server refused this entry, for the reason with this sentence code.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn mark_refused(&self, id: EntryId, code: &str) -> Result<(), StoreError> {
        self.write("the queue", |tx| {
            tx.execute("UPDATE entry SET refused = ?2 WHERE own = 1 AND id = ?1", (id.0.as_bytes(), code))
                .named("the queue")?;
            Ok(())
        })
    }

    /// The server has this picture whole.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn mark_uploaded(&self, hash: PictureHash) -> Result<(), StoreError> {
        self.write("the queue", |tx| {
            tx.execute("UPDATE picture SET uploaded = 1 WHERE hash = ?1", [hash.as_bytes()])
                .named("the queue")?;
            Ok(())
        })
    }

    /// Everything of this kiosk up to `sequence` is durable at the server, pictures included. What cannot be read is left as it is.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn set_durable(&self, sequence: u64) -> Result<(), StoreError> {
        let before = self.durable_sequence()?;
        if before == sequence {
            return Ok(());
        }
        let mut covered = self.read(|db| covered(db, sequence))?;
        let (after, upto) = (before.min(sequence), before.max(sequence));
        let rows = self.read(|db| rows_between(db, after, upto))?;
        covered.enrolments = self.readable(rows, enrolment_of)?.into_iter().map(|(_, id)| id).collect();
        match self.write("the queue", |tx| cover(tx, sequence, &covered)) {
            Err(e) if is_unreadable(&e) => {
                let readable = self.readable_part(covered)?;
                self.write("the queue", |tx| cover(tx, sequence, &readable))
            }
            done => done,
        }
    }

    fn readable_part(&self, covered: Covered) -> Result<Covered, StoreError> {
        let entries = self.readable(covered.entries, |db, row| entry_row(db, row).map(drop))?;
        let pictures = self.readable(covered.pictures, picture_is_readable)?;
        let enrolments = self.readable(covered.enrolments, |db, id| entry_rows::fold(db, id).map(drop))?;
        Ok(Covered {
            entries: entries.into_iter().map(|(row, ())| row).collect(),
            pictures: pictures.into_iter().map(|(hash, ())| hash).collect(),
            enrolments: enrolments.into_iter().map(|(id, ())| id).collect(),
        })
    }

    /// Those of these things that can be read, with what was read.
    fn readable<T: Copy + std::fmt::Debug, U>(
        &self,
        things: impl IntoIterator<Item = T>,
        read: impl Fn(&Connection, T) -> Result<U, StoreError>,
    ) -> Result<Vec<(T, U)>, StoreError> {
        let mut readable = Vec::new();
        for thing in things {
            match self.read(|db| read(db, thing)) {
                Ok(found) => readable.push((thing, found)),
                Err(e) if is_unreadable(&e) => tracing::error!(?thing, "left as it is; its page is damaged"),
                Err(e) => return Err(e),
            }
        }
        Ok(readable)
    }

    /// The last of this kiosk's entries that is durable at the server, all before it included.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn durable_sequence(&self) -> Result<u64, StoreError> {
        self.read(|db| meta::number(db, DURABLE))
    }

    /// The last number that an entry of this kiosk was given; 0 before the first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn last_sequence(&self) -> Result<u64, StoreError> {
        self.read(|db| meta::number(db, crate::journal::LAST_SEQUENCE))
    }

    /// How much waits for the server. An entry that cannot be read waits as well.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn queue(&self) -> Result<Queue, StoreError> {
        let (rows, pictures) = self.read(|db| {
            let sql = "SELECT count(*) FROM picture INDEXED BY picture_pending WHERE uploaded = 0";
            let pictures = db.prepare_cached(sql).and_then(|mut s| s.query_row([], |r| r.get(0)));
            Ok((waiting_rows(db)?.len() as u64, pictures.named("the queue of pictures")?))
        })?;
        let refused = match self.read(count_refused) {
            Ok(refused) => refused,
            Err(e) if is_unreadable(&e) => self.refused_entries()?.len() as u64,
            Err(e) => return Err(e),
        };
        Ok(Queue { entries: rows.saturating_sub(refused), pictures: meta::from_sql(pictures), refused })
    }

    /// Entries that the server refused, oldest first, without those that cannot be read.
    ///
    /// # Errors
    /// When the queue itself cannot be read.
    pub fn refused_entries(&self) -> Result<Vec<RefusedEntry>, StoreError> {
        let (rows, _) = self.waiting(usize::MAX, |row| row.refused.is_some())?;
        let refused = |row: EntryRow| {
            let PendingEntry { id, sequence, .. } = row.pending;
            row.refused.map(|code| RefusedEntry { id, sequence, code: Code::find_or_general(&code) })
        };
        Ok(rows.into_iter().filter_map(refused).collect())
    }
}

fn count_refused(db: &Connection) -> Result<u64, StoreError> {
    let sql = "SELECT count(refused) FROM entry INDEXED BY entry_pending WHERE own = 1 AND accepted = 0";
    let count = db.prepare_cached(sql).and_then(|mut s| s.query_row([], |r| r.get(0)));
    Ok(meta::from_sql(count.named("the queue")?))
}

fn role_and_length(db: &Connection, hash: PictureHash) -> Result<Option<(PictureRole, u64)>, StoreError> {
    db.prepare_cached("SELECT role, length FROM picture WHERE hash = ?1")
        .and_then(|mut s| {
            let read = |r: &rusqlite::Row<'_>| {
                Ok((PictureRole::of(&r.get::<_, String>(0)?), meta::from_sql(r.get(1)?)))
            };
            s.query_row([hash.as_bytes()], read).optional()
        })
        .named(format!("picture {hash}"))
}

/// Pictures of one of this kiosk's entries.
fn pictures_of(db: &Connection, id: EntryId) -> Result<Vec<PictureHash>, StoreError> {
    let sql = "SELECT picture FROM entry_picture
        WHERE sequence = (SELECT sequence FROM entry WHERE own = 1 AND id = ?1)";
    db.prepare_cached(sql)
        .and_then(|mut s| {
            s.query_map([id.0.as_bytes()], |r| r.get(0).map(PictureHash::from_bytes))?.collect()
        })
        .named(format!("the pictures of entry {id}"))
}

/// Marks entries as taken and their pictures as the server has them; damaged pictures keep their mark.
fn accept(
    tx: &Transaction<'_>,
    accepted: &[Accepted],
    damaged: &BTreeSet<PictureHash>,
) -> Result<(), StoreError> {
    // Of the whole batch, because a production that the server wants nothing of has the same pictures as its submission.
    let wanted: BTreeSet<PictureHash> = accepted.iter().flat_map(|one| one.wants.iter().copied()).collect();
    // Only where the mark changes: an update writes the row again, and with it the picture.
    let mut has = tx
        .prepare_cached("UPDATE picture SET uploaded = 1 WHERE hash = ?1 AND uploaded = 0")
        .named("the queue")?;
    let mut wants = tx
        .prepare_cached("UPDATE picture SET uploaded = 0 WHERE hash = ?1 AND uploaded = 1")
        .named("the queue")?;
    for one in accepted {
        tx.execute(
            "UPDATE entry SET accepted = 1, refused = NULL WHERE own = 1 AND id = ?1",
            [one.id.0.as_bytes()],
        )
        .named("the queue")?;
        for hash in pictures_of(tx, one.id)? {
            if !wanted.contains(&hash) && !damaged.contains(&hash) {
                has.execute([hash.as_bytes()]).named("the queue")?;
            }
        }
    }
    for hash in wanted.difference(damaged) {
        wants.execute([hash.as_bytes()]).named("the queue")?;
    }
    Ok(())
}

/// Sets the durable point and what follows from it.
fn cover(tx: &Transaction<'_>, sequence: u64, covered: &Covered) -> Result<(), StoreError> {
    meta::put(tx, DURABLE, meta::to_sql(sequence))?;
    let entry = "UPDATE entry SET accepted = 1 WHERE rowid = ?1 AND refused IS NULL";
    let mut entry = tx.prepare_cached(entry).named("the queue")?;
    for row in &covered.entries {
        entry.execute([row]).named("the queue")?;
    }
    let picture = "UPDATE picture SET uploaded = 1 WHERE hash = ?1 AND uploaded = 0";
    let mut picture = tx.prepare_cached(picture).named("the queue")?;
    for hash in &covered.pictures {
        picture.execute([hash.as_bytes()]).named("the queue")?;
    }
    covered.enrolments.iter().try_for_each(|id| projection::renew(tx, *id))
}
