//! `GET /v1/pictures/{sha256}`: an admission photo of the kiosk's own school.

use crate::app::Shared;
use crate::kiosk_device::KioskDevice;
use crate::refusal::Refusal;
use axum::extract::{Path, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use collection::PictureHash;

/// The picture's bytes.
pub(crate) async fn show(
    State(app): State<Shared>,
    KioskDevice(device): KioskDevice,
    Path(name): Path<String>,
) -> Result<impl IntoResponse, Refusal> {
    let hash = PictureHash::parse(&name).map_err(|_| Refusal::UnknownPicture)?;
    if !app.ledger.is_admission_photo(&device.school_code, hash).await? {
        return Err(Refusal::UnknownPicture);
    }
    let pictures = app.pictures.clone();
    let bytes =
        tokio::task::spawn_blocking(move || pictures.get(hash)).await.map_err(|e| Refusal::internal(&e))?;
    Ok(([(CONTENT_TYPE, "image/jpeg")], bytes?.ok_or(Refusal::UnknownPicture)?))
}
