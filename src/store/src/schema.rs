//! The tables, and the steps from one schema to the next. `user_version` says how many steps a file has taken; a step is
//! never edited once it has been released, only followed by another.

use crate::error::{Named, StoreError};
use rusqlite::{Connection, TransactionBehavior};

/// The steps, oldest first.
const STEPS: &[&str] = &[
    // 1: journal, pictures, what comes down, projections.
    "
    CREATE TABLE meta (key TEXT PRIMARY KEY, value ANY) STRICT, WITHOUT ROWID;

    -- The journal: bytes and signature verbatim, the rest drawn out of them for finding.
    CREATE TABLE entry (
        id BLOB PRIMARY KEY,
        device TEXT NOT NULL,
        sequence INTEGER NOT NULL,
        own INTEGER NOT NULL,
        enrolment BLOB NOT NULL,
        task TEXT NOT NULL,
        bytes BLOB NOT NULL,
        signature BLOB NOT NULL,
        accepted INTEGER NOT NULL DEFAULT 0,
        refused TEXT,
        UNIQUE (device, sequence)
    ) STRICT;
    CREATE INDEX entry_enrolment ON entry (enrolment);
    CREATE INDEX entry_pending ON entry (sequence) WHERE own = 1 AND accepted = 0;

    -- Entries that came down and were not believed: kept, listed, never applied.
    CREATE TABLE aside (
        bytes BLOB NOT NULL, signature BLOB NOT NULL, reason TEXT NOT NULL, UNIQUE (bytes, signature)
    ) STRICT;

    CREATE TABLE picture (
        hash BLOB PRIMARY KEY, role TEXT NOT NULL, length INTEGER NOT NULL,
        uploaded INTEGER NOT NULL DEFAULT 0, bytes BLOB NOT NULL
    ) STRICT;
    CREATE INDEX picture_pending ON picture (hash) WHERE uploaded = 0;
    CREATE TABLE entry_picture (
        sequence INTEGER NOT NULL, picture BLOB NOT NULL, PRIMARY KEY (sequence, picture)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX entry_picture_picture ON entry_picture (picture);

    -- What came down. `epoch` is the feed's: rows of an older one go when the new one is complete.
    CREATE TABLE task (id TEXT PRIMARY KEY, body TEXT NOT NULL, epoch TEXT NOT NULL) STRICT;
    -- Settings of every version that was ever in force here: decisions are judged by the version they carry.
    CREATE TABLE task_version (
        task TEXT NOT NULL, version INTEGER NOT NULL, settings TEXT NOT NULL, PRIMARY KEY (task, version)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE preset (name TEXT PRIMARY KEY, toml TEXT NOT NULL, epoch TEXT NOT NULL) STRICT;
    CREATE TABLE staff (id TEXT PRIMARY KEY, body TEXT NOT NULL, epoch TEXT NOT NULL) STRICT;
    CREATE TABLE device (id TEXT PRIMARY KEY, journal_key TEXT NOT NULL, epoch TEXT NOT NULL) STRICT;
    CREATE TABLE roster (
        enrolment BLOB PRIMARY KEY, task TEXT NOT NULL, unique_number TEXT NOT NULL,
        number_last6 TEXT NOT NULL, student_number TEXT NOT NULL, admission_photo BLOB,
        body TEXT NOT NULL, epoch TEXT NOT NULL
    ) STRICT;
    CREATE INDEX roster_unique ON roster (unique_number, task);
    CREATE INDEX roster_last6 ON roster (number_last6, task);
    CREATE INDEX roster_student ON roster (student_number, task);
    CREATE INDEX roster_photo ON roster (admission_photo) WHERE admission_photo IS NOT NULL;
    CREATE TABLE admission_photo (hash BLOB PRIMARY KEY, bytes BLOB NOT NULL) STRICT;

    -- What the journal means, enrolment by enrolment: the fold, kept so that no screen waits for it.
    CREATE TABLE projection (
        enrolment BLOB PRIMARY KEY, task TEXT NOT NULL, photo TEXT NOT NULL, draft BLOB, candidate BLOB,
        submissions INTEGER NOT NULL, cases INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX projection_task ON projection (task, photo);
    CREATE TABLE token (
        task TEXT NOT NULL, token TEXT NOT NULL, enrolment BLOB NOT NULL, PRIMARY KEY (task, token, enrolment)
    ) STRICT, WITHOUT ROWID;
    ",
    // 2: every member of staff that the server ever named, so that what they did stays true after they left.
    "
    CREATE TABLE staff_known (id TEXT PRIMARY KEY, epoch TEXT NOT NULL) STRICT, WITHOUT ROWID;
    INSERT INTO staff_known (id, epoch) SELECT id, epoch FROM staff;
    ",
    // 3: admission photos that the server was asked for and that did not come; the higher the turn, the later they were asked for.
    "
    CREATE TABLE photo_asked (hash BLOB PRIMARY KEY, turn INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    ",
];

/// Brings a file up to the newest schema.
pub(crate) fn migrate(db: &mut Connection) -> Result<(), StoreError> {
    take(db, STEPS)
}

/// Takes those of these steps that the file has not taken.
fn take(db: &mut Connection, steps: &[&str]) -> Result<(), StoreError> {
    let known = steps.len();
    let found: u32 = db.query_row("PRAGMA user_version", [], |r| r.get(0)).named("the schema's version")?;
    let taken = found as usize;
    if taken > known {
        return Err(StoreError::Newer { found, known: known as u32 });
    }
    for (at, step) in steps.iter().enumerate().skip(taken) {
        let object = format!("schema step {}", at + 1);
        let tx = db.transaction_with_behavior(TransactionBehavior::Immediate).named(&object)?;
        tx.execute_batch(step).named(&object)?;
        tx.pragma_update(None, "user_version", at as u32 + 1).named(&object)?;
        tx.commit().named(&object)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::connection::open;
    use crate::layout::DATABASE;
    use crate::{Store, StoreKey};
    use collection::{EnrolmentId, PictureHash};

    /// The text of the steps that stores in service have taken, by its FNV-1a hash. A line is added with a step and never changed.
    const RELEASED: [u64; 3] = [0xc5ef_6c04_78e2_82b1, 0xb6ea_f041_edfe_db85, 0x4f95_c795_2316_519f];

    fn fnv(text: &str) -> u64 {
        text.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
    }

    #[test]
    fn a_step_that_stores_have_taken_is_never_edited() {
        let now: Vec<u64> = STEPS.iter().map(|step| fnv(step)).collect();
        assert_eq!(now, RELEASED);
    }

    #[test]
    fn a_store_of_every_earlier_schema_opens_and_keeps_what_it_holds() {
        for age in 1..=STEPS.len() {
            let dir = tempfile::tempdir().unwrap();
            let key = StoreKey::random();
            let mut db = open(&dir.path().join(DATABASE), &key).unwrap();
            take(&mut db, &STEPS[..age]).unwrap();
            let photo = PictureHash::of(b"admission");
            db.execute("INSERT INTO preset (name, toml, epoch) VALUES ('chsi', 'kept', 'e')", []).unwrap();
            db.execute(
                "INSERT INTO roster VALUES (?1, 'demo', 'U1', '', '', ?2, '{}', 'e')",
                (EnrolmentId::from_bytes([1; 16]).as_bytes(), photo.as_bytes()),
            )
            .unwrap();
            drop(db);
            let store = Store::open(dir.path(), key).unwrap();
            assert_eq!(store.preset("chsi").unwrap().as_deref(), Some("kept"), "schema {age}");
            assert_eq!(store.ask_for_photos(9).unwrap(), [photo], "schema {age}");
            assert_eq!(store.pin_tries().unwrap().wrong, 0, "schema {age}");
        }
    }
}
