//! `POST /sign-in`

use super::{attempt_subject, sign_in_page};
use crate::app::{Shared, now_millis};
use crate::console::refusal::PageRefusal;
use crate::console::token::Form as FormName;
use crate::console::{cookie, password, token, words};
use axum::Form;
use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use sentences::codes;
use serde::Deserialize;

/// What was typed.
#[derive(Deserialize)]
pub(crate) struct Typed {
    token: String,
    login: String,
    password: String,
}

/// Opens a session, or says why not.
pub(crate) async fn create(
    State(app): State<Shared>,
    headers: HeaderMap,
    Form(typed): Form<Typed>,
) -> Result<Response, PageRefusal> {
    let secret = cookie::read(&headers, cookie::FORM).unwrap_or_default();
    if secret.is_empty() || !token::fits(&app.form_key, FormName::SignIn(secret), &typed.token) {
        let sentence = words::text(codes::SERVER_SIGN_IN_FORM);
        return sign_in_page(&app, StatusCode::FORBIDDEN, &typed.login, sentence);
    }
    let login = typed.login.trim().to_owned();
    // A separate task: a browser that hangs up must not keep a failure from being noted.
    let checked = tokio::spawn(verify(app.clone(), login.clone(), typed.password)).await;
    match checked.map_err(|e| PageRefusal::internal(&e))?? {
        Verdict::Right => open(&app, login).await,
        Verdict::Wrong => {
            sign_in_page(&app, StatusCode::UNAUTHORIZED, &login, words::text(codes::SERVER_SIGN_IN_WRONG))
        }
        Verdict::Wait { seconds } => {
            let args = [("seconds", seconds.to_string())];
            let sentence = words::text_with(codes::SERVER_SIGN_IN_WAIT, &args);
            sign_in_page(&app, StatusCode::TOO_MANY_REQUESTS, &login, sentence)
        }
    }
}

enum Verdict {
    Right,
    Wrong,
    Wait { seconds: i64 },
}

/// Checks an attempt, unless earlier failures forbid it for a while. The permit is held until the outcome is noted, so that the
/// next attempt sees that outcome.
async fn verify(app: Shared, login: String, typed: String) -> Result<Verdict, PageRefusal> {
    let _permit = app.password_checks.clone().acquire_owned().await.map_err(|e| PageRefusal::internal(&e))?;
    let subject = attempt_subject(&login);
    let (failures, until) = app.ledger.attempts(&subject).await?;
    let wait = until - now_millis();
    if wait > 0 {
        return Ok(Verdict::Wait { seconds: (wait + 999) / 1000 });
    }
    let phc = app.ledger.reviewer(&login).await?.map(|reviewer| reviewer.password_phc);
    let check = tokio::task::spawn_blocking(move || password::fits(&typed, phc.as_deref())).await;
    if check.map_err(|e| PageRefusal::internal(&e))? {
        app.ledger.note_attempt(&subject, None).await?;
        return Ok(Verdict::Right);
    }
    let failures = failures.saturating_add(1);
    let delay = i64::try_from(password::delay(failures).as_millis()).unwrap_or(i64::MAX);
    app.ledger.note_attempt(&subject, Some((failures, now_millis() + delay))).await?;
    tracing::warn!(failures, "a sign-in failed");
    Ok(Verdict::Wrong)
}

async fn open(app: &Shared, login: String) -> Result<Response, PageRefusal> {
    let (secret, now) = (cookie::draw(), now_millis());
    let until = now + i64::try_from(app.session.as_millis()).unwrap_or(0);
    app.ledger.open_session(cookie::hash(&secret), login, cookie::draw(), until, now).await?;
    let set = [
        (SET_COOKIE, cookie::write(cookie::SESSION, &secret, app.console_tls, app.session)),
        (SET_COOKIE, cookie::write(cookie::FORM, "", app.console_tls, app.session)),
    ];
    Ok((AppendHeaders(set), Redirect::to("/")).into_response())
}
