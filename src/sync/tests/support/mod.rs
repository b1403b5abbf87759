//! A small real server: axum over TLS, our own CA, client certificates looked at by the handlers, everything in memory.
//! It can be taken away and brought back on the same port, be a captive portal, restart in the middle of a picture, refuse.
#![allow(clippy::unwrap_used, reason = "a failure here is a failure of the test")]
#![allow(dead_code, reason = "each test file uses its part")]

pub mod kiosk;

use axum::body::Bytes;
use axum::extract::{Path, Query, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, head, post};
use axum::{Json, Router};
use axum_server::Handle;
use axum_server::tls::TlsInfo;
use axum_server::tls_rustls::RustlsConfig;
use collection::{DeviceId, Entry, Kind, PictureHash, PublicKey, SignedEntry, Signer};
use protocol::{
    Accepted, Change, ChangePage, EnrolReply, EnrolRequest, Fault, JournalBatch, JournalReply, Refused,
    UPLOAD_LENGTH, UPLOAD_OFFSET, WireEntry, path,
};
use rcgen::{BasicConstraints, CertificateParams, CertificateSigningRequestParams, IsCa, Issuer, KeyPair};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use std::collections::{BTreeMap, HashMap};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

/// What the server has and how it behaves.
#[derive(Default)]
pub struct Inner {
    pub epoch: String,
    pub changes: Vec<Change>,
    pub entries: BTreeMap<u64, SignedEntry>,
    pub wanted: Vec<PictureHash>,
    pub pictures: HashMap<PictureHash, Vec<u8>>,
    pub parts: HashMap<PictureHash, Vec<u8>>,
    pub journal_key: Option<PublicKey>,
    pub request: Option<Vec<u8>>,
    /// Replies like a hotel's log-in page.
    pub portal: bool,
    /// Says 403 like a proxy, without our header.
    pub proxy_forbids: bool,
    /// The status with which it fails on these pictures.
    pub fails_on: HashMap<PictureHash, u16>,
    /// Fails on every picture with this status.
    pub fails_on_pictures: Option<u16>,
    /// Fails on every batch that holds the entry with this number.
    pub fails_on_entry: Option<u64>,
    /// Breaks the connection on every batch that holds the entry with this number.
    pub breaks_on_entry: Option<u64>,
    /// Sends a page of the feed that is none.
    pub feed_is_garbled: bool,
    /// The version of the protocol that it speaks, if another.
    pub version: Option<&'static str>,
    /// Sends elsewhere.
    pub redirect: bool,
    /// Says 403 to everything.
    pub revoked: bool,
    /// Takes only so many bytes of pictures in all, then fails.
    pub picture_budget: Option<usize>,
    /// Every request, `METHOD path upload-offset`.
    pub requests: Vec<String>,
    /// Sequence whose entry the server has with other bytes.
    pub conflict: Option<u64>,
    pub seen_certificates: u64,
}

/// The server's handle in a test.
#[derive(Clone)]
pub struct Server {
    pub state: Arc<Mutex<Inner>>,
    pub ca_pem: String,
    issuer: Arc<Issuer<'static, KeyPair>>,
    tls: Arc<rustls::ServerConfig>,
    pub address: SocketAddr,
    running: Arc<Mutex<Option<Handle<SocketAddr>>>>,
}

pub const CODE: &str = "ABCD-1234";

pub fn signer() -> Signer {
    Signer::from_seed(&[7; 32]).unwrap()
}

fn authority() -> (String, Issuer<'static, KeyPair>) {
    let key = KeyPair::generate().unwrap();
    let mut params = CertificateParams::new(vec![]).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let pem = params.self_signed(&key).unwrap().pem();
    (pem, Issuer::new(params, key))
}

impl Server {
    /// Starts on a free port of the loopback.
    pub async fn start() -> Server {
        let (ca_pem, issuer) = authority();
        let tls = tls(&issuer, &leaf(), &ca_pem);
        let state = Arc::new(Mutex::new(Inner { epoch: "e1".into(), ..Inner::default() }));
        let mut server = Server {
            state,
            ca_pem,
            issuer: Arc::new(issuer),
            tls,
            address: ([127, 0, 0, 1], 0).into(),
            running: Arc::default(),
        };
        server.address = server.up().await;
        server
    }

