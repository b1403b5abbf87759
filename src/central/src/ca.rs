//! The server's own certificate authority: it signs the certificates of the kiosks' port and of the kiosks.
//!
//! Kiosks trust this authority alone, so no public authority can certify an attacker between them and the server.

use crate::files::{self, FileError};
use jiff::{Span, Timestamp, tz::TimeZone};
use rcgen::{
    BasicConstraints, CertificateParams, CertificateSigningRequestParams, DistinguishedName, DnType,
    ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair, KeyUsagePurpose, SerialNumber,
};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer, pem::PemObject};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Largest certificate signing request that is read, bytes.
const MAX_CSR_BYTES: usize = 16 * 1024;
/// Validity of the authority's certificate.
const AUTHORITY_YEARS: i64 = 20;
/// Validity of the kiosk port's certificate.
const SERVER_DAYS: i64 = 825;
/// Validity of a kiosk's certificate.
const KIOSK_YEARS: i64 = 3;

/// What can go wrong with certificates.
#[derive(Debug, thiserror::Error)]
pub enum AuthorityError {
    /// A file of the authority could not be read or written.
    #[error(transparent)]
    File(#[from] FileError),
    /// A certificate or key could not be made or read.
    #[error("the certificate authority: {0}")]
    Certificate(#[from] rcgen::Error),
    /// A PEM file does not hold what it should.
    #[error("{file} holds no usable PEM")]
    Pem {
        /// Which file.
        file: PathBuf,
    },
    /// TLS refused its configuration.
    #[error("the TLS configuration: {0}")]
    Tls(String),
}

/// The authority, ready to sign.
pub(crate) struct Authority {
    issuer: Issuer<'static, KeyPair>,
    pem: String,
    der: CertificateDer<'static>,
}

/// A kiosk's certificate.
pub(crate) struct Signed {
    /// Its certificate, then the authority's.
    pub chain_pem: String,
    /// SHA-256 of the certificate, hex.
    pub fingerprint: String,
}

/// A certificate's fingerprint: SHA-256 of its DER, hex.
pub(crate) fn fingerprint(der: &[u8]) -> String {
    hex::encode(Sha256::digest(der))
}

impl Authority {
    /// Opens the authority in `dir`, making it the first time.
    pub fn open(dir: &Path) -> Result<Authority, AuthorityError> {
        let (key_file, pem_file) = (dir.join("ca.key"), dir.join("ca.pem"));
        if !key_file.exists() {
            let key = KeyPair::generate()?;
            let params = authority_params();
            files::write_public(&pem_file, params.self_signed(&key)?.pem().as_bytes())?;
            // The key last: a run that dies in between starts over.
            files::write_secret(&key_file, key.serialize_pem().as_bytes())?;
        }
        let key = KeyPair::from_pem(&files::read_text(&key_file)?)?;
        let pem = files::read_text(&pem_file)?;
        let der = CertificateDer::from_pem_slice(pem.as_bytes())
            .map_err(|_| AuthorityError::Pem { file: pem_file })?;
        Ok(Authority { issuer: Issuer::from_ca_cert_pem(&pem, key)?, pem, der })
    }

    /// The authority's certificate, which kiosks are given.
    pub fn pem(&self) -> &str {
        &self.pem
    }

    /// Signs a kiosk's request. Only its key is used; name, purpose and dates are set here.
    pub fn sign_kiosk(&self, csr_pem: &str, device: &str) -> Result<Signed, AuthorityError> {
        if csr_pem.len() > MAX_CSR_BYTES {
            return Err(AuthorityError::Certificate(rcgen::Error::CouldNotParseCertificationRequest));
        }
        let mut request = CertificateSigningRequestParams::from_pem(csr_pem)?;
        request.params = dated(Span::new().years(KIOSK_YEARS));
        request.params.distinguished_name = name(device);
        request.params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        request.params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
        let certificate = request.signed_by(&self.issuer)?;
        Ok(Signed {
            chain_pem: format!("{}{}", certificate.pem(), self.pem),
            fingerprint: fingerprint(certificate.der()),
        })
    }

    /// TLS for the kiosks' port: a fresh certificate for `names`, client certificates of this authority asked for.
    pub fn server_config(&self, names: &[String]) -> Result<ServerConfig, AuthorityError> {
        let key = KeyPair::generate()?;
        let mut params = dated(Span::new().days(SERVER_DAYS));
        params.subject_alt_names = CertificateParams::new(names.to_vec())?.subject_alt_names;
        params.distinguished_name = name("central");
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        let certificate = params.signed_by(&key, &self.issuer)?;
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
        self.tls(vec![certificate.der().clone(), self.der.clone()], key)
    }

    fn tls(
        &self,
        chain: Vec<CertificateDer<'static>>,
        key: PrivateKeyDer<'static>,
    ) -> Result<ServerConfig, AuthorityError> {
        let tls = |e: &dyn std::fmt::Display| AuthorityError::Tls(e.to_string());
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let mut roots = RootCertStore::empty();
        roots.add(self.der.clone()).map_err(|e| tls(&e))?;
        // Optional at the handshake, so that a refusal has a sentence and is not only a closed connection.
        let clients = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider.clone())
            .allow_unauthenticated()
            .build()
            .map_err(|e| tls(&e))?;
        let mut config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|e| tls(&e))?
            .with_client_cert_verifier(clients)
            .with_single_cert(chain, key)
            .map_err(|e| tls(&e))?;
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        Ok(config)
    }
}

fn authority_params() -> CertificateParams {
    let mut params = dated(Span::new().years(AUTHORITY_YEARS));
    params.distinguished_name = name("campus portrait authority");
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params
}

/// Parameters valid from yesterday (clocks differ) for `span`, with a random serial number.
fn dated(span: Span) -> CertificateParams {
    let today = Timestamp::now().to_zoned(TimeZone::UTC).date();
    let day = |d: jiff::civil::Date| {
        rcgen::date_time_ymd(i32::from(d.year()), d.month().unsigned_abs(), d.day().unsigned_abs())
    };
    let mut serial: [u8; 16] = rand::random();
    serial[0] &= 0x7f; // positive, as RFC 5280 asks
    let mut params = CertificateParams::default();
    params.not_before = day(today.saturating_sub(Span::new().days(1)));
    params.not_after = day(today.saturating_add(span));
    params.serial_number = Some(SerialNumber::from_slice(&serial));
    params.use_authority_key_identifier_extension = true;
    params
}

fn name(common: &str) -> DistinguishedName {
    let mut name = DistinguishedName::new();
    name.push(DnType::CommonName, common);
    name
}
