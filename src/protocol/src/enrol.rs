//! Enrolment: a kiosk with a one-time code becomes a device with a certificate.

use crate::WireError;
use collection::DeviceId;
use serde::{Deserialize, Serialize};

/// A kiosk asks to be enrolled.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EnrolRequest {
    /// One-time code issued at the console.
    pub code: String,
    /// PKCS#10 certificate signing request, PEM.
    pub csr_pem: String,
    /// Ed25519 public key that signs this device's journal entries, 32 bytes hex.
    pub journal_key: String,
}

/// The reply: the kiosk is now a device.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct EnrolReply {
    /// Its id.
    pub device: DeviceId,
    /// Its client certificate chain, PEM.
    pub certificate_pem: String,
    /// Ed25519 public key that signs the server's entries, 32 bytes hex.
    pub server_journal_key: String,
}

/// Largest enrolment request, bytes.
const MAX_REQUEST_BYTES: usize = 16 * 1024;

impl EnrolRequest {
    /// Reads a request of at most 16 KiB.
    ///
    /// # Errors
    /// When it is longer or of another form.
    pub fn parse(body: &[u8]) -> Result<Self, WireError> {
        crate::read(body, MAX_REQUEST_BYTES)
    }
}