    /// Comes (back) up on its port.
    pub async fn up(&self) -> SocketAddr {
        let handle = Handle::new();
        let app = router(self.clone());
        let server = axum_server::bind_rustls(self.address, RustlsConfig::from_config(self.tls.clone()))
            .handle(handle.clone());
        tokio::spawn(async move { server.serve(app.into_make_service()).await.unwrap() });
        let address = handle.listening().await.expect("listens");
        *self.running.lock().unwrap() = Some(handle);
        address
    }

    /// Comes back on its port with another configuration of TLS.
    async fn up_with(&self, tls: Arc<rustls::ServerConfig>) {
        let other = Server { tls, ..self.clone() };
        other.up().await;
    }

    /// Comes back, and accepts the certificates of no kiosk.
    pub async fn up_refusing_certificates(&self) {
        let (other_ca, _) = authority();
        self.up_with(tls(&self.issuer, &leaf(), &other_ca)).await;
    }

    /// Comes back with a certificate that is not valid yet.
    pub async fn up_from_the_future(&self) {
        let mut leaf = leaf();
        leaf.not_before = rcgen::date_time_ymd(2290, 1, 1);
        leaf.not_after = rcgen::date_time_ymd(2300, 1, 1);
        self.up_with(tls(&self.issuer, &leaf, &self.ca_pem)).await;
    }

    /// In its place on its port, something answers every connection with the TLS alert `access_denied` and no certificate.
    pub async fn replaced_by_a_middlebox(&self) -> tokio::task::JoinHandle<()> {
        let listener = tokio::net::TcpListener::bind(self.address).await.unwrap();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let mut hello = [0; 512];
                let _ = stream.read(&mut hello).await;
                // Alert, TLS 1.2, two bytes: fatal, access_denied.
                let _ = stream.write_all(&[21, 3, 3, 0, 2, 2, 49]).await;
                let _ = stream.shutdown().await;
            }
        })
    }

    /// Goes away: connections break, the port refuses.
    pub async fn down(&self) {
        if let Some(handle) = self.running.lock().unwrap().take() {
            handle.shutdown();
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }

    pub fn url(&self) -> String {
        format!("https://{}", self.address)
    }

    pub fn lock(&self) -> MutexGuard<'_, Inner> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts a change into the feed.
    pub fn announce(&self, change: Change) {
        self.lock().changes.push(change);
    }
}

/// The server's certificate, before it is signed.
fn leaf() -> CertificateParams {
    CertificateParams::new(vec!["127.0.0.1".into()]).unwrap()
}

/// A server with that certificate, which accepts clients of the authority `clients_pem` and those without a certificate.
fn tls(
    issuer: &Issuer<'static, KeyPair>,
    leaf: &CertificateParams,
    clients_pem: &str,
) -> Arc<rustls::ServerConfig> {
    let key = KeyPair::generate().unwrap();
    let leaf = leaf.signed_by(&key, issuer).unwrap();
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let mut roots = rustls::RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(clients_pem.as_bytes()).unwrap()).unwrap();
    let clients = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider.clone())
        .allow_unauthenticated()
        .build()
        .unwrap();
    let key = PrivateKeyDer::from_pem_slice(key.serialize_pem().as_bytes()).unwrap();
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_client_cert_verifier(clients)
        .with_single_cert(vec![leaf.der().clone()], key)
        .unwrap();
    Arc::new(config)
}

fn router(server: Server) -> Router {
    let pictures = head(picture_head).patch(picture_patch).get(picture_get);
    Router::new()
        .route(path::ENROL, post(enrol))
        .route(path::CHANGES, get(changes))
        .route(path::JOURNAL, post(journal))
        .route(&format!("{}/{{hash}}", path::PICTURES), pictures)
        .layer(from_fn_with_state(server.clone(), door))
        .with_state(server)
}

