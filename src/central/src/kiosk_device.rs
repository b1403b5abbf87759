//! The device that makes a request, recognised by the certificate of its connection.

use crate::app::{Shared, now_millis};
use crate::ca::fingerprint;
use crate::ledger::Device;
use crate::refusal::Refusal;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum_server::tls::TlsInfo;
use std::sync::Arc;

/// An enrolled kiosk. A handler that takes this refuses everybody else.
pub(crate) struct KioskDevice(pub Device);

impl FromRequestParts<Shared> for KioskDevice {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, app: &Shared) -> Result<Self, Refusal> {
        let unknown = Refusal::UnknownDevice;
        let tls = parts.extensions.get::<Arc<TlsInfo>>().ok_or(unknown)?;
        let certificate = tls.peer_certificates.first().ok_or(unknown)?;
        let device = app.ledger.device_by_fingerprint(&fingerprint(certificate)).await?.ok_or(unknown)?;
        if device.revoked {
            return Err(Refusal::RevokedDevice);
        }
        let now = now_millis();
        if app.seen.is_due(device.id.as_str(), now) {
            // A disk that takes no more must not keep a kiosk from what it asks for: the request itself is refused if it writes.
            if let Err(error) = app.ledger.seen(device.id.as_str(), now).await {
                tracing::warn!(device = %device.id, %error, "a kiosk's contact was not noted");
            }
        }
        Ok(KioskDevice(device))
    }
}
