//! Enrolment: a kiosk with a one-time code becomes a device.

use crate::client::Client;
use crate::tls::{self, ClientPem, ServerProof};
use crate::{Config, Failure};
use collection::{DeviceId, PublicKey};
use protocol::EnrolRequest;
use rcgen::{CertificateParams, KeyPair, PKCS_ECDSA_P256_SHA256};
use sentences::{Code, codes};
use store::{EnrolDraft, Identity, Store, StoreError};

/// Why enrolment failed.
#[derive(Debug, thiserror::Error)]
pub enum EnrolError {
    /// The code is unknown, used or expired.
    #[error("the enrolment code was not accepted: {code}")]
    Code {
        /// The sentence of the reason.
        code: Code,
    },
    /// The server was not reached, or did not answer as it should.
    #[error(transparent)]
    Link(Failure),
    /// No key or request could be made.
    #[error("no certificate request could be made: {0}")]
    Request(String),
    /// What the server sent cannot be used.
    #[error("the server's certificate for this kiosk cannot be used: {0}")]
    Reply(String),
    /// The store could not be read or written.
    #[error("the store: {0}")]
    Store(#[from] StoreError),
}

impl EnrolError {
    /// The sentence that says so to a person.
    #[must_use]
    pub fn code(&self) -> Code {
        match self {
            EnrolError::Code { code } => *code,
            EnrolError::Link(failure) => failure.code(),
            EnrolError::Request(_) | EnrolError::Reply(_) => codes::SERVER_ENROL_REQUEST,
            EnrolError::Store(e) => e.code(),
        }
    }
}

/// Makes this kiosk a device of the server at `server_url` (`https://host:port`), whose certificate `ca_pem` must vouch for:
/// draws a TLS key, has it signed for the one-time `code`, and keeps what comes back in the store.
///
/// May be called again after a failure: the same code goes out with the very same request, so a lost reply does not use
/// up the code.
///
/// # Errors
/// When the code is not accepted, the server is not reached, or the store cannot be written.
pub async fn enrol(
    server_url: &str,
    ca_pem: &str,
    code: &str,
    store: &Store,
) -> Result<DeviceId, EnrolError> {
    let config = Config::default();
    let client = Client::new(server_url, ca_pem, None, &config).map_err(EnrolError::Link)?;
    let draft = draft(store, code).await?;
    let request = EnrolRequest {
        code: draft.code.clone(),
        csr_pem: draft.csr_pem.clone(),
        journal_key: store.journal_key().to_string(),
    };
    let reply = client.enrol(&request).await.map_err(|failure| {
        if let Failure::Refused { code } = failure {
            EnrolError::Code { code }
        } else {
            EnrolError::Link(failure)
        }
    })?;
    PublicKey::parse(&reply.server_journal_key).map_err(|e| EnrolError::Reply(e.to_string()))?;
    // Refuses a certificate for another key than this kiosk's before anything is stored.
    let pem = ClientPem { certificate: &reply.certificate_pem, key: &draft.tls_key_pem };
    tls::config(ca_pem, Some(&pem), &ServerProof::default()).map_err(|e| EnrolError::Reply(e.to_string()))?;
    let identity = Identity {
        device: reply.device,
        server_url: server_url.to_owned(),
        ca_pem: ca_pem.to_owned(),
        certificate_pem: reply.certificate_pem,
        tls_key_pem: draft.tls_key_pem,
        server_journal_key: reply.server_journal_key,
    };
    let device = identity.device.clone();
    blocking(store, move |store| store.enrolled(&identity)).await?;
    tracing::info!(%device, "the kiosk is enrolled");
    Ok(device)
}

/// The request for this code: the one that was sent before, or a new one, durable before it is sent.
async fn draft(store: &Store, code: &str) -> Result<EnrolDraft, EnrolError> {
    let before = blocking(store, |store| store.enrol_draft()).await?;
    if let Some(draft) = before.filter(|d| d.code == code) {
        return Ok(draft);
    }
    let bad = |e: rcgen::Error| EnrolError::Request(e.to_string());
    let key = KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256).map_err(bad)?;
    let params = CertificateParams::new(Vec::new()).map_err(bad)?;
    let csr_pem = params.serialize_request(&key).and_then(|csr| csr.pem()).map_err(bad)?;
    let draft = EnrolDraft { code: code.to_owned(), csr_pem, tls_key_pem: key.serialize_pem() };
    let kept = draft.clone();
    blocking(store, move |store| store.begin_enrolment(&kept)).await?;
    Ok(draft)
}

/// Runs a call of the store on a thread that may block.
pub(crate) async fn blocking<T: Send + 'static>(
    store: &Store,
    call: impl FnOnce(&Store) -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    let store = store.clone();
    match tokio::task::spawn_blocking(move || call(&store)).await {
        Ok(done) => done,
        Err(e) if e.is_panic() => std::panic::resume_unwind(e.into_panic()),
        // The runtime is shutting down: nobody waits for the answer.
        Err(_) => std::future::pending().await,
    }
}
