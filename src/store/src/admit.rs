//! Applies a page of the server's feed with its cursor in one transaction.

use crate::error::{Named, StoreError, row};
use crate::journal::{self, Row};
use crate::{Store, identity, meta, outbox, picture, projection};
use collection::{CENTRAL, DeviceId, Entry, Kind, PublicKey, RosterEntry, SignedEntry, StaffId, Task};
use protocol::{Change, ChangePage, StaffMember, WireEntry};
use rusqlite::{OptionalExtension, Transaction};
use sentences::{Code, codes};

/// The result of applying a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Admitted {
    /// Changes that were applied, or were here already.
    pub applied: usize,
    /// Entries that failed verification; see [`Store::set_aside`].
    pub set_aside: usize,
    /// The server's epoch is a new one: nothing was applied, ask again from the cursor that is now 0.
    pub restart: bool,
}

/// An entry of the feed that failed verification.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetAside {
    /// Its bytes and signature, verbatim.
    pub entry: SignedEntry,
    /// The sentence that says why.
    pub reason: Code,
}

const CURSOR: &str = "cursor";
const EPOCH: &str = "epoch";

impl Store {
    /// Epoch and cursor of the last page; an empty epoch before the first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn cursor(&self) -> Result<(String, u64), StoreError> {
        self.read(|db| Ok((meta::get::<String>(db, EPOCH)?.unwrap_or_default(), meta::number(db, CURSOR)?)))
    }

    /// Applies a page and its cursor in one transaction. An entry is accepted when the device that it names signed it: the
    /// server by the key from enrolment, another kiosk by the key from the feed.
    ///
    /// # Errors
    /// [`StoreError::NotEnrolled`], or when the store cannot be written; then nothing was applied.
    pub fn admit(&self, page: &ChangePage) -> Result<Admitted, StoreError> {
        self.write("the feed's page", |tx| {
            let known = meta::get::<String>(tx, EPOCH)?;
            if known.as_ref() != Some(&page.epoch) {
                meta::put(tx, EPOCH, &page.epoch)?;
                meta::put(tx, CURSOR, 0)?;
                if known.is_some() {
                    outbox::start_over(tx)?;
                    return Ok(Admitted { restart: true, ..Admitted::default() });
                }
            }
            let mut done = Admitted::default();
            for change in &page.changes {
                match self.apply(tx, change, &page.epoch)? {
                    None => done.applied += 1,
                    Some(reason) => {
                        keep_aside(tx, change, reason)?;
                        done.set_aside += 1;
                    }
                }
            }
            let cursor = page.cursor.max(meta::number(tx, CURSOR)?);
            meta::put(tx, CURSOR, meta::to_sql(cursor))?;
            if !page.more {
                drop_stale(tx, &page.epoch)?;
            }
            Ok(done)
        })
    }

    /// Entries of the feed that failed verification, oldest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn set_aside(&self) -> Result<Vec<SetAside>, StoreError> {
        self.read(|db| {
            db.prepare_cached("SELECT bytes, signature, reason FROM aside ORDER BY rowid")
                .and_then(|mut s| {
                    let rows = s.query_map([], |r| {
                        let entry = SignedEntry { bytes: r.get(0)?, signature: r.get(1)? };
                        let reason: String = r.get(2)?;
                        Ok(SetAside { entry, reason: Code::find_or_general(&reason) })
                    })?;
                    rows.collect()
                })
                .named("entries set aside")
        })
    }

    /// Applies one change; returns the reason when it is an entry that fails verification.
    fn apply(&self, tx: &Transaction<'_>, change: &Change, epoch: &str) -> Result<Option<Code>, StoreError> {
        match change {
            Change::Task(new) => task(tx, new, epoch)?,
            Change::Preset { name, toml } => {
                let sql = "INSERT OR REPLACE INTO preset (name, toml, epoch) VALUES (?1, ?2, ?3)";
                tx.execute(sql, (name, toml, epoch)).named(format!("preset {name}"))?;
            }
            Change::Roster(entry) => roster(tx, entry, epoch)?,
            Change::RosterRemoved { enrolment } => {
                tx.execute("DELETE FROM roster WHERE enrolment = ?1", [enrolment.as_bytes()])
                    .named("the roster")?;
            }
            Change::Staff(member) => staff(tx, member, epoch)?,
            Change::StaffRemoved { id } => {
                tx.execute("DELETE FROM staff WHERE id = ?1", [id.as_str()]).named("the staff")?;
                staff_known(tx, id, epoch)?;
            }
            Change::Device { device, journal_key } => {
                let sql = "INSERT OR REPLACE INTO device (id, journal_key, epoch) VALUES (?1, ?2, ?3)";
                tx.execute(sql, (device.as_str(), journal_key, epoch)).named(format!("device {device}"))?;
            }
            Change::Entry(wire) => return self.entry_from(tx, wire),
            Change::Unknown => {}
        }
        Ok(None)
    }

    fn entry_from(&self, tx: &Transaction<'_>, wire: &WireEntry) -> Result<Option<Code>, StoreError> {
        let signed = SignedEntry::from(wire.clone());
        let Ok(claimed) = signed.read() else { return Ok(Some(codes::SERVER_ENTRY_FORM)) };
        let us = identity::identity(tx)?.ok_or(StoreError::NotEnrolled)?;
        let own = claimed.device == us.device;
        let key = if own { Some(self.journal_key()) } else { key_of(tx, &us, &claimed.device)? };
        let Some(key) = key else { return Ok(Some(codes::SERVER_ENTRY_DEVICE)) };
        let Ok(entry) = signed.verify(&key) else { return Ok(Some(codes::SERVER_ENTRY_SIGNATURE)) };
        if let Some(there) = taken(tx, &entry)? {
            if there.bytes == signed.bytes {
                return Ok(None);
            }
            if !is_restored_word(&there, &entry) {
                return Ok(Some(codes::SERVER_ENTRY_CONFLICT));
            }
            supersede(tx, &there)?;
        }
        if own {
            // This store lost one of its own entries (an older copy was restored): the number stays taken.
            journal::take_sequence(tx, entry.sequence)?;
        }
        // Only trusted clocks advance this one, and the server's no further than a clock may be ahead.
        if own {
            journal::witness(tx, entry.clock)?;
        } else if entry.device.as_str() == CENTRAL {
            journal::hear(tx, entry.clock)?;
        }
        journal::insert(tx, &Row { entry: &entry, signed: &signed, own, accepted: true })?;
        if matches!(entry.kind, Kind::Erased) && entry.device.as_str() == CENTRAL {
            picture::erase(tx, entry.enrolment)?;
        }
        Ok(None)
    }
}

