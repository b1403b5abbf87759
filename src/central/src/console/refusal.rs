//! What is shown instead of a page.

use super::frame::Frame;
use super::words;
use crate::disk_fault::DiskFault;
use crate::files::FileError;
use crate::ledger::LedgerError;
use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use sentences::{Code, codes};

/// Why there is no page.
#[derive(Debug)]
pub(crate) enum PageRefusal {
    /// Nobody is signed in: on to the sign-in page.
    SignIn,
    /// There is no such page.
    Missing,
    /// The form's token does not fit.
    Form,
    /// A rejection needs a reason of the list.
    Reason,
    /// Another reviewer decided before.
    AlreadyDecided {
        /// Who.
        who: String,
        /// When, as people write it.
        when: String,
    },
    /// The student submitted another portrait.
    NotPending,
    /// A picture is not stored yet.
    Incomplete,
    /// Something of the server failed.
    Internal,
    /// The server's disk takes no more.
    Disk(DiskFault),
}

/// Where a refusal leads on to.
#[derive(Clone, Copy)]
enum NextPage {
    Queue,
    NextPortrait,
}

impl NextPage {
    const fn href(self) -> &'static str {
        match self {
            NextPage::Queue => "/",
            NextPage::NextPortrait => "/review/next",
        }
    }

    const fn name(self) -> Code {
        match self {
            NextPage::Queue => codes::PAGES_BACK,
            NextPage::NextPortrait => codes::PAGES_NEXT,
        }
    }
}

#[derive(Template)]
#[template(path = "refusal.html")]
struct RefusalPage {
    frame: Frame,
    sentence: String,
    next: &'static str,
    next_name: String,
}

impl PageRefusal {
    /// The refusal for a failure of the server: the log names the error, the page does not.
    pub fn internal(error: &dyn std::fmt::Display) -> PageRefusal {
        tracing::error!(%error, "a page failed");
        PageRefusal::Internal
    }

    const fn status(&self) -> StatusCode {
        match self {
            PageRefusal::SignIn => StatusCode::SEE_OTHER,
            PageRefusal::Missing => StatusCode::NOT_FOUND,
            PageRefusal::Form => StatusCode::FORBIDDEN,
            PageRefusal::Reason => StatusCode::BAD_REQUEST,
            PageRefusal::AlreadyDecided { .. } | PageRefusal::NotPending | PageRefusal::Incomplete => {
                StatusCode::CONFLICT
            }
            PageRefusal::Internal => StatusCode::INTERNAL_SERVER_ERROR,
            PageRefusal::Disk(fault) => fault.status(),
        }
    }

    /// Code of the sentence.
    const fn code(&self) -> Code {
        match self {
            PageRefusal::SignIn => codes::SERVER_SIGN_IN_FORM,
            PageRefusal::Missing => codes::SERVER_PAGE_MISSING,
            PageRefusal::Form => codes::SERVER_PAGE_FORM,
            PageRefusal::Reason => codes::SERVER_PAGE_REASON,
            PageRefusal::AlreadyDecided { .. } => codes::SERVER_REVIEW_ALREADY,
            PageRefusal::NotPending => codes::SERVER_REVIEW_NOT_PENDING,
            PageRefusal::Incomplete => codes::SERVER_REVIEW_INCOMPLETE,
            PageRefusal::Internal => codes::SERVER_INTERNAL,
            PageRefusal::Disk(fault) => fault.code(),
        }
    }

    fn sentence(&self) -> String {
        if let PageRefusal::AlreadyDecided { who, when } = self {
            return words::text_with(self.code(), &[("who", who), ("when", when)]);
        }
        words::text(self.code())
    }

    const fn next(&self) -> NextPage {
        match self {
            PageRefusal::AlreadyDecided { .. } | PageRefusal::NotPending | PageRefusal::Incomplete => {
                NextPage::NextPortrait
            }
            PageRefusal::SignIn
            | PageRefusal::Missing
            | PageRefusal::Form
            | PageRefusal::Reason
            | PageRefusal::Internal
            | PageRefusal::Disk(_) => NextPage::Queue,
        }
    }
}

impl From<LedgerError> for PageRefusal {
    fn from(error: LedgerError) -> PageRefusal {
        let internal = PageRefusal::internal(&error);
        error.disk_fault().map_or(internal, PageRefusal::Disk)
    }
}

impl From<FileError> for PageRefusal {
    fn from(error: FileError) -> PageRefusal {
        let internal = PageRefusal::internal(&error);
        error.disk_fault().map_or(internal, PageRefusal::Disk)
    }
}

impl IntoResponse for PageRefusal {
    fn into_response(self) -> Response {
        if let PageRefusal::SignIn = self {
            return Redirect::to("/sign-in").into_response();
        }
        let next = self.next();
        let page = RefusalPage {
            frame: Frame::default(),
            sentence: self.sentence(),
            next: next.href(),
            next_name: words::text(next.name()),
        };
        let text = page.render().unwrap_or_else(|_| page.sentence.clone());
        (self.status(), Html(text)).into_response()
    }
}
