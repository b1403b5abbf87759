//! Pages, and what is shown when there is none.

use crate::files::FileError;
use crate::ledger::LedgerError;
use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};

/// The frame around every page of somebody who is signed in.
#[derive(Clone, Debug, Default)]
pub(crate) struct Frame {
    /// Who; empty: nobody is signed in.
    pub who: String,
    /// Token of the sign-out form.
    pub sign_out: String,
    /// Which entry of the navigation is current: `queue`, `history`, `devices`.
    pub place: &'static str,
}

/// Writes a template.
pub(crate) fn show(template: &impl Template) -> Result<Html<String>, PageProblem> {
    template.render().map(Html).map_err(|error| PageProblem::internal(&error))
}

/// Instead of a page.
#[derive(Debug)]
pub(crate) enum PageProblem {
    /// Nobody is signed in.
    SignIn,
    /// A page that says what is wrong and where to go on.
    Said { status: StatusCode, sentence: String, next: &'static str, next_name: &'static str },
}

#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage {
    frame: Frame,
    sentence: String,
    next: &'static str,
    next_name: &'static str,
}

impl PageProblem {
    pub fn new(status: StatusCode, sentence: String) -> PageProblem {
        PageProblem::Said { status, sentence, next: "/", next_name: "回到审核" }
    }

    /// With the sentence of a code.
    pub fn code(status: StatusCode, code: &str) -> PageProblem {
        PageProblem::new(status, super::say::sentence(code))
    }

    pub fn missing() -> PageProblem {
        PageProblem::code(StatusCode::NOT_FOUND, "server.page.missing")
    }

    /// The form's token does not hold.
    pub fn form() -> PageProblem {
        PageProblem::code(StatusCode::FORBIDDEN, "server.page.form")
    }

    /// Something of ours failed; the log says what, the page does not.
    pub fn internal(error: &dyn std::fmt::Display) -> PageProblem {
        tracing::error!(%error, "a page failed");
        PageProblem::code(StatusCode::INTERNAL_SERVER_ERROR, "server.internal")
    }
}

impl From<LedgerError> for PageProblem {
    fn from(error: LedgerError) -> PageProblem {
        PageProblem::internal(&error)
    }
}

impl From<FileError> for PageProblem {
    fn from(error: FileError) -> PageProblem {
        PageProblem::internal(&error)
    }
}

impl IntoResponse for PageProblem {
    fn into_response(self) -> Response {
        match self {
            PageProblem::SignIn => Redirect::to("/sign-in").into_response(),
            PageProblem::Said { status, sentence, next, next_name } => {
                let page = ProblemPage { frame: Frame::default(), sentence, next, next_name };
                let text = page.render().unwrap_or_else(|_| page.sentence.clone());
                (status, Html(text)).into_response()
            }
        }
    }
}
