//! `GET /review/next`

use super::FilterQuery;
use crate::app::Shared;
use crate::console::page::PageProblem;
use crate::console::signed_in::SignedIn;
use axum::extract::{Query, State};
use axum::response::Redirect;

/// On to the oldest one that waits, or back to the queue when none does.
pub(crate) async fn next(
    State(app): State<Shared>,
    _: SignedIn,
    Query(asked): Query<FilterQuery>,
) -> Result<Redirect, PageProblem> {
    let query = asked.query();
    Ok(match app.ledger.next_pending(&asked.filter()).await? {
        Some(entry) => Redirect::to(&format!("/review/{entry}{query}")),
        None => Redirect::to(&format!("/{query}")),
    })
}
