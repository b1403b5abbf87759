//! Commands of the registry about one student: cases and erasure.

use crate::config::Config;
use crate::files::FileError;
use crate::keys::{self, KeyFileError};
pub use crate::ledger::OpenCase;
use crate::ledger::{CaseDecision, EraseError, Ledger, LedgerError, ResolveError};
use crate::pictures::Pictures;
use crate::{app, state_folder};
use collection::{CaseKind, EnrolmentId, Resolution, Signer, StaffId, Task, TaskId, UniqueNumber};
use std::sync::Arc;

/// A student at a task, and who decides about them.
#[derive(Clone, Debug)]
pub struct Subject {
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
            refused @ (EraseError::Nobody | EraseError::Request) => {
                RegistryError::Refused(refused.to_string())
            }
        }
    }
}

impl From<ResolveError> for RegistryError {
    fn from(error: ResolveError) -> Self {
        match error {
            ResolveError::Ledger(e) => RegistryError::Ledger(e),
            refused @ (ResolveError::NoCase | ResolveError::NoPortrait) => {
                RegistryError::Refused(refused.to_string())
            }
        }
    }
}

async fn open(config: &Config, task: &TaskId) -> Result<(Ledger, Task), RegistryError> {
    let ledger = Ledger::open(config).await?;
    let found = ledger.task(task).await?.ok_or_else(|| RegistryError::NoTask(task.clone()))?;
    Ok((ledger, found))
}

fn signer(config: &Config) -> Result<Arc<Signer>, RegistryError> {
    Ok(Arc::new(keys::signer(&state_folder::journal_key(config))?))
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
/// many files were deleted. Repeating it finishes what was cut off.
///
/// # Errors
/// [`RegistryError::Refused`] when the rules do not allow it; otherwise which task, student, file or database cannot be used.
pub async fn erase(config: &Config, subject: &Subject) -> Result<usize, RegistryError> {
    let (ledger, task) = open(config, &subject.task).await?;
    let id = enrolment(&task, &subject.student)?;
    let files = ledger.erase(signer(config)?, id, subject.by.clone(), app::now_millis()).await?;
    let pictures = Pictures::open(&state_folder::pictures(config))?;
    for hash in &files {
        pictures.remove(*hash)?;
    }
    ledger.close().await;
    Ok(files.len())
}

/// The open cases of a task, by enrolment.
///
/// # Errors
/// [`RegistryError::NoTask`] or [`RegistryError::Ledger`].
pub async fn cases(config: &Config, task: &TaskId) -> Result<Vec<OpenCase>, RegistryError> {
    let (ledger, task) = open(config, task).await?;
    let found = ledger.open_cases(&task.id).await?;
    ledger.close().await;
    Ok(found)
}

/// Decides a student's open cases of this kind.
///
/// # Errors
/// [`RegistryError::Refused`] when there is none; otherwise which task, student, file or database cannot be used.
pub async fn resolve(
    config: &Config,
    subject: &Subject,
    case: CaseKind,
    resolution: Resolution,
) -> Result<usize, RegistryError> {
    let (ledger, task) = open(config, &subject.task).await?;
    let enrolment = enrolment(&task, &subject.student)?;
    let decision = CaseDecision { enrolment, case, staff: subject.by.clone(), resolution };
    let decided = ledger.resolve(signer(config)?, decision, app::now_millis()).await?;
    ledger.close().await;
    Ok(decided)
}
