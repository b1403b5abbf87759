//! `POST /devices`: a one-time code for a new kiosk.

use super::list::{NewCode, page, schools};
use crate::app::{Shared, now_millis};
use crate::console::refusal::PageRefusal;
use crate::console::signed_in::SignedIn;
use crate::console::token::Form as FormName;
use crate::console::words;
use crate::enrolment_codes::{self, LIFETIME_MILLIS};
use crate::ledger::IssuedCode;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use sentences::codes;
use serde::Deserialize;

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
) -> Result<Response, PageRefusal> {
    who.check(FormName::Enrol, &typed.token)?;
    let name = typed.name.trim();
    let wrong = if name.is_empty() || name.chars().count() > MAX_NAME {
        Some(codes::SERVER_PAGE_DEVICE_NAME)
    } else if !schools(&app).await?.contains_key(&typed.school) {
        Some(codes::SERVER_PAGE_SCHOOL)
    } else {
        None
    };
    if let Some(code) = wrong {
        let page = page(&app, &who, None, words::text(code)).await?;
        return Ok((StatusCode::BAD_REQUEST, page).into_response());
    }
    let (code, now) = (enrolment_codes::draw(), now_millis());
    let issued = IssuedCode {
        hash: enrolment_codes::hash(&code),
        device_name: name.to_owned(),
        school_code: typed.school,
        issued_by: who.login.clone(),
        issued_millis: now,
        expires_millis: now + LIFETIME_MILLIS,
    };
    app.ledger.issue_code(issued).await?;
    let new = NewCode::new(code, name, &words::when(now + LIFETIME_MILLIS, now));
    Ok(page(&app, &who, Some(new), String::new()).await?.into_response())
}
