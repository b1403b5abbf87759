//! What reviewers look at: the queue, one submission, the history.

use super::super::table::{decision, student, submission, task};
use super::super::{Ledger, LedgerError};
use super::{PENDING, SURPLUS};
use collection::{EntryId, PictureHash};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};
use std::collections::HashMap;

/// Rows of one page of the queue or the history.
const ROWS: u64 = 100;

/// Which part of the queue is looked at; an absent one is all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Filter {
    pub school: Option<String>,
    pub task: Option<String>,
    pub category: Option<String>,
}

/// What the filter can be set to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Filters {
    pub tasks: Vec<TaskChoice>,
}

/// One task in the filter.
#[derive(Clone, Debug)]
pub(crate) struct TaskChoice {
    pub id: String,
    pub name: String,
    pub school_code: String,
    pub school: String,
    pub category: String,
}

/// One row of the queue.
#[derive(Clone, Debug)]
pub(crate) struct PendingRow {
    pub entry: String,
    pub masked_name: String,
    pub class: String,
    pub task: String,
    pub category: String,
    pub comparison: String,
    pub score_tenths: Option<i32>,
    pub submitted_millis: i64,
}

/// A decision that was taken.
#[derive(Clone, Debug)]
pub(crate) struct PastDecision {
    pub submission: String,
    pub display_name: String,
    pub reason: Option<String>,
    pub decided_millis: i64,
    /// Empty where the student is no longer on a roster.
    pub masked_name: String,
    pub class: String,
    pub task: String,
}

impl From<decision::Model> for PastDecision {
    fn from(row: decision::Model) -> Self {
        PastDecision {
            submission: row.submission,
            display_name: row.display_name,
            reason: row.reason,
            decided_millis: row.decided_millis,
            masked_name: String::new(),
            class: String::new(),
            task: String::new(),
        }
    }
}

/// One submission with everything a reviewer needs to decide.
#[derive(Clone, Debug)]
pub(crate) struct ReviewSubject {
    pub entry: String,
    pub portrait: PictureHash,
    pub original: PictureHash,
    pub admission_photo: Option<PictureHash>,
    pub comparison: String,
    pub score_tenths: Option<i32>,
    pub submitted_millis: i64,
    pub device: String,
    pub school: String,
    pub task: String,
    pub category: String,
    pub masked_name: String,
    pub masked_number: String,
    pub unique_number: String,
    pub class: String,
    pub programme: String,
    /// Submissions of this student before this one.
    pub earlier: u64,
    /// Whether it waits for a decision.
    pub pending: bool,
    pub decision: Option<PastDecision>,
}

fn pending(filter: &Filter) -> Select<submission::Entity> {
    let mut query = submission::Entity::find()
        .filter(submission::Column::State.eq(PENDING))
        .filter(submission::Column::Whole.eq(true));
    for (column, value) in [
        (submission::Column::SchoolCode, &filter.school),
        (submission::Column::Task, &filter.task),
        (submission::Column::Category, &filter.category),
    ] {
        if let Some(value) = value {
            query = query.filter(column.eq(value.as_str()));
        }
    }
    query.order_by_asc(submission::Column::SubmittedMillis).order_by_asc(submission::Column::Entry)
}

impl Ledger {
    /// How many wait.
    pub async fn pending_count(&self, filter: &Filter) -> Result<u64, LedgerError> {
        Ok(pending(filter).count(&self.db).await?)
    }

    /// How many are cases for the registry: portraits handed in beyond what the task allows.
    pub async fn surplus_count(&self) -> Result<u64, LedgerError> {
        Ok(submission::Entity::find().filter(submission::Column::State.eq(SURPLUS)).count(&self.db).await?)
    }

