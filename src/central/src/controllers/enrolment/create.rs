//! `POST /v1/enrol`: the only path open without a certificate.

use crate::app::{Shared, now_millis};
use crate::enrolment_codes;
use crate::ledger::{Enrolled, EnrolmentError};
use crate::refusal::Refusal;
use axum::Json;
use axum::body::Bytes;
use axum::extract::{ConnectInfo, State};
use collection::{DeviceId, PublicKey};
use protocol::{EnrolReply, EnrolRequest};
use sha2::{Digest, Sha256};
use std::net::SocketAddr;

/// Exchanges a one-time code for a certificate.
pub(crate) async fn create(
    State(app): State<Shared>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    body: Bytes,
) -> Result<Json<EnrolReply>, Refusal> {
    let now = now_millis();
    if !app.enrolments.take(from.ip(), now) {
        return Err(Refusal::EnrolmentLimit);
    }
    let request = EnrolRequest::parse(&body).map_err(|_| Refusal::Form)?;
    let journal_key = PublicKey::parse(&request.journal_key).map_err(|_| Refusal::EnrolmentRequest)?;
    let id =
        DeviceId::new(format!("kiosk-{:08x}", rand::random::<u32>())).map_err(|e| Refusal::internal(&e))?;
    let signed =
        app.authority.sign_kiosk(&request.csr_pem, id.as_str()).map_err(|_| Refusal::EnrolmentRequest)?;
    let new = Enrolled {
        code_hash: enrolment_codes::hash(&request.code),
        request_hash: hex::encode(Sha256::digest(&body)),
        id,
        journal_key,
        fingerprint: signed.fingerprint,
        certificate_pem: signed.chain_pem,
    };
    let (device, certificate_pem) = app.ledger.enrol(new, now).await.map_err(|error| match error {
        EnrolmentError::Code => Refusal::EnrolmentCode,
        EnrolmentError::Ledger(error) => error.into(),
    })?;
    app.enrolments.forgive(from.ip());
    tracing::info!(%device, "a kiosk was enrolled");
    let server_journal_key = app.signer.public_key().to_string();
    Ok(Json(EnrolReply { device, certificate_pem, server_journal_key }))
}
