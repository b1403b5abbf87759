//! Decisions that were taken.

use super::ROWS;
use crate::ledger::LedgerError;
use crate::ledger::database::Ledger;
use crate::ledger::tables::{decision, submission};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::HashMap;

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

impl Ledger {
    /// Decisions, newest first.
    pub async fn decisions(&self) -> Result<Vec<PastDecision>, LedgerError> {
        let rows = decision::Entity::find()
            .order_by_desc(decision::Column::DecidedMillis)
            .order_by_desc(decision::Column::Submission)
            .limit(ROWS)
            .all(&self.db)
            .await?;
        let ids: Vec<String> = rows.iter().map(|r| r.submission.clone()).collect();
        let submissions =
            submission::Entity::find().filter(submission::Column::Entry.is_in(ids)).all(&self.db).await?;
        let submissions: HashMap<String, submission::Model> =
            submissions.into_iter().map(|s| (s.entry.clone(), s)).collect();
        let enrolments = submissions.values().map(|s| s.enrolment.clone()).collect();
        let students = self.students_of(enrolments).await?;
        let names = self.task_names().await?;
        Ok(rows
            .into_iter()
            .map(|row| {
                let mut past = PastDecision::from(row);
                let submission = submissions.get(&past.submission);
                if let Some(student) = submission.and_then(|s| students.get(&s.enrolment)) {
                    past.masked_name.clone_from(&student.masked_name);
                    past.class.clone_from(&student.class);
                }
                past.task = submission.and_then(|s| names.get(&s.task).cloned()).unwrap_or_default();
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
}
