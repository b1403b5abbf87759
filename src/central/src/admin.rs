//! Commands of the registry until the console has pages for them: reviewers and tasks.

use crate::config::Config;
use crate::console::password;
use crate::files::{self, FileError};
use crate::ledger::{Ledger, LedgerError, PutTaskError, Reviewer, TaskConflict};
use crate::presets::{self, PresetFileError};
use collection::{RosterFacts, Task, TaskFault};
use sentences::{Lang, say};
use standard::Preset;
use std::path::Path;

/// Shortest accepted password, characters.
const MIN_PASSWORD: usize = 10;

/// Why something was not set.
#[derive(Debug, thiserror::Error)]
pub enum AdminError {
    /// A file.
    #[error(transparent)]
    File(#[from] FileError),
    /// The ledger.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// A preset that tasks would refer to.
    #[error(transparent)]
    Preset(#[from] PresetFileError),
    /// The password is too short.
    #[error("the password has fewer than {MIN_PASSWORD} characters")]
    ShortPassword,
    /// The password could not be hashed.
    #[error("the password could not be hashed: {0}")]
    Hash(String),
    /// The task would not work; every reason.
    #[error("{file}\n{}", lines(.faults))]
    Faults {
        /// Which file.
        file: String,
        /// What is wrong.
        faults: Vec<TaskFault>,
    },
    /// The task file is not one.
    #[error("{file}: {reason}")]
    Task {
        /// Which file.
        file: String,
        /// What is wrong.
        reason: String,
    },
}

/// One line for each mistake in a task.
pub(crate) fn lines(faults: &[TaskFault]) -> String {
    let line = |fault: &TaskFault| {
        let args: Vec<(&str, &str)> =
            fault.args.iter().map(|(name, value)| (*name, value.as_str())).collect();
        format!("{}：{}", fault.field, say(fault.code, Lang::Zh, &args))
    };
    faults.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Adds a reviewer or gives one a new password.
///
/// # Errors
/// [`AdminError::ShortPassword`], [`AdminError::Hash`] or [`AdminError::Ledger`].
pub async fn set_reviewer(
    config: &Config,
    login: &str,
    name: &str,
    password: &str,
) -> Result<(), AdminError> {
    if password.chars().count() < MIN_PASSWORD {
        return Err(AdminError::ShortPassword);
    }
    let password_phc = password::hash(password).map_err(|e| AdminError::Hash(e.to_string()))?;
    let ledger = Ledger::open(config).await?;
    let new = Reviewer { login: login.to_owned(), display_name: name.to_owned(), password_phc };
    ledger.put_reviewer(new).await?;
    ledger.close().await;
    Ok(())
}

/// Adds a task from its TOML file, or its next version.
///
/// # Errors
/// [`AdminError::Task`] when the file is not a task or its version is not newer, [`AdminError::Faults`] with everything that would
/// not work (the naming template is checked against the stored roster, the standard and its background against the folder of
/// presets, the matching key and the school code against the ledger), [`AdminError::Preset`], [`AdminError::File`] or [`AdminError::Ledger`].
pub async fn put_task(config: &Config, file: &Path) -> Result<(), AdminError> {
    let wrong = |reason: String| AdminError::Task { file: file.display().to_string(), reason };
    let task: Task = toml::from_str(&files::read_text(file)?).map_err(|e| wrong(e.to_string()))?;
    let mistakes = collection::payload::mistakes(&task.decoders);
    if !mistakes.is_empty() {
        return Err(wrong(format!("decoders: {}", mistakes.join("; "))));
    }
    let ledger = Ledger::open(config).await?;
    let (complete, distinct) = ledger.roster_facts(&task.id).await?;
    let mut faults = task.faults(RosterFacts { complete: &complete, distinct: &distinct });
    let presets: Vec<Preset> =
        presets::read(&config.presets)?.into_iter().map(|(preset, _)| preset).collect();
    faults.extend(task.preset_faults(&presets));
    faults.extend(ledger.task_conflicts(&task).await?.iter().map(TaskConflict::fault));
    let faulty = |faults| AdminError::Faults { file: file.display().to_string(), faults };
    if !faults.is_empty() {
        return Err(faulty(faults));
    }
    if let Some(old) = ledger.task(&task.id).await?
        && old.version >= task.version
    {
        return Err(wrong(format!("version {} is not newer than {}", task.version, old.version)));
    }
    ledger.put_task(task).await.map_err(|error| match error {
        PutTaskError::Conflicts { conflicts, .. } => {
            faulty(conflicts.iter().map(TaskConflict::fault).collect())
        }
        PutTaskError::Ledger(error) => error.into(),
    })?;
    ledger.close().await;
    Ok(())
}
