//! Pictures and records: uploaded in chunks, downloaded in one piece. The headers are those of the tus protocol, version 1.0.

pub(crate) mod head;
pub(crate) mod patch;
pub(crate) mod show;

use crate::app::{App, now_millis};
use crate::ledger::Device;
use crate::pictures::Progress;
use crate::refusal::Refusal;
use axum::http::{HeaderName, HeaderValue};
use collection::PictureHash;

/// The headers that tell how far an upload is.
fn progress_headers(progress: Progress) -> Vec<(HeaderName, HeaderValue)> {
    let mut headers = vec![(HeaderName::from_static(protocol::UPLOAD_OFFSET), progress.offset.into())];
    if progress.complete {
        headers.push((HeaderName::from_static(protocol::UPLOAD_LENGTH), progress.offset.into()));
    }
    headers
}

/// The hash in the path, if an entry of this device refers to it. Nothing else may be uploaded.
async fn expected(app: &App, device: &Device, name: &str) -> Result<PictureHash, Refusal> {
    let hash = PictureHash::parse(name).map_err(|_| Refusal::UnknownPicture)?;
    if app.ledger.is_expected_of(device.id.as_str(), hash).await? {
        Ok(hash)
    } else {
        Err(Refusal::UnknownPicture)
    }
}

/// Notes a complete upload in the ledger. Also catches up when the server stopped between the folder and the ledger.
async fn note_completed(app: &App, hash: PictureHash, progress: Progress) -> Result<(), Refusal> {
    if progress.complete && !app.ledger.is_stored(hash).await? {
        let bytes = i64::try_from(progress.offset).unwrap_or(i64::MAX);
        app.ledger.upload_completed(hash, bytes, now_millis()).await?;
    }
    Ok(())
}
