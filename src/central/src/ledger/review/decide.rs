//! A reviewer decides. The decision is written in one transaction with the row that makes a second decision impossible.

use super::history::PastDecision;
use crate::ledger::LedgerError;
use crate::ledger::database::Ledger;
use crate::ledger::review_queue;
use crate::ledger::server_entries::{EntryContext, append_server_entry};
use crate::ledger::tables::columns::SubmissionState;
use crate::ledger::tables::{decision, submission};
use collection::{EntryId, Kind, ReviewOutcome, Signer};
use sea_orm::{ActiveValue::Set, DatabaseTransaction, EntityTrait};
use std::sync::Arc;

/// What a reviewer decides.
#[derive(Clone, Debug)]
pub(crate) struct Decision {
    /// Id of the `Submitted` entry.
    pub submission: EntryId,
    pub login: String,
    pub display_name: String,
    pub outcome: ReviewOutcome,
}

/// Why a decision was not taken.
#[derive(Debug, thiserror::Error)]
pub(crate) enum DecideError {
    #[error("there is no such submission")]
    Unknown,
    /// Another reviewer was faster.
    #[error("the submission was decided before")]
    Already(Box<PastDecision>),
    /// The student submitted another portrait meanwhile, or it is a case.
    #[error("the submission does not wait for a decision")]
    NotPending,
    /// A picture is not stored yet, so nobody can have seen it.
    #[error("the submission's pictures are not complete")]
    Incomplete,
    #[error(transparent)]
    Ledger(#[from] LedgerError),
}

impl Ledger {
    /// Writes a decision, signed by the server, and gives the id of its entry.
    pub async fn decide(&self, signer: Arc<Signer>, new: Decision, now: i64) -> Result<EntryId, DecideError> {
        self.write(move |tx| Box::pin(async move { decide(tx, &signer, new, now).await })).await
    }
}

async fn decide(
    tx: &DatabaseTransaction,
    signer: &Signer,
    new: Decision,
    now: i64,
) -> Result<EntryId, DecideError> {
    let id = new.submission.to_string();
    let row = submission::Entity::find_by_id(id.clone()).one(tx).await.map_err(LedgerError::from)?;
    let row = row.ok_or(DecideError::Unknown)?;
    let earlier = decision::Entity::find_by_id(id).one(tx).await.map_err(LedgerError::from)?;
    if let Some(earlier) = earlier {
        return Err(DecideError::Already(Box::new(PastDecision::from(earlier))));
    }
    if row.state != SubmissionState::Pending {
        return Err(DecideError::NotPending);
    }
    if !row.complete {
        return Err(DecideError::Incomplete);
    }
    Ok(write(tx, signer, new, row, now).await?)
}

async fn write(
    tx: &DatabaseTransaction,
    signer: &Signer,
    new: Decision,
    row: submission::Model,
    now: i64,
) -> Result<EntryId, LedgerError> {
    let context = EntryContext::of_submission(&row)?;
    let enrolment = context.enrolment;
    let kind = Kind::Reviewed(new.outcome.clone());
    let reviewed = append_server_entry(tx, signer, context, kind, now).await?;
    let reason = match new.outcome {
        ReviewOutcome::Approved => None,
        ReviewOutcome::Rejected { reason } => Some(reason),
    };
    let decided = decision::ActiveModel {
        submission: Set(row.entry),
        reviewed: Set(reviewed.to_string()),
        login: Set(new.login),
        display_name: Set(new.display_name),
        reason: Set(reason),
        decided_millis: Set(now),
    };
    decision::Entity::insert(decided).exec(tx).await?;
    review_queue::reproject(tx, enrolment).await?;
    Ok(reviewed)
}
