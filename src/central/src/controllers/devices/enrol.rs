//! `POST /devices`: a one-time code for a new kiosk.

use super::list::{Fresh, page, schools};
use crate::app::{Shared, now_millis};
use crate::codes;
use crate::console::page::PageProblem;
use crate::console::say;
use crate::console::signed_in::SignedIn;
use crate::ledger::IssuedCode;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

/// How long a code is good for.
pub(crate) const CODE_LIVES_MILLIS: i64 = 24 * 3600 * 1000;
/// Longest name of a kiosk, characters.
const MAX_NAME: usize = 40;

/// What was typed.
#[derive(Deserialize)]
pub(crate) struct Typed {
    token: String,
    name: String,
    school: String,
}

/// Issues a code and shows it this once.
pub(crate) async fn enrol(
    State(app): State<Shared>,
    who: SignedIn,
    Form(typed): Form<Typed>,
) -> Result<Response, PageProblem> {
    who.check("enrol", &typed.token)?;
    let name = typed.name.trim();
    let wrong = if name.is_empty() || name.chars().count() > MAX_NAME {
        Some("server.page.device_name")
    } else if !schools(&app).await?.contains_key(&typed.school) {
        Some("server.page.school")
    } else {
        None
    };
    if let Some(code) = wrong {
        let page = page(&app, &who, None, say::sentence(code)).await?;
        return Ok((StatusCode::BAD_REQUEST, page).into_response());
    }
    let (code, now) = (codes::draw(), now_millis());
    let issued = IssuedCode {
        hash: codes::hash(&code),
        device_name: name.to_owned(),
        school_code: typed.school,
        issued_by: who.login.clone(),
        issued_millis: now,
        expires_millis: now + CODE_LIVES_MILLIS,
    };
    app.ledger.issue_code(issued).await?;
    let fresh = Fresh { code, name: name.to_owned(), until: say::when(now + CODE_LIVES_MILLIS, now) };
    Ok(page(&app, &who, Some(fresh), String::new()).await?.into_response())
}
