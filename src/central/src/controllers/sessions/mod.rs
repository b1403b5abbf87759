//! Signing in and out.

pub(crate) mod create;
pub(crate) mod delete;
pub(crate) mod new;

use crate::app::App;
use crate::console::frame::Frame;
use crate::console::page::show;
use crate::console::refusal::PageRefusal;
use crate::console::token::Form;
use crate::console::{cookie, token, words};
use askama::Template;
use axum::http::StatusCode;
use axum::http::header::SET_COOKIE;
use axum::response::{AppendHeaders, IntoResponse, Response};
use sentences::codes;
use sha2::{Digest, Sha256};
use std::time::Duration;

/// How long a sign-in page can be used.
const FORM_LIFETIME: Duration = Duration::from_secs(3600);

/// The subject under which failures at a login are counted: hashed, because people type passwords into the wrong field.
pub(crate) fn attempt_subject(login: &str) -> String {
    hex::encode(Sha256::digest(format!("console:{login}")))
}

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignInPage {
    frame: Frame,
    token: String,
    login: String,
    sentence: String,
}

/// The sign-in page with a fresh form cookie; `sentence` says why the last attempt failed.
fn sign_in_page(
    app: &App,
    status: StatusCode,
    login: &str,
    sentence: String,
) -> Result<Response, PageRefusal> {
    let secret = cookie::draw();
    let token = token::issue(&app.form_key, Form::SignIn(&secret));
    let page = show(&SignInPage { frame: Frame::default(), token, login: login.to_owned(), sentence })?;
    let set = cookie::write(cookie::FORM, &secret, app.console_tls, FORM_LIFETIME);
    Ok((status, AppendHeaders([(SET_COOKIE, set)]), page).into_response())
}
