//! One submission with everything that a reviewer needs to decide.

use super::history::PastDecision;
use crate::ledger::LedgerError;
use crate::ledger::database::Ledger;
use crate::ledger::tables::columns::SubmissionState;
use crate::ledger::tables::{decision, student, submission, task};
use collection::{Category, ComparisonBand, EntryId, PictureHash};
use sea_orm::{ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter};

/// Everything a reviewer needs to decide.
#[derive(Clone, Debug)]
pub(crate) struct ReviewSubject {
    pub entry: String,
    pub portrait: PictureHash,
    pub original: PictureHash,
    pub admission_photo: Option<PictureHash>,
    pub comparison: ComparisonBand,
    pub score_tenths: Option<i32>,
    pub submitted_millis: i64,
    pub device: String,
    pub school: String,
    pub task: String,
    pub category: Category,
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

impl Ledger {
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
        let wrong = |e: &dyn std::fmt::Display| LedgerError::row("submission", e);
        let (Some(student), Some(task)) = (student, task) else {
            return Err(wrong(&format!("{} has no student or no task", row.entry)));
        };
        let photo = student.admission_photo.as_deref().map(PictureHash::parse).transpose();
        Ok(Some(ReviewSubject {
            portrait: PictureHash::parse(&row.portrait).map_err(|e| wrong(&e))?,
            original: PictureHash::parse(&row.original).map_err(|e| wrong(&e))?,
            admission_photo: photo.map_err(|e| wrong(&e))?,
            entry: row.entry,
            comparison: row.comparison.into(),
            score_tenths: row.score_tenths,
            submitted_millis: row.submitted_millis,
            device: row.device,
            school: task.school,
            task: task.name,
            category: task.category.into(),
            masked_name: student.masked_name,
            masked_number: student.masked_number,
            unique_number: student.unique_number,
            class: student.class,
            programme: student.programme,
            earlier,
            pending: row.state == SubmissionState::Pending && row.complete,
            decision: decision.map(PastDecision::from),
        }))
    }

    /// Whether the picture belongs to something that reviewers see.
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
}
