//! `HEAD /v1/pictures/{sha256}`: how far is this upload?

use super::{expected, settle, told};
use crate::app::Shared;
use crate::kiosk_device::KioskDevice;
use crate::problem::Problem;
use axum::extract::{Path, State};
use axum::response::{AppendHeaders, IntoResponse};

/// Bytes that are here already; with `upload-length` when the picture is whole.
pub(crate) async fn head(
    State(app): State<Shared>,
    KioskDevice(device): KioskDevice,
    Path(name): Path<String>,
) -> Result<impl IntoResponse, Problem> {
    let hash = expected(&app, &device, &name).await?;
    let progress = app.pictures.progress(hash);
    settle(&app, hash, progress).await?;
    Ok(AppendHeaders(told(progress)))
}
