//! Why no codes were issued.

use super::ink::FontError;
use crate::files::FileError;
use crate::keys::KeyFileError;
use crate::ledger::LedgerError;
use collection::TaskId;
use collection::payload::CodeError;
use jiff::civil::Date;

/// Why no codes were issued, or no key made.
#[derive(Debug, thiserror::Error)]
pub enum IssueError {
    /// A file.
    #[error(transparent)]
    File(#[from] FileError),
    /// The signing key's file.
    #[error(transparent)]
    Key(#[from] KeyFileError),
    /// The ledger.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// The font.
    #[error(transparent)]
    Font(#[from] FontError),
    /// There is no such task.
    #[error("there is no task {0}")]
    NoTask(TaskId),
    /// There is nobody to issue codes for.
    #[error("nobody is on this roster, or nobody in this class")]
    Nobody,
    /// The codes would be expired.
    #[error("the codes would end on {0}, which is over")]
    Over(Date),
    /// A code could not be signed.
    #[error(transparent)]
    Sign(#[from] CodeError),
    /// A sheet could not be drawn.
    #[error("a sheet could not be drawn: {0}")]
    Draw(String),
}
