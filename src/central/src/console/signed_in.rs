//! Who is looking: the reviewer whose session the browser's cookie opens.

use super::page::{Frame, PageProblem};
use super::{cookie, token};
use crate::app::{Shared, now_millis};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;

/// A signed-in reviewer. A handler that takes this is closed to everybody else.
pub(crate) struct SignedIn {
    pub login: String,
    pub display_name: String,
    /// Hash of the session's cookie.
    pub session: String,
    form_key: Vec<u8>,
}

impl SignedIn {
    /// The token of a form on this reviewer's pages.
    pub fn token(&self, form: &str) -> String {
        token::issue(&self.form_key, form)
    }

    /// Refuses a form whose token is not its own.
    pub fn check(&self, form: &str, sent: &str) -> Result<(), PageProblem> {
        if token::holds(&self.form_key, form, sent) { Ok(()) } else { Err(PageProblem::form()) }
    }

    /// The frame of this reviewer's pages.
    pub fn frame(&self, place: &'static str) -> Frame {
        Frame { who: self.display_name.clone(), sign_out: self.token("sign-out"), place }
    }
}

impl FromRequestParts<Shared> for SignedIn {
    type Rejection = PageProblem;

    async fn from_request_parts(parts: &mut Parts, app: &Shared) -> Result<Self, PageProblem> {
        let secret = cookie::read(&parts.headers, cookie::SESSION).ok_or(PageProblem::SignIn)?;
        let session = cookie::hash(secret);
        let found = app.ledger.session(&session, now_millis()).await?.ok_or(PageProblem::SignIn)?;
        let form_key = hex::decode(&found.form_key).map_err(|error| PageProblem::internal(&error))?;
        Ok(SignedIn { login: found.login, display_name: found.display_name, session, form_key })
    }
}
