//! The queue: submissions that wait for a decision, oldest first.

use super::ROWS;
use crate::ledger::LedgerError;
use crate::ledger::database::Ledger;
use crate::ledger::tables::columns::{CategoryColumn, SubmissionState};
use crate::ledger::tables::{student, submission, task};
use collection::{Category, ComparisonBand};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select};
use std::collections::HashMap;

/// Which part of the queue is shown; an absent field is no restriction.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Filter {
    pub school: Option<String>,
    pub task: Option<String>,
    pub category: Option<Category>,
}

/// One task in the filter.
#[derive(Clone, Debug)]
pub(crate) struct TaskChoice {
    pub id: String,
    pub name: String,
    pub school_code: String,
    pub school: String,
    pub category: Category,
}

/// One row of the queue.
#[derive(Clone, Debug)]
pub(crate) struct PendingRow {
    pub entry: String,
    pub masked_name: String,
    pub class: String,
    pub task: String,
    pub category: Category,
    pub comparison: ComparisonBand,
    pub score_tenths: Option<i32>,
    pub submitted_millis: i64,
}

fn pending(filter: &Filter) -> Select<submission::Entity> {
    let mut query = submission::Entity::find()
        .filter(submission::Column::State.eq(SubmissionState::Pending))
        .filter(submission::Column::Complete.eq(true));
    if let Some(school) = &filter.school {
        query = query.filter(submission::Column::SchoolCode.eq(school.as_str()));
    }
    if let Some(task) = &filter.task {
        query = query.filter(submission::Column::Task.eq(task.as_str()));
    }
    if let Some(category) = filter.category {
        query = query.filter(submission::Column::Category.eq(CategoryColumn::from(category)));
    }
    query.order_by_asc(submission::Column::SubmittedMillis).order_by_asc(submission::Column::Entry)
}

impl Ledger {
    /// How many submissions wait.
    pub async fn pending_count(&self, filter: &Filter) -> Result<u64, LedgerError> {
        Ok(pending(filter).count(&self.db).await?)
    }

    /// How many are cases for the registry: portraits submitted beyond what the task allows.
    pub async fn surplus_count(&self) -> Result<u64, LedgerError> {
        let surplus = submission::Column::State.eq(SubmissionState::Surplus);
        Ok(submission::Entity::find().filter(surplus).count(&self.db).await?)
    }

    /// The oldest that wait.
    pub async fn pending(&self, filter: &Filter) -> Result<Vec<PendingRow>, LedgerError> {
        let rows = pending(filter).limit(ROWS).all(&self.db).await?;
        let students = self.students_of(rows.iter().map(|r| r.enrolment.clone()).collect()).await?;
        let names = self.task_names().await?;
        Ok(rows
            .into_iter()
            .map(|row| {
                let student = students.get(&row.enrolment);
                PendingRow {
                    masked_name: student.map(|s| s.masked_name.clone()).unwrap_or_default(),
                    class: student.map(|s| s.class.clone()).unwrap_or_default(),
                    task: names.get(&row.task).cloned().unwrap_or(row.task),
                    entry: row.entry,
                    category: row.category.into(),
                    comparison: row.comparison.into(),
                    score_tenths: row.score_tenths,
                    submitted_millis: row.submitted_millis,
                }
            })
            .collect())
    }

    /// The one to decide next.
    pub async fn next_pending(&self, filter: &Filter) -> Result<Option<String>, LedgerError> {
        Ok(pending(filter).one(&self.db).await?.map(|row| row.entry))
    }

    /// The tasks that the filter can be set to, by school and name.
    pub async fn task_choices(&self) -> Result<Vec<TaskChoice>, LedgerError> {
        let rows = task::Entity::find().order_by_asc(task::Column::School).order_by_asc(task::Column::Name);
        let choice = |row: task::Model| TaskChoice {
            id: row.id,
            name: row.name,
            school_code: row.school_code,
            school: row.school,
            category: row.category.into(),
        };
        Ok(rows.all(&self.db).await?.into_iter().map(choice).collect())
    }

    /// The roster rows of these enrolments, by enrolment.
    pub(super) async fn students_of(
        &self,
        enrolments: Vec<String>,
    ) -> Result<HashMap<String, student::Model>, LedgerError> {
        let rows = student::Entity::find()
            .filter(student::Column::Enrolment.is_in(enrolments))
            .all(&self.db)
            .await?;
        Ok(rows.into_iter().map(|row| (row.enrolment.clone(), row)).collect())
    }

    /// The names of all tasks, by id.
    pub(super) async fn task_names(&self) -> Result<HashMap<String, String>, LedgerError> {
        let rows = task::Entity::find().all(&self.db).await?;
        Ok(rows.into_iter().map(|row| (row.id, row.name)).collect())
    }
}
