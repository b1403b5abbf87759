//! `GET /images/{sha256}`

use crate::app::Shared;
use crate::console::refusal::PageRefusal;
use crate::console::signed_in::SignedIn;
use axum::extract::{Path, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use collection::PictureHash;
use collection::record::Record;

/// A picture that belongs to a submission or a roster.
pub(crate) async fn show(
    State(app): State<Shared>,
    _: SignedIn,
    Path(name): Path<String>,
) -> Result<impl IntoResponse, PageRefusal> {
    let hash = PictureHash::parse(&name).map_err(|_| PageRefusal::Missing)?;
    if !app.ledger.is_reviewable(hash).await? {
        return Err(PageRefusal::Missing);
    }
    let pictures = app.pictures.clone();
    let read = tokio::task::spawn_blocking(move || pictures.get(hash)).await;
    let bytes = read.map_err(|e| PageRefusal::internal(&e))??.ok_or(PageRefusal::Missing)?;
    // An entry may name any hash as its portrait: a personal record is not a picture and is not shown as one.
    if Record::open(&bytes).is_ok() {
        return Err(PageRefusal::Missing);
    }
    Ok(([(CONTENT_TYPE, "image/jpeg")], bytes))
}
