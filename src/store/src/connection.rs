//! Opens the encrypted file: asserts the cipher, checks the key, sets WAL mode and full synchronisation.

use crate::error::{Named, StoreError};
use crate::layout::DATABASE;
use crate::{RowFault, StoreKey, schema};
use rusqlite::{Connection, OpenFlags};
use std::fs::{self, File};
use std::path::Path;
use std::time::Duration;

/// How long a connection waits for another one's lock.
const BUSY: Duration = Duration::from_secs(10);

/// Opens the writing connection, making the file and bringing its schema up to date.
pub(crate) fn open_writer(dir: &Path, key: &StoreKey) -> Result<Connection, StoreError> {
    fs::create_dir_all(dir).map_err(|source| StoreError::File { path: dir.to_owned(), source })?;
    let path = dir.join(DATABASE);
    let mut db = open(&path, key)?;
    let mode: String =
        db.query_row("PRAGMA journal_mode = WAL", [], |r| r.get(0)).named("the write-ahead log")?;
    if mode != "wal" {
        return Err(crate::error::row("the write-ahead log", RowFault::Value));
    }
    // FULL: in WAL mode anything less may lose the last commits in a power cut, and a receipt has been shown for them.
    db.execute_batch("PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;").named("the settings")?;
    schema::migrate(&mut db)?;
    // The directory entry must survive a power cut as the file's content does.
    File::open(dir)
        .and_then(|d| d.sync_all())
        .map_err(|source| StoreError::File { path: path.clone(), source })?;
    Ok(db)
}

/// Opens the reading connection of a store that exists.
pub(crate) fn open_reader(dir: &Path, key: &StoreKey) -> Result<Connection, StoreError> {
    let db = open(&dir.join(DATABASE), key)?;
    db.execute_batch("PRAGMA query_only = ON;").named("the settings")?;
    Ok(db)
}

/// Opens the file with its key, creating it where it is missing; its schema stays as it is.
pub(crate) fn open(path: &Path, key: &StoreKey) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_EXRESCODE;
    let db = Connection::open_with_flags(path, flags).named(path.display().to_string())?;
    // Plain SQLite silently ignores `PRAGMA key` and would write plaintext.
    let cipher = db.query_row("PRAGMA cipher_version", [], |r| r.get::<_, String>(0));
    if !cipher.is_ok_and(|v| !v.is_empty()) {
        return Err(StoreError::NoCipher);
    }
    db.execute_batch(&key.pragma()).named("the key")?;
    db.busy_timeout(BUSY).named("the settings")?;
    // Sorting and spilling stay in memory: a temporary file would not be encrypted.
    db.execute_batch("PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF;").named("the settings")?;
    match db.query_row("SELECT count(*) FROM sqlite_schema", [], |r| r.get::<_, i64>(0)) {
        Ok(_) => Ok(db),
        Err(e) => match Err::<(), _>(e).named("the schema") {
            Err(StoreError::Damaged { .. }) => Err(StoreError::WrongKey { path: path.to_owned() }),
            Err(other) => Err(other),
            Ok(()) => Ok(db),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commits_wait_for_the_disk_and_the_file_is_encrypted() {
        let dir = tempfile::tempdir().unwrap();
        let db = open_writer(dir.path(), &StoreKey::random()).unwrap();
        let synchronous: i64 = db.query_row("PRAGMA synchronous", [], |r| r.get(0)).unwrap();
        let cipher: String = db.query_row("PRAGMA cipher_version", [], |r| r.get(0)).unwrap();
        assert_eq!((synchronous, cipher.starts_with("4.")), (2, true), "{cipher}");
    }

    #[test]
    fn a_store_of_a_later_version_is_left_alone() {
        let dir = tempfile::tempdir().unwrap();
        let key = StoreKey::random();
        open_writer(dir.path(), &key).unwrap().pragma_update(None, "user_version", 99).unwrap();
        assert!(matches!(open_writer(dir.path(), &key), Err(StoreError::Newer { found: 99, .. })));
    }
}
