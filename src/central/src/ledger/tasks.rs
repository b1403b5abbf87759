//! Tasks and presets: what the registry decides and the kiosks are told.
//!
//! Enrolment ids follow from a task's matching key, and whose kiosks write about an enrolment from its school code. So no two tasks
//! share a key, and neither changes once there are students or entries: the same student would be two, or two tasks' students one.

use super::database::Ledger;
use super::error::LedgerError;
use super::feed::{self, Announcement};
use super::tables::{student, task};
use super::{entry_rows, task_versions};
use collection::{Task, TaskFault, TaskId};
use protocol::Change;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder,
};
use sentences::codes;

/// What keeps a task from standing next to the tasks, students and entries that are there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum TaskConflict {
    /// Another task has the matching key.
    KeyTaken {
        /// The other task.
        other: TaskId,
    },
    /// The matching key is another one than that of the students and entries of the task.
    KeyInUse,
    /// The school code is another one than that of the students and entries of the task.
    SchoolInUse {
        /// The code that the task has.
        school_code: String,
    },
}

impl TaskConflict {
    /// As one of the mistakes in a task.
    pub fn fault(&self) -> TaskFault {
        let (field, code, args) = match self {
            TaskConflict::KeyTaken { other } => {
                ("matching_key", codes::TASK_KEY_TAKEN, vec![("task", other.to_string())])
            }
            TaskConflict::KeyInUse => ("matching_key", codes::TASK_KEY_IN_USE, Vec::new()),
            TaskConflict::SchoolInUse { school_code } => {
                ("school_code", codes::TASK_SCHOOL_IN_USE, vec![("school", school_code.clone())])
            }
        };
        TaskFault { field, code, args }
    }
}

/// Why a task was not put into the ledger.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PutTaskError {
    /// It contradicts what is there.
    #[error("the task {task} contradicts the tasks, students or entries that are there: {conflicts:?}")]
    Conflicts {
        /// The task.
        task: TaskId,
        /// Every contradiction.
        conflicts: Vec<TaskConflict>,
    },
    #[error(transparent)]
    Ledger(#[from] LedgerError),
}

impl Ledger {
    /// Adds a task or its next version, and announces it to the school's kiosks; refuses one with a [`TaskConflict`].
    pub async fn put_task(&self, task: Task) -> Result<(), PutTaskError> {
        self.write(move |tx| Box::pin(async move { put_task(tx, task).await })).await
    }

    /// Everything for which [`Ledger::put_task`] would refuse this task now.
    pub async fn task_conflicts(&self, task: &Task) -> Result<Vec<TaskConflict>, LedgerError> {
        conflicts(&self.db, task).await
    }

    /// Announces the text of a preset to all kiosks, if it differs from the announced one.
    pub async fn put_preset(&self, name: String, toml: String) -> Result<(), LedgerError> {
        self.write(move |tx| {
            Box::pin(async move {
                let announcement = Announcement {
                    subject: format!("preset:{name}"),
                    school_code: None,
                    change: Change::Preset { name, toml },
                };
                if feed::is_known(tx, &announcement).await? {
                    return Ok(());
                }
                feed::announce(tx, vec![announcement]).await
            })
        })
        .await
    }

    /// Every task, by school and name.
    pub async fn tasks(&self) -> Result<Vec<Task>, LedgerError> {
        let rows = task::Entity::find()
            .order_by_asc(task::Column::SchoolCode)
            .order_by_asc(task::Column::Name)
            .all(&self.db)
            .await?;
        rows.iter().map(read).collect()
    }

    /// The task of that id.
    pub async fn task(&self, id: &TaskId) -> Result<Option<Task>, LedgerError> {
        let row = task::Entity::find_by_id(id.as_str().to_owned()).one(&self.db).await?;
        row.as_ref().map(read).transpose()
    }
}

async fn put_task(tx: &DatabaseTransaction, task: Task) -> Result<(), PutTaskError> {
    // In the transaction that writes: writes run one after the other, so no other task gets in between.
    let conflicts = conflicts(tx, &task).await?;
    if !conflicts.is_empty() {
        return Err(PutTaskError::Conflicts { task: task.id, conflicts });
    }
    Ok(store(tx, task).await?)
}

async fn conflicts<C: ConnectionTrait>(db: &C, new: &Task) -> Result<Vec<TaskConflict>, LedgerError> {
    let tasks: Vec<Task> = task::Entity::find().all(db).await?.iter().map(read).collect::<Result<_, _>>()?;
    let (old, others): (Vec<&Task>, Vec<&Task>) = tasks.iter().partition(|one| one.id == new.id);
    let mut found: Vec<TaskConflict> = others
        .into_iter()
        .filter(|other| is_one_key(other, new))
        .map(|other| TaskConflict::KeyTaken { other: other.id.clone() })
        .collect();
    let Some(old) = old.first() else { return Ok(found) };
    let (other_key, other_school) = (!is_one_key(old, new), old.school_code != new.school_code);
    if (other_key || other_school) && is_in_use(db, &new.id).await? {
        found.extend(other_key.then_some(TaskConflict::KeyInUse));
        let school_code = old.school_code.clone();
        found.extend(other_school.then_some(TaskConflict::SchoolInUse { school_code }));
    }
    Ok(found)
}

/// Whether two tasks have the same key: hex digits in either case.
fn is_one_key(one: &Task, other: &Task) -> bool {
    one.matching_key.eq_ignore_ascii_case(&other.matching_key)
}

/// Whether a task has a roster or entries.
async fn is_in_use<C: ConnectionTrait>(db: &C, id: &TaskId) -> Result<bool, LedgerError> {
    let student = student::Entity::find().filter(student::Column::Task.eq(id.as_str())).one(db).await?;
    Ok(student.is_some() || entry_rows::is_any_of_task(db, id).await?)
}

async fn store(tx: &DatabaseTransaction, task: Task) -> Result<(), LedgerError> {
    let row = task::ActiveModel {
        id: Set(task.id.as_str().to_owned()),
        version: Set(i32::try_from(task.version).unwrap_or(i32::MAX)),
        school_code: Set(task.school_code.clone()),
        school: Set(task.school.clone()),
        name: Set(task.name.clone()),
        category: Set(task.category.into()),
        body: Set(serde_json::to_string(&task).map_err(|e| LedgerError::row("task", &e))?),
    };
    let update = OnConflict::column(task::Column::Id)
        .update_columns([
            task::Column::Version,
            task::Column::SchoolCode,
            task::Column::School,
            task::Column::Name,
            task::Column::Category,
            task::Column::Body,
        ])
        .to_owned();
    task::Entity::insert(row).on_conflict(update).exec(tx).await?;
    task_versions::store(tx, &task).await?;
    let announcement = Announcement {
        subject: format!("task:{}", task.id),
        school_code: Some(task.school_code.clone()),
        change: Change::Task(Box::new(task)),
    };
    feed::announce(tx, vec![announcement]).await
}

fn read(row: &task::Model) -> Result<Task, LedgerError> {
    serde_json::from_str(&row.body).map_err(|e| LedgerError::row("task", &format!("{}: {e}", row.id)))
}
