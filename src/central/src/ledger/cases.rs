//! Cases: what rules could not decide, listed for the registry, and what it decided.

use super::database::Ledger;
use super::enrolment_fold::{fold_of, folds_of_task};
use super::error::LedgerError;
use super::review_queue;
use super::server_entries::{EntryContext, append_server_entry};
use collection::{CaseKind, EnrolmentId, EntryId, Kind, Resolution, Signer, StaffId, TaskId};
use sea_orm::{DatabaseTransaction, TransactionTrait};
use std::sync::Arc;

/// An open case as it is listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenCase {
    /// Whose.
    pub enrolment: EnrolmentId,
    /// What it is about.
    pub kind: CaseKind,
    /// The entries that made it.
    pub about: Vec<EntryId>,
}

/// A decision of the registry about a student's cases of one kind.
pub(crate) struct CaseDecision {
    pub enrolment: EnrolmentId,
    pub case: CaseKind,
    /// Who decides.
    pub staff: StaffId,
    pub resolution: Resolution,
}

/// Why nothing was decided.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ResolveError {
    /// No such case is open.
    #[error("this student has no open case of this kind")]
    NoCase,
    /// The portrait that was chosen is not one of the student's.
    #[error("the chosen portrait is none that this student submitted")]
    NoPortrait,
    #[error(transparent)]
    Ledger(#[from] LedgerError),
}

impl Ledger {
    /// Every open case of a task, by enrolment.
    pub async fn open_cases(&self, task: &TaskId) -> Result<Vec<OpenCase>, LedgerError> {
        let tx = self.db.begin().await?;
        let mut open = Vec::new();
        for (enrolment, state) in folds_of_task(&tx, task).await? {
            open.extend(state.open_cases().map(|c| OpenCase {
                enrolment,
                kind: c.kind,
                about: c.about.clone(),
            }));
        }
        Ok(open)
    }

    /// Decides every open case of this kind of one student; gives how many there were.
    pub async fn resolve(
        &self,
        signer: Arc<Signer>,
        decision: CaseDecision,
        now: i64,
    ) -> Result<usize, ResolveError> {
        self.write(move |tx| Box::pin(async move { resolve(tx, &signer, decision, now).await })).await
    }
}

async fn resolve(
    tx: &DatabaseTransaction,
    signer: &Signer,
    decision: CaseDecision,
    now: i64,
) -> Result<usize, ResolveError> {
    let CaseDecision { enrolment, case, staff, resolution } = decision;
    let folded = fold_of(tx, enrolment).await?.ok_or(ResolveError::NoCase)?;
    if let Resolution::Chosen { submission } = resolution
        && !folded.state.submissions.iter().any(|s| s.id == submission)
    {
        return Err(ResolveError::NoPortrait);
    }
    let abouts: Vec<EntryId> = folded
        .state
        .open_cases()
        .filter(|c| c.kind == case)
        .filter_map(|c| c.about.first().copied())
        .collect();
    if abouts.is_empty() {
        return Err(ResolveError::NoCase);
    }
    for about in &abouts {
        let context = EntryContext::of_enrolment(&folded, *about);
        let kind = Kind::CaseResolved { case, staff: staff.clone(), resolution };
        append_server_entry(tx, signer, context, kind, now).await?;
    }
    review_queue::reproject(tx, enrolment).await?;
    Ok(abouts.len())
}
