//! What the server does not have yet, oldest first, and what it said about what it was given.

use crate::error::{Named, StoreError};
use crate::{PictureRole, Store, meta, projection};
use collection::{EntryId, PictureHash, SignedEntry};
use protocol::{Accepted, WireEntry};
use rusqlite::{Connection, Transaction};
use sentences::Code;
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
    /// Its size, bytes.
    pub length: u64,
}

/// An entry that the server refused. It is kept, reported to staff and not sent again until the server starts over.
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

/// Forgets what the server took: it was restored and may have lost any of it. What it still has it will say.
pub(crate) fn start_over(tx: &Transaction<'_>) -> Result<(), StoreError> {
    tx.execute_batch(
        "UPDATE entry SET accepted = 0, refused = NULL WHERE own = 1; UPDATE picture SET uploaded = 0;",
    )
    .named("the queue")?;
    meta::put(tx, DURABLE, 0)?;
    projection::renew_where(tx, "SELECT DISTINCT enrolment FROM entry WHERE own = 1 AND ?1 = ?1", "")
}

fn pending(db: &Connection, limit: usize) -> rusqlite::Result<Vec<PendingEntry>> {
    let mut s = db.prepare_cached(
        "SELECT id, sequence, bytes, signature FROM entry
         WHERE own = 1 AND accepted = 0 AND refused IS NULL ORDER BY sequence LIMIT ?1",
    )?;
    let rows = s.query_map([meta::to_sql(limit as u64)], |r| {
        Ok(PendingEntry {
            id: EntryId(Uuid::from_bytes(r.get(0)?)),
            sequence: meta::from_sql(r.get(1)?),
            wire: SignedEntry { bytes: r.get(2)?, signature: r.get(3)? }.into(),
        })
    })?;
    rows.collect()
}

/// Pictures of accepted entries, in the order of their entries.
const PICTURES: &str = "SELECT p.hash, p.role, p.length FROM picture p
    JOIN entry_picture ep ON ep.picture = p.hash JOIN entry e ON e.own = 1 AND e.sequence = ep.sequence
    WHERE p.uploaded = 0 AND e.accepted = 1 GROUP BY p.hash ORDER BY min(e.sequence), p.length LIMIT ?1";

impl Store {
    /// Entries that the server has not taken, oldest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn pending_entries(&self, limit: usize) -> Result<Vec<PendingEntry>, StoreError> {
        self.read(|db| pending(db, limit).named("the queue"))
    }

    /// Pictures that the server does not have whole and whose entry it has, oldest entry first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn pending_pictures(&self, limit: usize) -> Result<Vec<PendingPicture>, StoreError> {
        self.read(|db| {
            db.prepare_cached(PICTURES)
                .and_then(|mut s| {
                    let rows = s.query_map([meta::to_sql(limit as u64)], |r| {
                        Ok(PendingPicture {
                            hash: PictureHash::from_bytes(r.get(0)?),
                            role: PictureRole::of(&r.get::<_, String>(1)?),
                            length: meta::from_sql(r.get(2)?),
                        })
                    })?;
                    rows.collect()
                })
                .named("the queue of pictures")
        })
    }

    /// The server took these entries; pictures of theirs that it does not ask for it already has.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn mark_accepted(&self, accepted: &[Accepted]) -> Result<(), StoreError> {
        self.write("the queue", |tx| {
            for one in accepted {
                tx.execute(
                    "UPDATE entry SET accepted = 1, refused = NULL WHERE own = 1 AND id = ?1",
                    [one.id.0.as_bytes()],
                )
                .named("the queue")?;
                tx.execute(
                    "UPDATE picture SET uploaded = 1 WHERE hash IN (SELECT ep.picture FROM entry_picture ep
                     JOIN entry e ON e.own = 1 AND e.sequence = ep.sequence WHERE e.id = ?1)",
                    [one.id.0.as_bytes()],
                )
                .named("the queue")?;
            }
            // Last, because a production that the server wants nothing of has the same pictures as its submission.
            for wanted in accepted.iter().flat_map(|one| &one.wants) {
                tx.execute("UPDATE picture SET uploaded = 0 WHERE hash = ?1", [wanted.as_bytes()])
                    .named("the queue")?;
            }
            Ok(())
        })
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

    /// Everything of this kiosk up to `sequence` is durable at the server, pictures included.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn set_durable(&self, sequence: u64) -> Result<(), StoreError> {
        if self.durable_sequence()? == sequence {
            return Ok(());
        }
        self.write("the queue", |tx| {
            let before = meta::number(tx, DURABLE)?;
            meta::put(tx, DURABLE, meta::to_sql(sequence))?;
            let upto = [meta::to_sql(sequence)];
            tx.execute("UPDATE entry SET accepted = 1 WHERE own = 1 AND sequence <= ?1 AND refused IS NULL", upto)
                .named("the queue")?;
            // A picture that a later entry refers to as well (a production's, then its submission's) waits for that one.
            tx.execute(
                "UPDATE picture SET uploaded = 1 WHERE uploaded = 0 AND hash IN (SELECT picture FROM entry_picture
                 GROUP BY picture HAVING max(sequence) <= ?1)",
                upto,
            )
            .named("the queue")?;
            projection::renew_where(
                tx,
                "SELECT DISTINCT enrolment FROM entry WHERE own = 1 AND sequence > ?1",
                meta::to_sql(before.min(sequence)),
            )
        })
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

    /// How much waits for the server.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn queue(&self) -> Result<Queue, StoreError> {
        let count = |db: &Connection, sql: &str| db.query_row(sql, [], |r| r.get(0)).map(meta::from_sql);
        self.read(|db| {
            let all = || {
                Ok(Queue {
                    entries: count(
                        db,
                        "SELECT count(*) FROM entry WHERE own = 1 AND accepted = 0 AND refused IS NULL",
                    )?,
                    pictures: count(db, "SELECT count(*) FROM picture WHERE uploaded = 0")?,
                    refused: count(db, "SELECT count(*) FROM entry WHERE own = 1 AND refused IS NOT NULL")?,
                })
            };
            all().named("the queue")
        })
    }

    /// Entries that the server refused, oldest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn refused_entries(&self) -> Result<Vec<RefusedEntry>, StoreError> {
        self.read(|db| {
            db.prepare_cached(
                "SELECT id, sequence, refused FROM entry WHERE own = 1 AND refused IS NOT NULL ORDER BY sequence",
            )
            .and_then(|mut s| {
                let rows = s.query_map([], |r| {
                    let id = EntryId(Uuid::from_bytes(r.get(0)?));
                    let code: String = r.get(2)?;
                    let code = Code::find_or_general(&code);
                    Ok(RefusedEntry { id, sequence: meta::from_sql(r.get(1)?), code })
                })?;
                rows.collect()
            })
            .named("the refused entries")
        })
    }
}
