//! TLS towards the server: only its own CA is trusted; the kiosk's certificate is presented once there is one.
//!
//! A TLS alert is the server's word only after the server has proved who it is: until then anything on the way (a middlebox, a
//! captive portal) can send one. [`ServerProof`] remembers whether that has happened on a connection of this configuration.

use crate::Failure;
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::aws_lc_rs;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, DistinguishedName, RootCertStore, SignatureScheme};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// A client's certificate chain and key, PEM.
pub(crate) struct ClientPem<'a> {
    pub certificate: &'a str,
    pub key: &'a str,
}

/// Whether the other end has proved, with a certificate of the CA and its key, to be the server.
#[derive(Clone, Debug, Default)]
pub(crate) struct ServerProof(Arc<AtomicBool>);

impl ServerProof {
    pub fn is_given(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    fn give(&self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// The configuration that trusts `ca_pem` only; `proof` is given once a server proves who it is. Fails when a PEM holds no
/// certificate, or key and certificate do not belong together.
pub(crate) fn config(
    ca_pem: &str,
    client: Option<&ClientPem<'_>>,
    proof: &ServerProof,
) -> Result<ClientConfig, Failure> {
    let bad = |what: &str, e: &dyn std::fmt::Display| Failure::Identity(format!("{what}: {e}"));
    let mut roots = RootCertStore::empty();
    for certificate in certificates(ca_pem).map_err(|e| bad("the server's CA", &e))? {
        roots.add(certificate).map_err(|e| bad("the server's CA", &e))?;
    }
    if roots.is_empty() {
        return Err(Failure::Identity("the server's CA: holds no certificate".to_owned()));
    }
    let provider = Arc::new(aws_lc_rs::default_provider());
    let verifier = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider.clone())
        .build()
        .map_err(|e| bad("the server's CA", &e))?;
    let builder = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|e| bad("TLS", &e))?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(ProvingVerifier { verifier, proof: proof.clone() }));
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

/// Rustls's own verifier, unchanged; notes when a server has shown that it holds the key of a certificate that was verified.
#[derive(Debug)]
struct ProvingVerifier {
    verifier: Arc<WebPkiServerVerifier>,
    proof: ServerProof,
}

impl ServerCertVerifier for ProvingVerifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        self.verifier.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.verifier.verify_tls12_signature(message, cert, dss).inspect(|_| self.proof.give())
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.verifier.verify_tls13_signature(message, cert, dss).inspect(|_| self.proof.give())
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.verifier.supported_verify_schemes()
    }

    fn root_hint_subjects(&self) -> Option<&[DistinguishedName]> {
        self.verifier.root_hint_subjects()
    }
}
