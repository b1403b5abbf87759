//! From the journal into the queue.

use super::super::table::{entry, student, submission, task};
use super::super::{LedgerError, versions};
use super::{APPROVED, IGNORED, PENDING, REJECTED, REPLACED, SURPLUS};
use collection::{ComparisonBand, EnrolmentId, Entry, Kind, Review, Role, SignedEntry, fold};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};
use std::collections::BTreeSet;

/// Queues a submission for review. An entry that nobody could review (another school's student, nobody on the roster) stays
/// in the journal and out of the queue.
pub(in super::super) async fn enqueue(
    tx: &DatabaseTransaction,
    school_code: &str,
    entry: &Entry,
    whole: bool,
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
        enrolment: Set(enrolment.clone()),
        task: Set(task.id),
        task_version: Set(i32::try_from(entry.task_version).unwrap_or(i32::MAX)),
        school_code: Set(task.school_code),
        category: Set(task.category),
        device: Set(entry.device.as_str().to_owned()),
        portrait: Set(portrait.to_string()),
        original: Set(original.to_string()),
        comparison: Set(band_name(*comparison).to_owned()),
        score_tenths: Set(score_tenths.map(i32::from)),
        submitted_millis: Set(i64::try_from(entry.clock.millis).unwrap_or(i64::MAX)),
        whole: Set(whole),
        began: Set(false),
        state: Set(PENDING.to_owned()),
    };
    submission::Entity::insert(row).exec(tx).await?;
    Ok(())
}

/// Reads the enrolment's whole journal anew and writes down which of its submissions waits for a reviewer. The rules are the
/// fold's alone, so kiosk and console never differ.
pub(in super::super) async fn settle(
    tx: &DatabaseTransaction,
    enrolment: EnrolmentId,
) -> Result<(), LedgerError> {
    let of_student = submission::Column::Enrolment.eq(enrolment.to_string());
    let rows = submission::Entity::find().filter(of_student).all(tx).await?;
    let Some(task) = rows.first().map(|row| row.task.clone()) else { return Ok(()) };
    let versions = versions::of(tx, &task).await?;
    let journal =
        entry::Entity::find().filter(entry::Column::Enrolment.eq(enrolment.to_string())).all(tx).await?;
    // A row that cannot be read any more was readable when it came in; what it said is lost, the others still count.
    let entries: Vec<Entry> = journal
        .into_iter()
        .filter_map(|row| SignedEntry { bytes: row.bytes, signature: row.signature }.read().ok())
        .collect();
    let state = fold(enrolment, &entries, &versions);
    // Two faces wait for the registry's word, and nobody reviews the portrait of a student who left.
    let candidate = state.reviewable().map(|c| c.id.to_string());
    for row in rows {
        let known = state.submissions.iter().find(|s| s.id.to_string() == row.entry);
        let new = match known {
            None => IGNORED,
            Some(s) => match (&s.review, s.role) {
                (Review::Approved, _) => APPROVED,
                (Review::Rejected { .. }, _) => REJECTED,
                _ if candidate.as_ref() == Some(&row.entry) => PENDING,
                (_, Role::Surplus) => SURPLUS,
                _ => REPLACED,
            },
        };
        if new != row.state {
            submission::Entity::update_many()
                .col_expr(submission::Column::State, Expr::value(new))
                .filter(submission::Column::Entry.eq(row.entry))
                .exec(tx)
                .await?;
        }
    }
    Ok(())
}

/// Does so for every student of a school with a portrait that nobody decided on.
pub(in super::super) async fn settle_school(
    tx: &DatabaseTransaction,
    school_code: &str,
) -> Result<(), LedgerError> {
    let open = submission::Entity::find()
        .filter(submission::Column::SchoolCode.eq(school_code))
        .filter(submission::Column::State.is_not_in([APPROVED, REJECTED]))
        .all(tx)
        .await?;
    let students: BTreeSet<String> = open.into_iter().map(|row| row.enrolment).collect();
    for id in students.iter().filter_map(|id| EnrolmentId::parse(id).ok()) {
        settle(tx, id).await?;
    }
    Ok(())
}

fn band_name(band: ComparisonBand) -> &'static str {
    match band {
        ComparisonBand::Pass => "pass",
        ComparisonBand::Manual => "manual",
        ComparisonBand::Below => "below",
        ComparisonBand::None => "none",
    }
}
