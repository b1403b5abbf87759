//! `PATCH /v1/pictures/{sha256}`: the next bytes of an upload.

use super::{expected, note_completed, progress_headers};
use crate::app::Shared;
use crate::kiosk_device::KioskDevice;
use crate::refusal::Refusal;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{AppendHeaders, IntoResponse};

/// Takes a piece at `upload-offset` of a picture of `upload-length` bytes.
pub(crate) async fn patch(
    State(app): State<Shared>,
    KioskDevice(device): KioskDevice,
    Path(name): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<impl IntoResponse, Refusal> {
    let hash = expected(&app, &device, &name).await?;
    let offset = number(&headers, protocol::UPLOAD_OFFSET)?;
    let length = number(&headers, protocol::UPLOAD_LENGTH)?;
    let pictures = app.pictures.clone();
    let written = tokio::task::spawn_blocking(move || pictures.append(hash, offset, length, &body)).await;
    let progress = written.map_err(|e| Refusal::internal(&e))??;
    note_completed(&app, hash, progress).await?;
    Ok((StatusCode::NO_CONTENT, AppendHeaders(progress_headers(progress))))
}

fn number(headers: &HeaderMap, name: &str) -> Result<u64, Refusal> {
    let value = headers.get(name).and_then(|v| v.to_str().ok()).and_then(|v| v.parse().ok());
    value.filter(|n| *n <= u64::from(u32::MAX)).ok_or(Refusal::Form)
}
