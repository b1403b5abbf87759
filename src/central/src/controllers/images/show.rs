//! `GET /images/{sha256}`

use crate::app::Shared;
use crate::console::page::PageProblem;
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
) -> Result<impl IntoResponse, PageProblem> {
    let hash = PictureHash::parse(&name).map_err(|_| PageProblem::missing())?;
    if !app.ledger.is_reviewable(hash).await? {
        return Err(PageProblem::missing());
    }
    let pictures = app.pictures.clone();
    let read = tokio::task::spawn_blocking(move || pictures.get(hash)).await;
    let bytes = read.map_err(|e| PageProblem::internal(&e))??.ok_or_else(PageProblem::missing)?;
    // Whatever an entry calls its portrait: a personal record is no picture and is shown to nobody as one.
    if Record::open(&bytes).is_ok() {
        return Err(PageProblem::missing());
    }
    Ok(([(CONTENT_TYPE, "image/jpeg")], bytes))
}