/// The stored entry with the same id, or the same number of the same device.
fn taken(tx: &Transaction<'_>, entry: &Entry) -> Result<Option<SignedEntry>, StoreError> {
    tx.query_row(
        "SELECT bytes, signature FROM entry WHERE id = ?1 OR (device = ?2 AND sequence = ?3)",
        (entry.id.0.as_bytes(), entry.device.as_str(), meta::to_sql(entry.sequence)),
        |r| Ok(SignedEntry { bytes: r.get(0)?, signature: r.get(1)? }),
    )
    .optional()
    .named(format!("entry {}", entry.id))
}

/// Whether the server wrote this entry after it was restored from a copy: the number is used again with a newer clock. The entry
/// that it lost no longer holds at the server, so it no longer holds here.
fn is_restored_word(there: &SignedEntry, new: &Entry) -> bool {
    let central = |e: &Entry| e.device.as_str() == CENTRAL;
    there.read().is_ok_and(|old| central(&old) && central(new) && old.id != new.id && old.clock < new.clock)
}

/// Puts an entry of the time that the server lost aside.
fn supersede(tx: &Transaction<'_>, there: &SignedEntry) -> Result<(), StoreError> {
    let Ok(old) = there.read() else { return Ok(()) };
    tracing::warn!(entry = %old.id, "the server was put back; what it said in the time it lost is set aside");
    let object = format!("entry {}", old.id);
    tx.execute("DELETE FROM entry WHERE id = ?1", [old.id.0.as_bytes()]).named(&object)?;
    tx.execute(
        "INSERT OR IGNORE INTO aside (bytes, signature, reason) VALUES (?1, ?2, ?3)",
        (&there.bytes, &there.signature, codes::SERVER_ENTRY_SUPERSEDED.as_str()),
    )
    .named(&object)?;
    projection::renew(tx, old.enrolment)
}

fn key_of(
    tx: &Transaction<'_>,
    us: &identity::Identity,
    device: &DeviceId,
) -> Result<Option<PublicKey>, StoreError> {
    let text = if device.as_str() == CENTRAL {
        Some(us.server_journal_key.clone())
    } else {
        tx.query_row("SELECT journal_key FROM device WHERE id = ?1", [device.as_str()], |r| r.get(0))
            .optional()
            .named(format!("device {device}"))?
    };
    Ok(text.and_then(|t: String| PublicKey::parse(&t).ok()))
}

