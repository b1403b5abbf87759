//! `POST /devices/{id}/revoke`: a kiosk is shut out.

use crate::app::{Shared, now_millis};
use crate::console::page::PageProblem;
use crate::console::signed_in::SignedIn;
use axum::Form;
use axum::extract::{Path, State};
use axum::response::Redirect;
use serde::Deserialize;

/// The form's only field.
#[derive(Deserialize)]
pub(crate) struct Sent {
    token: String,
}

/// Refuses the kiosk's certificate from its next request on.
pub(crate) async fn revoke(
    State(app): State<Shared>,
    who: SignedIn,
    Path(id): Path<String>,
    Form(sent): Form<Sent>,
) -> Result<Redirect, PageProblem> {
    who.check(&format!("revoke:{id}"), &sent.token)?;
    if !app.ledger.revoke(&id, now_millis()).await? {
        return Err(PageProblem::missing());
    }
    tracing::info!(device = id, "a kiosk was revoked");
    Ok(Redirect::to("/devices"))
}
