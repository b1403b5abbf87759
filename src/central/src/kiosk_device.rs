//! Who is talking: the device whose certificate the connection showed.

use crate::app::{Shared, now_millis};
use crate::ca::fingerprint;
use crate::ledger::Device;
use crate::problem::Problem;
use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum_server::tls::TlsInfo;
use std::sync::Arc;

/// An enrolled kiosk. A handler that takes this is closed to everybody else.
pub(crate) struct KioskDevice(pub Device);

impl FromRequestParts<Shared> for KioskDevice {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &Shared) -> Result<Self, Problem> {
        let unknown = || Problem::new(StatusCode::UNAUTHORIZED, "server.device.unknown");
        let tls = parts.extensions.get::<Arc<TlsInfo>>().ok_or_else(unknown)?;
        let certificate = tls.peer_certificates.first().ok_or_else(unknown)?;
        let device =
            app.ledger.device_by_fingerprint(&fingerprint(certificate)).await?.ok_or_else(unknown)?;
        if device.revoked {
            return Err(Problem::new(StatusCode::FORBIDDEN, "server.device.revoked"));
        }
        let now = now_millis();
        if app.seen.is_due(device.id.as_str(), now) {
            app.ledger.seen(device.id.as_str(), now).await?;
        }
        Ok(KioskDevice(device))
    }
}
