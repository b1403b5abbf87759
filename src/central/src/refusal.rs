//! Refusals of the kiosks' API: a status, the code of a sentence, and the sentence.

use crate::disk_fault::DiskFault;
use crate::files::FileError;
use crate::ledger::LedgerError;
use crate::pictures::PictureError;
use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use sentences::{Code, Lang, codes, say};
use serde_json::json;

/// Why a kiosk's request is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// The request cannot be read.
    Form,
    /// There is no such path.
    Path,
    /// The path does not take this method.
    Method,
    /// The request speaks another version of the protocol.
    Protocol,
    /// Something of the server failed.
    Internal,
    /// The server's disk takes no more; the same request succeeds once it does.
    Disk(DiskFault),
    /// No certificate of an enrolled kiosk.
    UnknownDevice,
    /// The kiosk was revoked.
    RevokedDevice,
    /// The enrolment code is unknown, expired or used.
    EnrolmentCode,
    /// The enrolment request holds no usable keys.
    EnrolmentRequest,
    /// Too many enrolment attempts from this address.
    EnrolmentLimit,
    /// Too many entries in one batch.
    BatchSize,
    /// The server does not expect this picture of this kiosk.
    UnknownPicture,
    /// The upload stands at another byte.
    PictureOffset {
        /// Bytes that are stored.
        have: u64,
    },
    /// More bytes than announced or allowed.
    PictureSize,
    /// The bytes do not have the announced hash; the upload starts over.
    PictureHash,
    /// Another request writes this picture at the moment.
    PictureBusy,
}

impl Refusal {
    /// The refusal for a failure of the server: the log names the error, the reply does not.
    pub fn internal(error: &dyn std::fmt::Display) -> Refusal {
        tracing::error!(%error, "a request failed");
        Refusal::Internal
    }

    const fn status(self) -> StatusCode {
        match self {
            Refusal::Form | Refusal::Protocol | Refusal::EnrolmentRequest => StatusCode::BAD_REQUEST,
            Refusal::Path | Refusal::UnknownPicture => StatusCode::NOT_FOUND,
            Refusal::Method => StatusCode::METHOD_NOT_ALLOWED,
            Refusal::Internal => StatusCode::INTERNAL_SERVER_ERROR,
            Refusal::Disk(fault) => fault.status(),
            Refusal::UnknownDevice => StatusCode::UNAUTHORIZED,
            Refusal::RevokedDevice | Refusal::EnrolmentCode => StatusCode::FORBIDDEN,
            Refusal::EnrolmentLimit => StatusCode::TOO_MANY_REQUESTS,
            Refusal::BatchSize | Refusal::PictureSize => StatusCode::PAYLOAD_TOO_LARGE,
            Refusal::PictureOffset { .. } => StatusCode::CONFLICT,
            Refusal::PictureHash => StatusCode::UNPROCESSABLE_ENTITY,
            Refusal::PictureBusy => StatusCode::LOCKED,
        }
    }

    /// Code of the sentence.
    pub const fn code(self) -> Code {
        match self {
            Refusal::Form => codes::SERVER_FORM,
            Refusal::Path | Refusal::Method => codes::SERVER_PATH,
            Refusal::Protocol => codes::SERVER_PROTOCOL,
            Refusal::Internal => codes::SERVER_INTERNAL,
            Refusal::Disk(fault) => fault.code(),
            Refusal::UnknownDevice => codes::SERVER_DEVICE_UNKNOWN,
            Refusal::RevokedDevice => codes::SERVER_DEVICE_REVOKED,
            Refusal::EnrolmentCode => codes::SERVER_ENROL_CODE,
            Refusal::EnrolmentRequest => codes::SERVER_ENROL_REQUEST,
            Refusal::EnrolmentLimit => codes::SERVER_ENROL_LIMIT,
            Refusal::BatchSize => codes::SERVER_BATCH_SIZE,
            Refusal::UnknownPicture => codes::SERVER_PICTURE_UNKNOWN,
            Refusal::PictureOffset { .. } => codes::SERVER_PICTURE_OFFSET,
            Refusal::PictureSize => codes::SERVER_PICTURE_SIZE,
            Refusal::PictureHash => codes::SERVER_PICTURE_HASH,
            Refusal::PictureBusy => codes::SERVER_PICTURE_BUSY,
        }
    }

    /// The byte at which the upload goes on, where the refusal is about that.
    fn offset(self) -> Option<u64> {
        if let Refusal::PictureOffset { have } = self {
            Some(have)
        } else {
            (self == Refusal::PictureHash).then_some(0)
        }
    }
}

impl From<LedgerError> for Refusal {
    fn from(error: LedgerError) -> Refusal {
        let internal = Refusal::internal(&error);
        error.disk_fault().map_or(internal, Refusal::Disk)
    }
}

impl From<FileError> for Refusal {
    fn from(error: FileError) -> Refusal {
        let internal = Refusal::internal(&error);
        error.disk_fault().map_or(internal, Refusal::Disk)
    }
}

impl From<PictureError> for Refusal {
    fn from(error: PictureError) -> Refusal {
        match error {
            PictureError::Offset { have } => Refusal::PictureOffset { have },
            PictureError::TooLarge => Refusal::PictureSize,
            PictureError::Hash => Refusal::PictureHash,
            PictureError::Busy => Refusal::PictureBusy,
            PictureError::File(error) => error.into(),
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let code = self.code();
        let body = Json(json!({ "code": code, "message": say(code, Lang::Zh, &[]) }));
        let mut response = (self.status(), body).into_response();
        if let Some(offset) = self.offset() {
            response.headers_mut().insert(protocol::UPLOAD_OFFSET, offset.into());
        }
        response
    }
}
