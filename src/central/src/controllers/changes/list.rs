//! `GET /v1/changes?cursor=N&epoch=E`

use crate::app::Shared;
use crate::kiosk_device::KioskDevice;
use crate::problem::Problem;
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

/// What the kiosk's school has that it does not know yet.
pub(crate) async fn list(
    State(app): State<Shared>,
    KioskDevice(device): KioskDevice,
    from: Result<Query<From>, QueryRejection>,
) -> Result<Json<ChangePage>, Problem> {
    let Query(from) = from.map_err(|_| Problem::bad_request("server.form"))?;
    Ok(Json(app.ledger.changes(&device.school_code, from.cursor, &from.epoch).await?))
}