    /// The oldest that wait.
    pub async fn pending(&self, filter: &Filter) -> Result<Vec<PendingRow>, LedgerError> {
        let rows = pending(filter).limit(ROWS).all(&self.db).await?;
        let students = self.students_of(rows.iter().map(|r| r.enrolment.clone()).collect()).await?;
        let names = self.task_names().await?;
        Ok(rows
            .into_iter()
            .map(|row| {
                let who = students.get(&row.enrolment);
                PendingRow {
                    masked_name: who.map(|s| s.masked_name.clone()).unwrap_or_default(),
                    class: who.map(|s| s.class.clone()).unwrap_or_default(),
                    task: names.get(&row.task).cloned().unwrap_or(row.task),
                    entry: row.entry,
                    category: row.category,
                    comparison: row.comparison,
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

    /// One submission.
    pub async fn subject(&self, id: EntryId) -> Result<Option<ReviewSubject>, LedgerError> {
        let Some(row) = submission::Entity::find_by_id(id.to_string()).one(&self.db).await? else {
            return Ok(None);
        };
        let student = student::Entity::find_by_id(row.enrolment.clone()).one(&self.db).await?;
        let task = task::Entity::find_by_id(row.task.clone()).one(&self.db).await?;
        let decision = decision::Entity::find_by_id(row.entry.clone()).one(&self.db).await?;
        let earlier = submission::Entity::find()
            .filter(submission::Column::Enrolment.eq(row.enrolment.clone()))
            .filter(submission::Column::SubmittedMillis.lt(row.submitted_millis))
            .count(&self.db)
            .await?;
        let bad = |reason: String| LedgerError::Row { table: "submission", reason };
        let (Some(student), Some(task)) = (student, task) else {
            return Err(bad(format!("{} has no student or no task", row.entry)));
        };
        let photo = student.admission_photo.as_deref().map(PictureHash::parse).transpose();
        Ok(Some(ReviewSubject {
            portrait: PictureHash::parse(&row.portrait).map_err(|e| bad(e.to_string()))?,
            original: PictureHash::parse(&row.original).map_err(|e| bad(e.to_string()))?,
            admission_photo: photo.map_err(|e| bad(e.to_string()))?,
            entry: row.entry,
            comparison: row.comparison,
            score_tenths: row.score_tenths,
            submitted_millis: row.submitted_millis,
            device: row.device,
            school: task.school,
            task: task.name,
            category: task.category,
            masked_name: student.masked_name,
            masked_number: student.masked_number,
            unique_number: student.unique_number,
            class: student.class,
            programme: student.programme,
            earlier,
            pending: row.state == PENDING && row.whole,
            decision: decision.map(PastDecision::from),
        }))
    }

    /// Decisions, newest first.
    pub async fn decisions(&self) -> Result<Vec<PastDecision>, LedgerError> {
        let rows = decision::Entity::find()
            .order_by_desc(decision::Column::DecidedMillis)
            .order_by_desc(decision::Column::Submission)
            .limit(ROWS)
            .all(&self.db)
            .await?;
        let ids: Vec<String> = rows.iter().map(|r| r.submission.clone()).collect();
        let subs =
            submission::Entity::find().filter(submission::Column::Entry.is_in(ids)).all(&self.db).await?;
        let subs: HashMap<String, submission::Model> =
            subs.into_iter().map(|s| (s.entry.clone(), s)).collect();
        let students = self.students_of(subs.values().map(|s| s.enrolment.clone()).collect()).await?;
        let names = self.task_names().await?;
        Ok(rows
            .into_iter()
            .map(|row| {
                let mut past = PastDecision::from(row);
                let sub = subs.get(&past.submission);
                if let Some(who) = sub.and_then(|s| students.get(&s.enrolment)) {
                    past.masked_name.clone_from(&who.masked_name);
                    past.class.clone_from(&who.class);
                }
                past.task = sub.and_then(|s| names.get(&s.task).cloned()).unwrap_or_default();
                past
            })
            .collect())
    }

    /// Decisions taken since a time, Unix milliseconds.
    pub async fn decided_since(&self, since: i64) -> Result<u64, LedgerError> {
        Ok(decision::Entity::find()
            .filter(decision::Column::DecidedMillis.gte(since))
            .count(&self.db)
            .await?)
    }

    /// What the filter can be set to.
    pub async fn filters(&self) -> Result<Filters, LedgerError> {
        let rows = task::Entity::find().order_by_asc(task::Column::School).order_by_asc(task::Column::Name);
        let tasks = rows.all(&self.db).await?.into_iter().map(|t| TaskChoice {
            id: t.id,
            name: t.name,
            school_code: t.school_code,
            school: t.school,
            category: t.category,
        });
        Ok(Filters { tasks: tasks.collect() })
    }

    /// Whether the picture belongs to something reviewers see.
    pub async fn is_reviewable(&self, hash: PictureHash) -> Result<bool, LedgerError> {
        let text = hash.to_string();
        let of_submission = Condition::any()
            .add(submission::Column::Portrait.eq(text.as_str()))
            .add(submission::Column::Original.eq(text.as_str()));
        if submission::Entity::find().filter(of_submission).one(&self.db).await?.is_some() {
            return Ok(true);
        }
        let photo = student::Entity::find().filter(student::Column::AdmissionPhoto.eq(text));
        Ok(photo.one(&self.db).await?.is_some())
    }

    async fn students_of(
        &self,
        enrolments: Vec<String>,
    ) -> Result<HashMap<String, student::Model>, LedgerError> {
        let rows = student::Entity::find()
            .filter(student::Column::Enrolment.is_in(enrolments))
            .all(&self.db)
            .await?;
        Ok(rows.into_iter().map(|row| (row.enrolment.clone(), row)).collect())
    }

    async fn task_names(&self) -> Result<HashMap<String, String>, LedgerError> {
        let rows = task::Entity::find().all(&self.db).await?;
        Ok(rows.into_iter().map(|row| (row.id, row.name)).collect())
    }
}
