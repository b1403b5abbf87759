//! `GET /review/next`

use super::FilterQuery;
use crate::app::Shared;
use crate::console::refusal::PageRefusal;
use crate::console::signed_in::SignedIn;
use axum::extract::{Query, State};
use axum::response::Redirect;

/// Redirects to the oldest submission that waits, or to the queue when none does.
pub(crate) async fn next(
    State(app): State<Shared>,
    _: SignedIn,
    Query(asked): Query<FilterQuery>,
) -> Result<Redirect, PageRefusal> {
    let query = asked.query();
    Ok(match app.ledger.next_pending(&asked.filter()).await? {
        Some(entry) => Redirect::to(&format!("/review/{entry}{query}")),
        None => Redirect::to(&format!("/{query}")),
    })
}
