//! Erasure: what is personal of a student goes, here and at every kiosk; the journal stays whole.
//!
//! The server's word, the roster row and the notes about files change in one transaction; the files themselves are wiped after
//! it. The journal still names them, so a wipe that was cut off is finished by asking again.

use super::feed::{self, Announcement};
use super::review::word::{self, Place};
use super::table::{entry, entry_picture, picture, student};
use super::{Ledger, LedgerError, review, versions, whole};
use collection::{
    CENTRAL, EnrolmentId, Entry, Kind, Participation, PictureHash, SignedEntry, Signer, StaffId, fold,
};
use protocol::Change;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Why nobody was erased.
#[derive(Debug, thiserror::Error)]
pub(crate) enum EraseError {
    /// Nobody of this number is at the task.
    #[error("nobody of this number is at the task")]
    Nobody,
    /// The request does not stand by the rules.
    #[error("the request for erasure does not count; see the ignored entries of this enrolment")]
    Request,
    #[error(transparent)]
    Ledger(#[from] LedgerError),
}

impl Ledger {
    /// Erases a student, by the request in the journal or, where there is none, by the request that `by` writes down now. Gives
    /// the files to wipe; the same again when it was done before.
    pub async fn erase(
        &self,
        signer: Arc<Signer>,
        id: EnrolmentId,
        by: StaffId,
        now: i64,
    ) -> Result<Vec<PictureHash>, EraseError> {
        self.write(move |tx| Box::pin(async move { carry_out(tx, &signer, id, by, now).await })).await
    }
}

async fn carry_out(
    tx: &DatabaseTransaction,
    signer: &Signer,
    id: EnrolmentId,
    by: StaffId,
    now: i64,
) -> Result<Vec<PictureHash>, EraseError> {
    let entries = journal(tx, id).await?;
    let Some(any) = entries.first() else { return Err(EraseError::Nobody) };
    let versions = versions::of(tx, any.task.as_str()).await?;
    let place =
        |about| Place { enrolment: id, task: any.task.clone(), task_version: any.task_version, about };
    let state = fold(id, &entries, &versions);
    if state.participation != Participation::Erased {
        let request = match state.erasure_request {
            Some(request) => request,
            None => {
                let kind = Kind::ErasureRequested { staff: Some(by) };
                word::write(tx, signer, place(any.id), None, kind, now).await?
            }
        };
        word::write(tx, signer, place(request), None, Kind::Erased, now).await?;
        let state = fold(id, &journal(tx, id).await?, &versions);
        if state.participation != Participation::Erased {
            return Err(EraseError::Request);
        }
    }
    let files = forget(tx, id, &entries).await?;
    for device in entries.iter().map(|e| e.device.as_str()).collect::<BTreeSet<_>>() {
        whole::advance(tx, device).await?;
    }
    review::settle(tx, id).await?;
    Ok(files)
}

/// Every entry of a student that can be read.
pub(super) async fn journal(tx: &DatabaseTransaction, id: EnrolmentId) -> Result<Vec<Entry>, LedgerError> {
    let rows = entry::Entity::find().filter(entry::Column::Enrolment.eq(id.to_string())).all(tx).await?;
    let read = |row: entry::Model| SignedEntry { bytes: row.bytes, signature: row.signature }.read().ok();
    Ok(rows.into_iter().filter_map(read).collect())
}

/// Forgets roster row and files; gives the files that nobody else's entry and nobody else's roster row names.
async fn forget(
    tx: &DatabaseTransaction,
    id: EnrolmentId,
    entries: &[Entry],
) -> Result<Vec<PictureHash>, LedgerError> {
    let mut files: BTreeSet<PictureHash> = entries.iter().flat_map(|e| e.kind.beside()).collect();
    let ids: Vec<String> = entries.iter().map(|e| e.id.to_string()).collect();
    entry_picture::Entity::delete_many().filter(entry_picture::Column::Entry.is_in(ids)).exec(tx).await?;
    if let Some(row) = student::Entity::find_by_id(id.to_string()).one(tx).await? {
        files.extend(row.admission_photo.and_then(|hash| PictureHash::parse(&hash).ok()));
        student::Entity::delete_by_id(id.to_string()).exec(tx).await?;
        let gone = Announcement {
            subject: format!("roster:{id}"),
            school_code: Some(row.school_code),
            change: Change::RosterRemoved { enrolment: id },
        };
        feed::announce(tx, vec![gone]).await?;
    }
    let mut alone = Vec::new();
    for hash in files {
        let text = hash.to_string();
        let named =
            entry_picture::Entity::find().filter(entry_picture::Column::Picture.eq(&text)).one(tx).await?;
        let shown =
            student::Entity::find().filter(student::Column::AdmissionPhoto.eq(text.as_str())).one(tx).await?;
        if named.is_none() && shown.is_none() {
            picture::Entity::delete_by_id(text).exec(tx).await?;
            alone.push(hash);
        }
    }
    Ok(alone)
}

/// Whether the server has said that this student is erased.
pub(super) async fn is_erased(tx: &DatabaseTransaction, id: EnrolmentId) -> Result<bool, LedgerError> {
    let said = entry::Entity::find()
        .filter(entry::Column::Enrolment.eq(id.to_string()))
        .filter(entry::Column::Device.eq(CENTRAL))
        .all(tx)
        .await?;
    let is_word = |row: entry::Model| {
        SignedEntry { bytes: row.bytes, signature: row.signature }
            .read()
            .is_ok_and(|e| e.kind == Kind::Erased)
    };
    Ok(said.into_iter().any(is_word))
}
