//! Pictures come up in pieces and go down whole. The words are those of tus 1.0.

pub(crate) mod head;
pub(crate) mod patch;
pub(crate) mod show;

use crate::app::{App, now_millis};
use crate::ledger::Device;
use crate::pictures::Progress;
use crate::problem::Problem;
use axum::http::{HeaderName, HeaderValue};
use collection::PictureHash;

/// The headers that say how far an upload is.
fn told(progress: Progress) -> Vec<(HeaderName, HeaderValue)> {
    let mut headers = vec![(HeaderName::from_static(protocol::UPLOAD_OFFSET), progress.offset.into())];
    if progress.whole {
        headers.push((HeaderName::from_static(protocol::UPLOAD_LENGTH), progress.offset.into()));
    }
    headers
}

/// The hash in the path, if this device owes that picture. Nobody uploads what no entry of theirs refers to.
async fn expected(app: &App, device: &Device, name: &str) -> Result<PictureHash, Problem> {
    let unknown = || Problem::not_found("server.picture.unknown");
    let hash = PictureHash::parse(name).map_err(|_| unknown())?;
    if app.ledger.expects(device.id.as_str(), hash).await? { Ok(hash) } else { Err(unknown()) }
}

/// Notes a whole picture in the ledger. Also mends the case that the server died between the folder and the ledger.
async fn settle(app: &App, hash: PictureHash, progress: Progress) -> Result<(), Problem> {
    if progress.whole && app.ledger.picture(hash).await?.is_none() {
        let bytes = i64::try_from(progress.offset).unwrap_or(i64::MAX);
        app.ledger.picture_whole(hash, bytes, now_millis()).await?;
    }
    Ok(())
}
