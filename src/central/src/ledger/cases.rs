//! Cases: what rules could not decide, listed for the registry, and what it decided.

use super::review::word::{self, Place};
use super::table::entry;
use super::{Ledger, LedgerError, erase, review, versions};
use crate::registry::OpenCase;
use collection::{
    CaseKind, EnrolmentId, Entry, Kind, Resolution, SignedEntry, Signer, StaffId, TaskId, fold, fold_all,
};
use sea_orm::{EntityTrait, TransactionTrait};
use std::sync::Arc;

/// Why nothing was decided.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ResolveError {
    /// No such case is open.
    #[error("this student has no open case of this kind")]
    NoCase,
    /// The portrait that was chosen is not one of the student's.
    #[error("the chosen portrait is none that this student handed in")]
    NoPortrait,
    #[error(transparent)]
    Ledger(#[from] LedgerError),
}

impl Ledger {
    /// Every open case of a task, by enrolment.
    pub async fn open_cases(&self, task: &TaskId) -> Result<Vec<OpenCase>, LedgerError> {
        let tx = self.db.begin().await?;
        let versions = versions::of(&tx, task.as_str()).await?;
        let rows = entry::Entity::find().all(&tx).await?;
        let read = |row: entry::Model| SignedEntry { bytes: row.bytes, signature: row.signature }.read().ok();
        let entries: Vec<Entry> = rows.into_iter().filter_map(read).filter(|e| e.task == *task).collect();
        let mut open = Vec::new();
        for (enrolment, state) in fold_all(&entries, &versions) {
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
        id: EnrolmentId,
        case: CaseKind,
        staff: StaffId,
        resolution: Resolution,
        now: i64,
    ) -> Result<usize, ResolveError> {
        self.write(move |tx| {
            Box::pin(async move {
                let entries = erase::journal(tx, id).await?;
                let Some(any) = entries.first() else { return Err(ResolveError::NoCase) };
                let state = fold(id, &entries, &versions::of(tx, any.task.as_str()).await?);
                if let Resolution::Chosen { submission } = resolution
                    && !state.submissions.iter().any(|s| s.id == submission)
                {
                    return Err(ResolveError::NoPortrait);
                }
                let abouts: Vec<_> = state
                    .open_cases()
                    .filter(|c| c.kind == case)
                    .filter_map(|c| c.about.first().copied())
                    .collect();
                if abouts.is_empty() {
                    return Err(ResolveError::NoCase);
                }
                let decided = abouts.len();
                for about in abouts {
                    let (task, task_version) = (any.task.clone(), any.task_version);
                    let place = Place { enrolment: id, task, task_version, about };
                    let kind = Kind::CaseResolved { case, staff: staff.clone(), resolution };
                    word::write(tx, &signer, place, None, kind, now).await?;
                }
                review::settle(tx, id).await?;
                Ok(decided)
            })
        })
        .await
    }
}
