//! `GET /v1/changes?cursor=N&epoch=E`

use crate::app::Shared;
use crate::kiosk_device::KioskDevice;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use protocol::ChangePage;
use serde::Deserialize;

/// Where the kiosk stands.
#[derive(Deserialize)]
pub(crate) struct From {
    #[serde(default)]
    cursor: u64,
    #[serde(default)]
    epoch: String,
}

/// The changes of the kiosk's school after its cursor.
pub(crate) async fn list(
    State(app): State<Shared>,
    KioskDevice(device): KioskDevice,
    from: Result<Query<From>, QueryRejection>,
) -> Result<Json<ChangePage>, Refusal> {
    let Query(from) = from.map_err(|_| Refusal::Form)?;
    Ok(Json(app.ledger.changes(&device.school_code, from.cursor, &from.epoch).await?))
}