async fn door(State(server): State<Server>, request: Request, next: Next) -> Response {
    let certificate =
        request.extensions().get::<Arc<TlsInfo>>().is_some_and(|tls| !tls.peer_certificates.is_empty());
    let enrols = request.uri().path() == path::ENROL;
    let offset = request.headers().get(UPLOAD_OFFSET).map_or("", |v| v.to_str().unwrap());
    let line = format!("{} {} {offset}", request.method(), request.uri());
    let (portal, redirect, revoked) = {
        let mut s = server.lock();
        s.requests.push(line);
        s.seen_certificates += u64::from(certificate);
        (s.portal, s.redirect, s.revoked)
    };
    if server.lock().proxy_forbids {
        return (StatusCode::FORBIDDEN, "forbidden by the proxy").into_response();
    }
    if portal {
        return (StatusCode::OK, "<html>Please log in</html>").into_response();
    }
    let mut response = if redirect {
        (StatusCode::TEMPORARY_REDIRECT, [("location", "https://127.0.0.1:1/elsewhere")]).into_response()
    } else if revoked || (!certificate && !enrols) {
        fault(StatusCode::FORBIDDEN, "server.device.revoked")
    } else {
        next.run(request).await
    };
    let version = server.lock().version.unwrap_or(protocol::VERSION);
    let headers = response.headers_mut();
    headers.insert(protocol::HEADER, version.parse().unwrap());
    headers.insert(protocol::SERVER_TIME, "1795000000123".parse().unwrap());
    response
}

fn fault(status: StatusCode, code: &str) -> Response {
    (status, Json(Fault { code: code.into() })).into_response()
}

async fn enrol(State(server): State<Server>, body: Bytes) -> Response {
    let request = EnrolRequest::parse(&body).unwrap();
    let before = server.lock().request.clone();
    if request.code != CODE || before.is_some_and(|b| b != body) {
        return fault(StatusCode::FORBIDDEN, "server.enrol.code");
    }
    let csr = CertificateSigningRequestParams::from_pem(&request.csr_pem).unwrap();
    let certificate_pem = csr.signed_by(&server.issuer).unwrap().pem();
    let mut s = server.lock();
    s.request = Some(body.to_vec());
    s.journal_key = Some(PublicKey::parse(&request.journal_key).unwrap());
    Json(EnrolReply {
        device: DeviceId::new("k-1").unwrap(),
        certificate_pem,
        server_journal_key: signer().public_key().to_string(),
    })
    .into_response()
}

#[derive(serde::Deserialize)]
struct Since {
    cursor: usize,
    epoch: String,
}

async fn changes(State(server): State<Server>, Query(since): Query<Since>) -> Response {
    let s = server.lock();
    if s.feed_is_garbled {
        return (StatusCode::OK, "[1, 2").into_response();
    }
    let from = if since.epoch.is_empty() || since.epoch == s.epoch { since.cursor } else { 0 };
    // Two at a time, so that pages are turned.
    let to = s.changes.len().min(from + 2);
    Json(ChangePage {
        epoch: s.epoch.clone(),
        changes: s.changes[from..to].to_vec(),
        cursor: to as u64,
        more: to < s.changes.len(),
    })
    .into_response()
}

fn referred(entry: &Entry) -> Vec<PictureHash> {
    match &entry.kind {
        Kind::Submitted { portrait, original, .. } => vec![*portrait, *original],
        _ => vec![],
    }
}

