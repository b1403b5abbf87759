//! What can go wrong in the ledger itself. A disk that takes no more is told apart from every other failure, by SQLite's result
//! code, because it has its own remedy and the same request succeeds later.

use crate::disk_fault::DiskFault;
use crate::files::FileError;
use sea_orm::sqlx::error::Error as SqlxError;
use sea_orm::{DbErr, RuntimeErr};

/// A failure of the ledger.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// The state folder could not be made.
    #[error(transparent)]
    File(#[from] FileError),
    /// The disk that holds the database is full. Nothing of the transaction was kept.
    #[error("the disk that holds the ledger is full; free some space and try again")]
    DiskFull,
    /// The disk that holds the database took no bytes: over its quota, or damaged. Nothing of the transaction was kept.
    #[error("the disk that holds the ledger cannot be written (over its quota or damaged): {0}")]
    DiskWrite(DbErr),
    /// The database refused or is unreachable.
    #[error("the ledger's database: {0}")]
    Database(DbErr),
    /// A row holds what this version cannot read.
    #[error("the ledger's table {table} holds a row that cannot be read: {reason}")]
    Row {
        /// Which table.
        table: &'static str,
        /// What is wrong.
        reason: String,
    },
    /// The server's own entry could not be signed.
    #[error("the server's entry could not be signed: {0}")]
    Sign(#[from] collection::EntryError),
    /// The database was made by a later version.
    #[error("the ledger has tables of version {found}; this program knows up to {known}")]
    Newer {
        /// Version in the file.
        found: i64,
        /// Version of this program.
        known: i64,
    },
}

impl LedgerError {
    /// The error for a row of `table` that cannot be read.
    pub(super) fn row(table: &'static str, reason: &dyn std::fmt::Display) -> LedgerError {
        LedgerError::Row { table, reason: reason.to_string() }
    }

    /// The fault of the disk that this is, if it is one.
    pub(crate) fn disk_fault(&self) -> Option<DiskFault> {
        match self {
            LedgerError::DiskFull => Some(DiskFault::Full),
            LedgerError::DiskWrite(_) => Some(DiskFault::Unwritable),
            LedgerError::File(file) => file.disk_fault(),
            LedgerError::Database(_)
            | LedgerError::Row { .. }
            | LedgerError::Sign(_)
            | LedgerError::Newer { .. } => None,
        }
    }
}

impl From<DbErr> for LedgerError {
    fn from(error: DbErr) -> LedgerError {
        match sqlite_code(&error) {
            Some(SQLITE_FULL) => LedgerError::DiskFull,
            Some(code) if SQLITE_IOERR_OF_WRITING.contains(&code) => LedgerError::DiskWrite(error),
            Some(_) | None => LedgerError::Database(error),
        }
    }
}

/// `SQLITE_FULL`: the file system had no room (`ENOSPC`).
const SQLITE_FULL: u32 = 13;
/// The codes of `SQLITE_IOERR` that writing, growing or syncing a file ends with: `WRITE`, `FSYNC`, `DIR_FSYNC`, `TRUNCATE`,
/// `SHMOPEN`, `SHMSIZE`.
const SQLITE_IOERR_OF_WRITING: [u32; 6] = [778, 1034, 1290, 1546, 4618, 4874];

/// The extended result code that SQLite gave, where the error is SQLite's.
fn sqlite_code(error: &DbErr) -> Option<u32> {
    let (DbErr::Conn(cause) | DbErr::Exec(cause) | DbErr::Query(cause)) = error else { return None };
    let RuntimeErr::SqlxError(cause) = cause else { return None };
    let SqlxError::Database(database) = cause.as_ref() else { return None };
    database.code()?.parse().ok()
}
