//! `POST /sign-out`

use crate::app::Shared;
use crate::console::cookie;
use crate::console::refusal::PageRefusal;
use crate::console::signed_in::SignedIn;
use crate::console::token::Form as FormName;
use axum::Form;
use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::response::{AppendHeaders, IntoResponse, Redirect};
use serde::Deserialize;

/// The form's only field.
#[derive(Deserialize)]
pub(crate) struct Sent {
    token: String,
}

/// Ends the session, here and in the browser.
pub(crate) async fn delete(
    State(app): State<Shared>,
    who: SignedIn,
    Form(sent): Form<Sent>,
) -> Result<impl IntoResponse, PageRefusal> {
    who.check(FormName::SignOut, &sent.token)?;
    app.ledger.close_session(&who.session).await?;
    let set = [(SET_COOKIE, cookie::write(cookie::SESSION, "", app.console_tls, app.session))];
    Ok((AppendHeaders(set), Redirect::to("/sign-in")))
}