fn task(tx: &Transaction<'_>, new: &Task, epoch: &str) -> Result<(), StoreError> {
    let object = format!("task {}", new.id);
    let body = serde_json::to_string(new).map_err(|e| row(&object, e))?;
    let settings = serde_json::to_string(&new.settings).map_err(|e| row(&object, e))?;
    tx.execute(
        "INSERT OR REPLACE INTO task (id, body, epoch) VALUES (?1, ?2, ?3)",
        (new.id.as_str(), body, epoch),
    )
    .named(&object)?;
    tx.execute(
        "INSERT OR REPLACE INTO task_version (task, version, settings) VALUES (?1, ?2, ?3)",
        (new.id.as_str(), new.version, settings),
    )
    .named(&object)?;
    // Entries may have come before the version that judges them.
    projection::renew_where(tx, "SELECT DISTINCT enrolment FROM entry WHERE task = ?1", new.id.as_str())
}

fn roster(tx: &Transaction<'_>, entry: &RosterEntry, epoch: &str) -> Result<(), StoreError> {
    let object = format!("roster entry {}", entry.enrolment);
    let body = serde_json::to_string(entry).map_err(|e| row(&object, e))?;
    tx.prepare_cached(
        "INSERT OR REPLACE INTO roster (enrolment, task, unique_number, number_last6, student_number,
         admission_photo, body, epoch) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )
    .and_then(|mut s| {
        s.execute((
            entry.enrolment.as_bytes(),
            entry.task.as_str(),
            entry.unique_number.as_str(),
            &entry.matching.number_last6,
            &entry.matching.student_number,
            entry.admission_photo.as_ref().map(|h| h.as_bytes()),
            body,
            epoch,
        ))
    })
    .named(&object)?;
    Ok(())
}

fn staff(tx: &Transaction<'_>, member: &StaffMember, epoch: &str) -> Result<(), StoreError> {
    let object = format!("staff {}", member.id.as_str());
    let body = serde_json::to_string(member).map_err(|e| row(&object, e))?;
    let sql = "INSERT OR REPLACE INTO staff (id, body, epoch) VALUES (?1, ?2, ?3)";
    tx.execute(sql, (member.id.as_str(), body, epoch)).named(&object)?;
    staff_known(tx, &member.id, epoch)
}

/// Remembers that the server named this member of staff, whether they may use kiosks now or not. Entries that name somebody
/// new may have come before; they count from now on.
fn staff_known(tx: &Transaction<'_>, id: &StaffId, epoch: &str) -> Result<(), StoreError> {
    let sql = "INSERT INTO staff_known (id, epoch) VALUES (?1, ?2) ON CONFLICT (id) DO NOTHING";
    let is_new = tx.execute(sql, (id.as_str(), epoch)).named("the staff")? == 1;
    tx.execute("UPDATE staff_known SET epoch = ?2 WHERE id = ?1", (id.as_str(), epoch)).named("the staff")?;
    if is_new {
        let naming = "SELECT DISTINCT enrolment FROM entry WHERE instr(bytes, ?1) > 0";
        projection::renew_where(tx, naming, id.as_str().as_bytes())?;
    }
    Ok(())
}

fn keep_aside(tx: &Transaction<'_>, change: &Change, reason: Code) -> Result<(), StoreError> {
    let Change::Entry(wire) = change else { return Ok(()) };
    tracing::warn!(%reason, "an entry of the feed was set aside");
    tx.execute(
        "INSERT OR IGNORE INTO aside (bytes, signature, reason) VALUES (?1, ?2, ?3)",
        (&wire.bytes, &wire.signature, reason.as_str()),
    )
    .named("an entry set aside")?;
    Ok(())
}

/// Members of staff that a restored server does not know: what names them does not count there, so it does not here.
fn forget_staff(tx: &Transaction<'_>, epoch: &str) -> Result<(), StoreError> {
    let gone: Vec<String> = tx
        .prepare_cached("SELECT id FROM staff_known WHERE epoch <> ?1")
        .and_then(|mut s| s.query_map([epoch], |r| r.get(0))?.collect())
        .named("the staff")?;
    tx.execute("DELETE FROM staff_known WHERE epoch <> ?1", [epoch]).named("the staff")?;
    for id in gone {
        let naming = "SELECT DISTINCT enrolment FROM entry WHERE instr(bytes, ?1) > 0";
        projection::renew_where(tx, naming, id.as_bytes())?;
    }
    Ok(())
}

/// The feed is complete: what the server of this epoch did not tell, it does not have. Photos that no roster names go too.
fn drop_stale(tx: &Transaction<'_>, epoch: &str) -> Result<(), StoreError> {
    for table in ["task", "preset", "staff", "device", "roster"] {
        tx.execute(&format!("DELETE FROM {table} WHERE epoch <> ?1"), [epoch]).named(table)?;
    }
    forget_staff(tx, epoch)?;
    let sql = "DELETE FROM admission_photo WHERE NOT EXISTS
        (SELECT 1 FROM roster r WHERE r.admission_photo = admission_photo.hash)";
    tx.execute(sql, []).named("admission photos")?;
    Ok(())
}
