//! The reviewer who is signed in: the owner of the session that the browser's cookie names.

use super::frame::{Frame, Section};
use super::refusal::PageRefusal;
use super::token::Form;
use super::{cookie, token};
use crate::app::{Shared, now_millis};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;

/// A signed-in reviewer. A handler that takes this refuses everybody else.
pub(crate) struct SignedIn {
    pub login: String,
    pub display_name: String,
    /// Hash of the session's cookie.
    pub session: String,
    form_key: Vec<u8>,
}

impl SignedIn {
    /// The token of a form on this reviewer's pages.
    pub fn token(&self, form: Form<'_>) -> String {
        token::issue(&self.form_key, form)
    }

    /// Refuses a form that was sent with another token.
    pub fn check(&self, form: Form<'_>, sent: &str) -> Result<(), PageRefusal> {
        if token::fits(&self.form_key, form, sent) { Ok(()) } else { Err(PageRefusal::Form) }
    }

    /// The frame of this reviewer's pages.
    pub fn frame(&self, current: Section) -> Frame {
        Frame::of_reviewer(self.display_name.clone(), self.token(Form::SignOut), current)
    }
}

impl FromRequestParts<Shared> for SignedIn {
    type Rejection = PageRefusal;

    async fn from_request_parts(parts: &mut Parts, app: &Shared) -> Result<Self, PageRefusal> {
        let secret = cookie::read(&parts.headers, cookie::SESSION).ok_or(PageRefusal::SignIn)?;
        let session = cookie::hash(secret);
        let found = app.ledger.session(&session, now_millis()).await?.ok_or(PageRefusal::SignIn)?;
        let form_key = hex::decode(&found.form_key).map_err(|error| PageRefusal::internal(&error))?;
        Ok(SignedIn { login: found.login, display_name: found.display_name, session, form_key })
    }
}
