//! What can go wrong in the ledger itself.

use crate::files::FileError;
use sea_orm::DbErr;

/// A failure of the ledger.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// The state folder could not be made.
    #[error(transparent)]
    File(#[from] FileError),
    /// The database refused or is unreachable.
    #[error("the ledger's database: {0}")]
    Database(#[from] DbErr),
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
}
