//! Why there is no demo.

use crate::admin::lines;
use crate::files::FileError;
use crate::keys::KeyFileError;
use crate::ledger::{LedgerError, PutTaskError, TaskConflict};
use crate::pictures::PictureError;
use crate::serve::ServeError;
use collection::{IdError, TaskFault, TaskId};

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
    /// The task contradicts what is in the ledger.
    #[error("the task {task} is refused:\n{}", lines(.faults))]
    Task {
        /// Which task.
        task: TaskId,
        /// What is wrong.
        faults: Vec<TaskFault>,
    },
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

impl From<PutTaskError> for DemoError {
    fn from(error: PutTaskError) -> DemoError {
        match error {
            PutTaskError::Conflicts { task, conflicts } => {
                DemoError::Task { task, faults: conflicts.iter().map(TaskConflict::fault).collect() }
            }
            PutTaskError::Ledger(error) => error.into(),
        }
    }
}
