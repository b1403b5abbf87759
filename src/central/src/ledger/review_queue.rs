//! The review queue: a projection of the journal, one row for every submission that a reviewer could decide on.

use super::enrolment_fold::fold_of;
use super::error::LedgerError;
use super::tables::columns::SubmissionState;
use super::tables::{student, submission, task};
use collection::{Enrolment, EnrolmentId, Entry, Kind, Review, Role};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};
use std::collections::BTreeSet;

/// Adds the row of a submission. An entry that nobody could review (another school's student, nobody on the roster) stays in
/// the journal and out of the queue. `complete`: both pictures are stored here.
pub(super) async fn enqueue(
    tx: &DatabaseTransaction,
    school_code: &str,
    entry: &Entry,
    complete: bool,
) -> Result<(), LedgerError> {
    let Kind::Submitted { portrait, original, comparison, score_tenths, .. } = &entry.kind else {
        return Ok(());
    };
    let enrolment = entry.enrolment.to_string();
    let student = student::Entity::find_by_id(enrolment.clone()).one(tx).await?;
    let task = task::Entity::find_by_id(entry.task.as_str().to_owned()).one(tx).await?;
    let (Some(student), Some(task)) = (student, task) else {
        tracing::warn!(entry = %entry.id, "a submission of nobody on the roster stays in the journal");
        return Ok(());
    };
    if student.task != task.id || task.school_code != school_code {
        tracing::warn!(entry = %entry.id, "a submission outside of the device's school stays in the journal");
        return Ok(());
    }
    let row = submission::ActiveModel {
        entry: Set(entry.id.to_string()),
        enrolment: Set(enrolment),
        task: Set(task.id),
        task_version: Set(i32::try_from(entry.task_version).unwrap_or(i32::MAX)),
        school_code: Set(task.school_code),
        category: Set(task.category),
        device: Set(entry.device.as_str().to_owned()),
        portrait: Set(portrait.to_string()),
        original: Set(original.to_string()),
        comparison: Set((*comparison).into()),
        score_tenths: Set(score_tenths.map(i32::from)),
        submitted_millis: Set(i64::try_from(entry.clock.millis).unwrap_or(i64::MAX)),
        complete: Set(complete),
        began: Set(false),
        state: Set(SubmissionState::Pending),
    };
    submission::Entity::insert(row).exec(tx).await?;
    Ok(())
}

/// Folds the enrolment's journal again and writes the state of each of its submissions. The rules are the fold's alone, so
/// kiosk and console never differ.
pub(super) async fn reproject(tx: &DatabaseTransaction, id: EnrolmentId) -> Result<(), LedgerError> {
    let of_enrolment = submission::Column::Enrolment.eq(id.to_string());
    let rows = submission::Entity::find().filter(of_enrolment).all(tx).await?;
    if rows.is_empty() {
        return Ok(());
    }
    let folded = fold_of(tx, id).await?;
    for row in rows {
        let state = match &folded {
            Some(folded) => state_of(&folded.state, &row.entry),
            None => SubmissionState::Ignored,
        };
        if state != row.state {
            submission::Entity::update_many()
                .col_expr(submission::Column::State, Expr::value(state))
                .filter(submission::Column::Entry.eq(row.entry))
                .exec(tx)
                .await?;
        }
    }
    Ok(())
}

fn state_of(enrolment: &Enrolment, entry: &str) -> SubmissionState {
    let Some(submission) = enrolment.submissions.iter().find(|s| s.id.to_string() == entry) else {
        return SubmissionState::Ignored;
    };
    // Two faces wait for the registry's decision, and nobody reviews the portrait of a student who left.
    let is_candidate = enrolment.reviewable().is_some_and(|c| c.id == submission.id);
    match submission.review {
        Review::Approved => SubmissionState::Approved,
        Review::Rejected { .. } => SubmissionState::Rejected,
        Review::Waiting | Review::Began if is_candidate => SubmissionState::Pending,
        Review::Waiting | Review::Began => match submission.role {
            Role::Surplus => SubmissionState::Surplus,
            Role::First | Role::Replacement | Role::Resubmission | Role::Extra => SubmissionState::Replaced,
        },
    }
}

/// Reprojects every enrolment of a school that has a submission without a decision.
pub(super) async fn reproject_school(tx: &DatabaseTransaction, school_code: &str) -> Result<(), LedgerError> {
    let undecided = submission::Entity::find()
        .filter(submission::Column::SchoolCode.eq(school_code))
        .filter(submission::Column::State.is_not_in([SubmissionState::Approved, SubmissionState::Rejected]))
        .all(tx)
        .await?;
    let enrolments: BTreeSet<String> = undecided.into_iter().map(|row| row.enrolment).collect();
    for id in enrolments.iter().filter_map(|id| EnrolmentId::parse(id).ok()) {
        reproject(tx, id).await?;
    }
    Ok(())
}
