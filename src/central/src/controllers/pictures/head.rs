//! `HEAD /v1/pictures/{sha256}`: how far is this upload?

use super::{expected, note_completed, progress_headers};
use crate::app::Shared;
use crate::kiosk_device::KioskDevice;
use crate::refusal::Refusal;
use axum::extract::{Path, State};
use axum::response::{AppendHeaders, IntoResponse};

/// Bytes that are here already; with `upload-length` when the picture is complete.
pub(crate) async fn head(
    State(app): State<Shared>,
    KioskDevice(device): KioskDevice,
    Path(name): Path<String>,
) -> Result<impl IntoResponse, Refusal> {
    let hash = expected(&app, &device, &name).await?;
    let progress = app.pictures.progress(hash);
    note_completed(&app, hash, progress).await?;
    Ok(AppendHeaders(progress_headers(progress)))
}
