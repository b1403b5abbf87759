//! Why there is no demo.

use crate::files::FileError;
use crate::keys::KeyFileError;
use crate::ledger::LedgerError;
use crate::pictures::PictureError;
use crate::serve::ServeError;
use collection::IdError;

/// Why there is no demo.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// A file of the demo's folder.
    #[error(transparent)]
    File(#[from] FileError),
    /// A key of the demo's folder.
    #[error(transparent)]
    Key(#[from] KeyFileError),
    /// The server.
    #[error(transparent)]
    Serve(#[from] ServeError),
    /// The ledger.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// A built-in id has the wrong form.
    #[error(transparent)]
    Id(#[from] IdError),
    /// An admission photo was not taken.
    #[error("an admission photo: {0}")]
    Picture(String),
    /// A code could not be made.
    #[error("a collection code: {0}")]
    Code(String),
    /// A file that remembers the first start cannot be read.
    #[error("{file} cannot be read: {reason}; remove the demo's folder to start over")]
    Memory {
        /// Which file.
        file: String,
        /// Why.
        reason: String,
    },
}

impl From<PictureError> for DemoError {
    fn from(error: PictureError) -> DemoError {
        DemoError::Picture(error.to_string())
    }
}