async fn journal(State(server): State<Server>, body: Bytes) -> Response {
    let batch = JournalBatch::parse(&body).unwrap();
    let mut s = server.lock();
    let numbers: Vec<u64> =
        batch.entries.iter().map(|w| SignedEntry::from(w.clone()).read().unwrap().sequence).collect();
    if s.breaks_on_entry.is_some_and(|n| numbers.contains(&n)) {
        drop(s);
        panic!("the handler dies, and the connection with it");
    }
    if s.fails_on_entry.is_some_and(|n| numbers.contains(&n)) {
        return fault(StatusCode::INTERNAL_SERVER_ERROR, "server.internal");
    }
    let key = s.journal_key.unwrap();
    let (mut accepted, mut refused) = (vec![], vec![]);
    for (index, wire) in batch.entries.into_iter().enumerate() {
        let signed = SignedEntry::from(wire);
        let entry = signed.verify(&key).expect("signed by the kiosk");
        let other = s.entries.get(&entry.sequence).is_some_and(|there| there.bytes != signed.bytes);
        if other || s.conflict == Some(entry.sequence) {
            refused.push(Refused { index, code: "server.entry.conflict".into() });
            continue;
        }
        let wants: Vec<_> = referred(&entry).into_iter().filter(|h| !s.pictures.contains_key(h)).collect();
        s.wanted.extend(&wants);
        s.entries.insert(entry.sequence, signed);
        accepted.push(Accepted { id: entry.id, wants });
    }
    let whole =
        |signed: &SignedEntry| referred(&signed.read().unwrap()).iter().all(|h| s.pictures.contains_key(h));
    let durable_sequence = (1..)
        .take_while(|n| s.conflict == Some(*n) || s.entries.get(n).is_some_and(whole))
        .last()
        .unwrap_or(0);
    Json(JournalReply { accepted, refused, durable_sequence }).into_response()
}

fn told(s: &Inner, hash: PictureHash) -> Response {
    let have = s.pictures.get(&hash).or_else(|| s.parts.get(&hash)).map_or(0, Vec::len);
    let mut response = (StatusCode::OK, [(UPLOAD_OFFSET, have.to_string())]).into_response();
    if s.pictures.contains_key(&hash) {
        response.headers_mut().insert(UPLOAD_LENGTH, have.into());
    }
    response
}

async fn picture_head(State(server): State<Server>, Path(hash): Path<String>) -> Response {
    let (s, hash) = (server.lock(), PictureHash::parse(&hash).unwrap());
    if let Some(status) = s.fails_on_pictures.or(s.fails_on.get(&hash).copied()) {
        return StatusCode::from_u16(status).unwrap().into_response();
    }
    if s.wanted.contains(&hash) { told(&s, hash) } else { StatusCode::NOT_FOUND.into_response() }
}

async fn picture_patch(
    State(server): State<Server>,
    Path(hash): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let number = |name: &str| headers[name].to_str().unwrap().parse::<usize>().unwrap();
    let (mut guard, hash) = (server.lock(), PictureHash::parse(&hash).unwrap());
    let s = &mut *guard;
    if s.pictures.contains_key(&hash) {
        return told(s, hash);
    }
    let part = s.parts.entry(hash).or_default();
    if part.len() != number(UPLOAD_OFFSET) {
        let have = part.len().to_string();
        return (StatusCode::CONFLICT, [(UPLOAD_OFFSET, have)]).into_response();
    }
    let takes = s.picture_budget.unwrap_or(usize::MAX).min(body.len());
    part.extend_from_slice(&body[..takes]);
    if let Some(budget) = &mut s.picture_budget {
        *budget -= takes;
    }
    if takes < body.len() {
        return fault(StatusCode::INTERNAL_SERVER_ERROR, "server.internal");
    }
    if part.len() == number(UPLOAD_LENGTH) {
        let whole = s.parts.remove(&hash).unwrap();
        assert_eq!(PictureHash::of(&whole), hash, "every byte at its place");
        s.pictures.insert(hash, whole);
    }
    told(s, hash)
}

async fn picture_get(State(server): State<Server>, Path(hash): Path<String>) -> Response {
    match server.lock().pictures.get(&PictureHash::parse(&hash).unwrap()) {
        Some(bytes) => bytes.clone().into_response(),
        None => fault(StatusCode::NOT_FOUND, "server.picture.unknown"),
    }
}

/// An entry of the server on the wire.
pub fn decision(sequence: u64, about: &Entry, kind: Kind) -> WireEntry {
    let entry = Entry {
        id: collection::EntryId(uuid::Uuid::now_v7()),
        about: Some(about.id),
        enrolment: about.enrolment,
        task: about.task.clone(),
        task_version: 1,
        device: DeviceId::new(collection::CENTRAL).unwrap(),
        sequence,
        clock: about.clock.next(0),
        doubtful: false,
        kind,
    };
    SignedEntry::sign(&entry, &signer()).unwrap().into()
}
