//! `POST /devices/{id}/revoke`: a kiosk is refused from now on.

use crate::app::{Shared, now_millis};
use crate::console::refusal::PageRefusal;
use crate::console::signed_in::SignedIn;
use crate::console::token::Form as FormName;
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
) -> Result<Redirect, PageRefusal> {
    who.check(FormName::Revoke(&id), &sent.token)?;
    if !app.ledger.revoke(&id, now_millis()).await? {
        return Err(PageRefusal::Missing);
    }
    tracing::info!(device = id, "a kiosk was revoked");
    Ok(Redirect::to("/devices"))
}
