//! Why a roster was not imported.

use super::mistake::{self, Mistake};
use crate::files::FileError;
use crate::ledger::LedgerError;

/// Largest file that is read, bytes.
pub const MAX_FILE_BYTES: u64 = 32 << 20;
/// Most rows in one file.
pub const MAX_ROWS: usize = 100_000;

/// Why a roster was not imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file could not be read.
    #[error(transparent)]
    File(#[from] FileError),
    /// The file is larger than any roster.
    #[error("the roster has {bytes} bytes, more than {MAX_FILE_BYTES}")]
    TooLarge {
        /// Its size.
        bytes: u64,
    },
    /// The file has more rows than any roster.
    #[error("the roster has more than {MAX_ROWS} rows")]
    TooManyRows,
    /// Neither UTF-8 nor GB 18030.
    #[error("the roster is neither UTF-8 nor GB 18030; export it as CSV once more")]
    Encoding,
    /// The file is no CSV.
    #[error("the roster is not CSV: {0}")]
    Form(String),
    /// Rows that are wrong; nothing was imported.
    #[error("nothing was imported\n{}", mistake::list(.0))]
    Rows(Vec<Mistake>),
    /// The ledger.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
}
