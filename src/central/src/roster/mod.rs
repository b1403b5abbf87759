//! Rosters from files: CSV as spreadsheets write it. Either every row is right and all are imported, or every wrong row is
//! reported with its line and nothing is imported.

mod columns;
mod error;
mod mistake;
mod read;
mod row;
#[cfg(test)]
mod tests;

pub use error::{ImportError, MAX_FILE_BYTES, MAX_ROWS};
pub use mistake::{Fault, Mistake};

use crate::config::Config;
use crate::ledger::{Ledger, LedgerError};
use collection::{Task, TaskId};
use std::collections::BTreeMap;
use std::path::Path;

/// Imports a roster file into the ledger of this configuration. Gives how many students are on it.
///
/// `task` is the task of rows that name none.
///
/// # Errors
/// [`ImportError::Rows`] with every wrong row, or why the file or the ledger cannot be used.
pub async fn import(config: &Config, file: &Path, task: Option<&TaskId>) -> Result<usize, ImportError> {
    let ledger = Ledger::open(config).await?;
    let result = into_ledger(&ledger, file, task).await;
    ledger.close().await;
    result
}

async fn into_ledger(ledger: &Ledger, file: &Path, task: Option<&TaskId>) -> Result<usize, ImportError> {
    let tasks = tasks(ledger).await?;
    let today = jiff::Zoned::now().date();
    let bytes = read::bounded(file)?;
    let rosters = read::rosters(&bytes, &tasks, task, today)?;
    let count = rosters.iter().map(|(_, students)| students.len()).sum();
    ledger.put_students(rosters).await?;
    Ok(count)
}

async fn tasks(ledger: &Ledger) -> Result<BTreeMap<TaskId, Task>, LedgerError> {
    Ok(ledger.tasks().await?.into_iter().map(|task| (task.id.clone(), task)).collect())
}
