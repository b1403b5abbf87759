//! An enrolment's state: its whole journal, folded by the rules that its task had and has.

use super::error::LedgerError;
use super::tables::{student, submission};
use super::{entry_rows, task_versions};
use collection::{Enrolment, EnrolmentId, Entry, TaskId, fold, fold_all};
use sea_orm::{ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter};
use std::collections::BTreeMap;

/// An enrolment's journal and the state that follows from it.
pub(super) struct FoldedEnrolment {
    pub id: EnrolmentId,
    /// The task by whose rules the journal was folded.
    pub task: TaskId,
    /// Task version of the entry that arrived first.
    pub task_version: u32,
    /// In the order of arrival.
    pub entries: Vec<Entry>,
    pub state: Enrolment,
}

/// Folds the journal of an enrolment; `None` when it has no entry that can be read.
pub(super) async fn fold_of(
    tx: &DatabaseTransaction,
    id: EnrolmentId,
) -> Result<Option<FoldedEnrolment>, LedgerError> {
    let entries = entry_rows::of_enrolment(tx, id).await?;
    let Some(first) = entries.first() else { return Ok(None) };
    let task_version = first.task_version;
    let task = match known_task(tx, id).await? {
        Some(task) => task,
        None => first.task.clone(),
    };
    let state = fold(id, &entries, &task_versions::of_task(tx, &task).await?);
    Ok(Some(FoldedEnrolment { id, task, task_version, entries, state }))
}

/// The task of the enrolment's roster row or, when the roster no longer has it, of its submissions.
async fn known_task(tx: &DatabaseTransaction, id: EnrolmentId) -> Result<Option<TaskId>, LedgerError> {
    let row = student::Entity::find_by_id(id.to_string()).one(tx).await?;
    if let Some(row) = row {
        return TaskId::new(row.task).map(Some).map_err(|e| LedgerError::row("student", &e));
    }
    let of_enrolment = submission::Column::Enrolment.eq(id.to_string());
    let row = submission::Entity::find().filter(of_enrolment).one(tx).await?;
    row.map(|row| TaskId::new(row.task)).transpose().map_err(|e| LedgerError::row("submission", &e))
}

/// Folds every enrolment of a task.
pub(super) async fn folds_of_task<C: ConnectionTrait>(
    db: &C,
    task: &TaskId,
) -> Result<BTreeMap<EnrolmentId, Enrolment>, LedgerError> {
    let versions = task_versions::of_task(db, task).await?;
    Ok(fold_all(&entry_rows::of_task(db, task).await?, &versions))
}
