//! Refusals of the kiosks' API: a status, a sentence code, and the sentence.

use crate::files::FileError;
use crate::ledger::LedgerError;
use crate::pictures::PictureError;
use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use sentences::{Lang, say};
use serde_json::json;

/// A refusal. `code` is the code of a sentence.
#[derive(Debug)]
pub(crate) struct Problem {
    status: StatusCode,
    code: &'static str,
    /// Bytes that are there, where the refusal is about an upload's offset.
    offset: Option<u64>,
}

impl Problem {
    pub fn new(status: StatusCode, code: &'static str) -> Problem {
        Problem { status, code, offset: None }
    }

    pub fn bad_request(code: &'static str) -> Problem {
        Problem::new(StatusCode::BAD_REQUEST, code)
    }

    pub fn not_found(code: &'static str) -> Problem {
        Problem::new(StatusCode::NOT_FOUND, code)
    }

    /// Something of ours failed; the log says what, the reply does not.
    pub fn internal(error: &dyn std::fmt::Display) -> Problem {
        tracing::error!(%error, "a request failed");
        Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "server.internal")
    }
}

impl From<LedgerError> for Problem {
    fn from(error: LedgerError) -> Problem {
        Problem::internal(&error)
    }
}

impl From<FileError> for Problem {
    fn from(error: FileError) -> Problem {
        Problem::internal(&error)
    }
}

impl From<PictureError> for Problem {
    fn from(error: PictureError) -> Problem {
        match error {
            PictureError::Offset { have } => {
                Problem { offset: Some(have), ..Problem::new(StatusCode::CONFLICT, "server.picture.offset") }
            }
            PictureError::TooLarge => Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "server.picture.size"),
            PictureError::Hash => Problem {
                offset: Some(0),
                ..Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "server.picture.hash")
            },
            PictureError::Busy => Problem::new(StatusCode::LOCKED, "server.picture.busy"),
            PictureError::File(error) => error.into(),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let body = Json(json!({ "code": self.code, "message": say(self.code, Lang::Zh, &[]) }));
        let mut response = (self.status, body).into_response();
        if let Some(offset) = self.offset {
            response.headers_mut().insert(protocol::UPLOAD_OFFSET, offset.into());
        }
        response
    }
}
