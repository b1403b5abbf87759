//! Erasure: what is personal of a student goes, here and at every kiosk; the journal stays complete.
//!
//! The server's entry, the roster row and the notes about files change in one transaction; the files themselves are deleted
//! after it. The journal still names them, so a deletion that was cut off is finished by repeating the command.

use super::database::Ledger;
use super::enrolment_fold::{FoldedEnrolment, fold_of};
use super::error::LedgerError;
use super::feed::{self, Announcement};
use super::server_entries::{EntryContext, append_server_entry};
use super::tables::student;
use super::{attachments, durability, review_queue};
use collection::{EnrolmentId, Entry, EntryId, Kind, Participation, PictureHash, Signer, StaffId};
use protocol::Change;
use sea_orm::{DatabaseTransaction, EntityTrait};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Why nobody was erased.
#[derive(Debug, thiserror::Error)]
pub(crate) enum EraseError {
    /// Nobody of this number is at the task.
    #[error("nobody of this number is at the task")]
    Nobody,
    /// The rules do not allow the request.
    #[error("the request for erasure does not count; see the ignored entries of this enrolment")]
    Request,
    #[error(transparent)]
    Ledger(#[from] LedgerError),
}

impl Ledger {
    /// Erases a student, by the request in the journal or, where there is none, by a request that is written now in the name of
    /// `by`. Gives the files to delete; the same again when the student was erased before.
    pub async fn erase(
        &self,
        signer: Arc<Signer>,
        id: EnrolmentId,
        by: StaffId,
        now: i64,
    ) -> Result<Vec<PictureHash>, EraseError> {
        self.write(move |tx| Box::pin(async move { erase(tx, &signer, id, by, now).await })).await
    }
}

async fn erase(
    tx: &DatabaseTransaction,
    signer: &Signer,
    id: EnrolmentId,
    by: StaffId,
    now: i64,
) -> Result<Vec<PictureHash>, EraseError> {
    let folded = fold_of(tx, id).await?.ok_or(EraseError::Nobody)?;
    if folded.state.participation != Participation::Erased {
        let request = match folded.state.erasure_request {
            Some(request) => request,
            None => request_erasure(tx, signer, &folded, by, now).await?,
        };
        let context = EntryContext::of_enrolment(&folded, request);
        append_server_entry(tx, signer, context, Kind::Erased, now).await?;
        let after = fold_of(tx, id).await?;
        if after.is_none_or(|after| after.state.participation != Participation::Erased) {
            return Err(EraseError::Request);
        }
    }
    let files = forget(tx, id, &folded.entries).await?;
    for device in folded.entries.iter().map(|e| e.device.as_str()).collect::<BTreeSet<_>>() {
        durability::advance(tx, device).await?;
    }
    review_queue::reproject(tx, id).await?;
    Ok(files)
}

async fn request_erasure(
    tx: &DatabaseTransaction,
    signer: &Signer,
    folded: &FoldedEnrolment,
    by: StaffId,
    now: i64,
) -> Result<EntryId, EraseError> {
    let first = folded.entries.first().ok_or(EraseError::Nobody)?;
    let context = EntryContext::of_enrolment(folded, first.id);
    let kind = Kind::ErasureRequested { staff: Some(by) };
    Ok(append_server_entry(tx, signer, context, kind, now).await?)
}

/// Forgets the roster row and the attachments; gives the files that nobody else's entry and nobody else's roster row names.
async fn forget(
    tx: &DatabaseTransaction,
    id: EnrolmentId,
    entries: &[Entry],
) -> Result<Vec<PictureHash>, LedgerError> {
    let mut files: BTreeSet<PictureHash> = entries.iter().flat_map(|e| e.kind.attachments()).collect();
    attachments::forget(tx, entries).await?;
    if let Some(row) = student::Entity::find_by_id(id.to_string()).one(tx).await? {
        files.extend(row.admission_photo.and_then(|hash| PictureHash::parse(&hash).ok()));
        student::Entity::delete_by_id(id.to_string()).exec(tx).await?;
        let removed = Announcement {
            subject: format!("roster:{id}"),
            school_code: Some(row.school_code),
            change: Change::RosterRemoved { enrolment: id },
        };
        feed::announce(tx, vec![removed]).await?;
    }
    attachments::forget_unreferenced(tx, files).await
}
