//! `GET /sign-in`

use super::sign_in_page;
use crate::app::Shared;
use crate::console::refusal::PageRefusal;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

/// The empty form.
pub(crate) async fn new(State(app): State<Shared>) -> Result<Response, PageRefusal> {
    sign_in_page(&app, StatusCode::OK, "", String::new())
}
