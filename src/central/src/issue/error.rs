//! Why no codes were issued.

use super::ink::FontError;
use crate::admin::lines;
use crate::files::FileError;
use crate::keys::KeyFileError;
use crate::ledger::{LedgerError, PutTaskError, TaskConflict};
use collection::payload::CodeError;
use collection::{TaskFault, TaskId};
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
    /// The task contradicts what is in the ledger.
    #[error("the task {task} is refused:\n{}", lines(.faults))]
    Task {
        /// Which task.
        task: TaskId,
        /// What is wrong.
        faults: Vec<TaskFault>,
    },
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

impl From<PutTaskError> for IssueError {
    fn from(error: PutTaskError) -> IssueError {
        match error {
            PutTaskError::Conflicts { task, conflicts } => {
                IssueError::Task { task, faults: conflicts.iter().map(TaskConflict::fault).collect() }
            }
            PutTaskError::Ledger(error) => error.into(),
        }
    }
}
