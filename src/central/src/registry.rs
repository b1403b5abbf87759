//! What the registry decides about one student from the command line: cases and erasure.

use crate::config::Config;
use crate::files::{self, FileError};
use crate::keys::{self, KeyFileError};
use crate::ledger::{EraseError, Ledger, LedgerError, ResolveError};
use crate::pictures::Pictures;
use crate::{app, serve};
use collection::{CaseKind, EnrolmentId, EntryId, Resolution, StaffId, Task, TaskId, UniqueNumber};
use std::sync::Arc;

/// A student at a task.
#[derive(Clone, Debug)]
pub struct Whom {
    /// The task.
    pub task: TaskId,
    /// Unique number, or the enrolment's 32 hex digits of a student on no roster.
    pub student: String,
    /// Who decides, by login name.
    pub by: StaffId,
}

/// Why nothing was decided.
#[derive(Debug, thiserror::Error)]
pub enum RegistryError {
    /// A file.
    #[error(transparent)]
    File(#[from] FileError),
    /// The server's key.
    #[error(transparent)]
    Key(#[from] KeyFileError),
    /// The ledger.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// There is no such task.
    #[error("there is no task {0}")]
    NoTask(TaskId),
    /// Neither a unique number nor an enrolment.
    #[error("the student is neither a unique number nor the 32 hex digits of an enrolment")]
    Student,
    /// The rules did not allow it.
    #[error("{0}")]
    Refused(String),
}

impl From<EraseError> for RegistryError {
    fn from(error: EraseError) -> Self {
        match error {
            EraseError::Ledger(e) => RegistryError::Ledger(e),
            other => RegistryError::Refused(other.to_string()),
        }
    }
}

impl From<ResolveError> for RegistryError {
    fn from(error: ResolveError) -> Self {
        match error {
            ResolveError::Ledger(e) => RegistryError::Ledger(e),
            other => RegistryError::Refused(other.to_string()),
        }
    }
}

/// An open case as it is listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenCase {
    /// Whose.
    pub enrolment: EnrolmentId,
    /// What it is about.
    pub kind: CaseKind,
    /// The entries that made it.
    pub about: Vec<EntryId>,
}

async fn open(config: &Config, task: &TaskId) -> Result<(Ledger, Task), RegistryError> {
    files::make_private_dir(&config.state)?;
    let ledger = Ledger::open(&config.state.join("ledger.sqlite")).await?;
    let found = ledger.task(task).await?.ok_or_else(|| RegistryError::NoTask(task.clone()))?;
    Ok((ledger, found))
}

fn enrolment(task: &Task, student: &str) -> Result<EnrolmentId, RegistryError> {
    if let Ok(id) = EnrolmentId::parse(student) {
        return Ok(id);
    }
    let number = UniqueNumber::new(student.to_ascii_uppercase()).map_err(|_| RegistryError::Student)?;
    let key = task.key().map_err(|e| RegistryError::Refused(e.to_string()))?;
    Ok(collection::enrolment_id(&key, &number))
}

/// Erases a student: roster row, pictures, records and admission photo, here now and at every kiosk with its next sync. Gives how
/// many files were wiped. Doing it again finishes what was cut off.
///
/// # Errors
/// When the rules do not allow it, or a file or the ledger cannot be used.
pub async fn erase(config: &Config, whom: &Whom) -> Result<usize, RegistryError> {
    let (ledger, task) = open(config, &whom.task).await?;
    let signer = Arc::new(keys::signer(&serve::journal_key(&config.state))?);
    let id = enrolment(&task, &whom.student)?;
    let files = ledger.erase(signer, id, whom.by.clone(), app::now_millis()).await?;
    let pictures = Pictures::open(&serve::pictures(&config.state))?;
    for hash in &files {
        pictures.remove(*hash)?;
    }
    ledger.close().await;
    Ok(files.len())
}

/// The open cases of a task, by enrolment.
///
/// # Errors
/// When the ledger cannot be used.
pub async fn cases(config: &Config, task: &TaskId) -> Result<Vec<OpenCase>, RegistryError> {
    let (ledger, task) = open(config, task).await?;
    let found = ledger.open_cases(&task.id).await?;
    ledger.close().await;
    Ok(found)
}

/// Decides a student's open cases of this kind.
///
/// # Errors
/// When there is none, or a file or the ledger cannot be used.
pub async fn resolve(
    config: &Config,
    whom: &Whom,
    case: CaseKind,
    resolution: Resolution,
) -> Result<usize, RegistryError> {
    let (ledger, task) = open(config, &whom.task).await?;
    let signer = Arc::new(keys::signer(&serve::journal_key(&config.state))?);
    let id = enrolment(&task, &whom.student)?;
    let decided = ledger.resolve(signer, id, case, whom.by.clone(), resolution, app::now_millis()).await?;
    ledger.close().await;
    Ok(decided)
}
