//! TLS towards the server: only its own CA is trusted; the kiosk's certificate is presented once there is one.

use crate::Failure;
use rustls::crypto::aws_lc_rs;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ClientConfig, RootCertStore};
use std::sync::Arc;

/// A client's certificate chain and key, PEM.
pub(crate) struct ClientPem<'a> {
    pub certificate: &'a str,
    pub key: &'a str,
}

/// The configuration that trusts `ca_pem` only. Fails when a PEM holds no certificate, or key and certificate do not belong
/// together.
pub(crate) fn config(ca_pem: &str, client: Option<&ClientPem<'_>>) -> Result<ClientConfig, Failure> {
    let bad = |what: &str, e: &dyn std::fmt::Display| Failure::Identity(format!("{what}: {e}"));
    let mut roots = RootCertStore::empty();
    for certificate in certificates(ca_pem).map_err(|e| bad("the server's CA", &e))? {
        roots.add(certificate).map_err(|e| bad("the server's CA", &e))?;
    }
    if roots.is_empty() {
        return Err(Failure::Identity("the server's CA: holds no certificate".to_owned()));
    }
    let builder = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|e| bad("TLS", &e))?
        .with_root_certificates(roots);
    let Some(client) = client else { return Ok(builder.with_no_client_auth()) };
    let chain = certificates(client.certificate).map_err(|e| bad("the certificate", &e))?;
    // The error text of the key could quote the file.
    let key = PrivateKeyDer::from_pem_slice(client.key.as_bytes())
        .map_err(|_| Failure::Identity("the key is no PEM key".to_owned()))?;
    builder.with_client_auth_cert(chain, key).map_err(|e| bad("certificate and key", &e))
}

fn certificates(pem: &str) -> Result<Vec<CertificateDer<'static>>, rustls::pki_types::pem::Error> {
    CertificateDer::pem_slice_iter(pem.as_bytes()).collect()
}
