//! `POST /v1/journal`

use crate::app::{Shared, now_millis};
use crate::kiosk_device::KioskDevice;
use crate::refusal::Refusal;
use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use protocol::{JournalBatch, JournalReply, WireError};

/// Takes a batch of the device's entries. An empty one asks for the durable point.
pub(crate) async fn append(
    State(app): State<Shared>,
    KioskDevice(device): KioskDevice,
    body: Bytes,
) -> Result<Json<JournalReply>, Refusal> {
    let batch = JournalBatch::parse(&body).map_err(|error| match error {
        WireError::TooMany { .. } => Refusal::BatchSize,
        WireError::TooLarge { .. } | WireError::Form(_) => Refusal::Form,
    })?;
    let entries = batch.entries.into_iter().map(Into::into).collect();
    Ok(Json(app.ledger.append(app.signer.clone(), &device, entries, now_millis()).await?))
}
