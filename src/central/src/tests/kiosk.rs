//! A kiosk as the server meets it: its own keys, a real certificate, the words of the protocol.

use super::world::World;
use crate::Running;
use collection::{
    ComparisonBand, DeviceId, EnrolmentId, Entry, EntryId, Hlc, Kind, PictureHash, PublicKey, SignedEntry,
    Signer, Task,
};
use protocol::{ChangePage, EnrolReply, EnrolRequest, JournalBatch, JournalReply, WireEntry, path};
use rcgen::{CertificateParams, KeyPair};
use reqwest::{Client, Response, StatusCode};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer, pem::PemObject};
use rustls::{ClientConfig, RootCertStore};
use std::sync::Arc;

/// Everything a kiosk draws before it is enrolled.
pub(super) struct Stranger {
    pub request: EnrolRequest,
    key: KeyPair,
    signer: Signer,
}

impl Stranger {
    pub fn new(code: &str) -> Stranger {
        let (key, signer) = (KeyPair::generate().unwrap(), Signer::from_seed(&rand::random()).unwrap());
        let csr = CertificateParams::default().serialize_request(&key).unwrap();
        let request = EnrolRequest {
            code: code.into(),
            csr_pem: csr.pem().unwrap(),
            journal_key: signer.public_key().to_string(),
        };
        Stranger { request, key, signer }
    }

    pub async fn ask(&self, running: &Running) -> Response {
        let url = format!("{}{}", running.kiosks_url(), path::ENROL);
        client(running, None).post(url).json(&self.request).send().await.unwrap()
    }
}

pub(super) struct Kiosk {
    pub http: Client,
    pub url: String,
    pub id: DeviceId,
    pub server_key: PublicKey,
    pub signer: Signer,
    pub sequence: u64,
}

impl Kiosk {
    pub async fn enrol(world: &World) -> Kiosk {
        Kiosk::enrol_with(&world.running, &world.code(super::world::SCHOOL).await).await
    }

    pub async fn enrol_with(running: &Running, code: &str) -> Kiosk {
        let stranger = Stranger::new(code);
        let response = stranger.ask(running).await;
        assert_eq!(response.status(), StatusCode::OK);
        let reply: EnrolReply = serde_json::from_slice(&response.bytes().await.unwrap()).unwrap();
        Kiosk {
            http: client(running, Some((&reply.certificate_pem, &stranger.key))),
            url: running.kiosks_url(),
            id: reply.device,
            server_key: PublicKey::parse(&reply.server_journal_key).unwrap(),
            signer: stranger.signer,
            sequence: 0,
        }
    }

    /// The next entry of this kiosk.
    pub fn entry(
        &mut self,
        task: &Task,
        enrolment: EnrolmentId,
        about: Option<EntryId>,
        kind: Kind,
    ) -> Entry {
        self.sequence += 1;
        Entry {
            id: EntryId(uuid::Uuid::now_v7()),
            about,
            enrolment,
            task: task.id.clone(),
            task_version: task.version,
            device: self.id.clone(),
            sequence: self.sequence,
            clock: Hlc { millis: 1_795_000_000_000 + self.sequence * 1000, counter: 0 },
            doubtful: false,
            kind,
        }
    }

    pub fn sign(&self, entry: &Entry) -> WireEntry {
        SignedEntry::sign(entry, &self.signer).unwrap().into()
    }

    pub async fn try_send(&self, entries: Vec<WireEntry>) -> Response {
        let url = format!("{}{}", self.url, path::JOURNAL);
        self.http.post(url).json(&JournalBatch { entries }).send().await.unwrap()
    }

    pub async fn send(&self, entries: Vec<WireEntry>) -> JournalReply {
        let response = self.try_send(entries).await;
        assert_eq!(response.status(), StatusCode::OK);
        serde_json::from_slice(&response.bytes().await.unwrap()).unwrap()
    }

    pub async fn changes(&self, epoch: &str, cursor: u64) -> ChangePage {
        let url = format!("{}{}?cursor={cursor}&epoch={epoch}", self.url, path::CHANGES);
        let response = self.http.get(url).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        ChangePage::parse(&response.bytes().await.unwrap()).unwrap().0
    }

    pub fn picture_url(&self, hash: PictureHash) -> String {
        format!("{}{}/{hash}", self.url, path::PICTURES)
    }

    pub async fn patch(&self, hash: PictureHash, offset: usize, length: usize, bytes: &[u8]) -> Response {
        let request = self
            .http
            .patch(self.picture_url(hash))
            .header(protocol::UPLOAD_OFFSET, offset)
            .header(protocol::UPLOAD_LENGTH, length)
            .body(bytes.to_vec());
        request.send().await.unwrap()
    }

    /// A visit from production to submission, pictures included. Gives the `Submitted` entry's id.
    pub async fn visit(&mut self, task: &Task, n: u32, portrait: &[u8], original: &[u8]) -> EntryId {
        let enrolment = super::world::student(n).entry(task).unwrap().enrolment;
        let kind =
            Kind::Produced { day: jiff::civil::date(2026, 11, 20), comparison: ComparisonBand::Manual };
        let produced = self.entry(task, enrolment, None, kind);
        let submitted = self.submitted(task, enrolment, Some(produced.id), portrait, original);
        let reply = self.send(vec![self.sign(&produced), self.sign(&submitted)]).await;
        assert_eq!(reply.accepted.len(), 2, "{reply:?}");
        for bytes in [portrait, original] {
            let hash = PictureHash::of(bytes);
            assert_eq!(self.patch(hash, 0, bytes.len(), bytes).await.status(), StatusCode::NO_CONTENT);
        }
        submitted.id
    }

    pub fn submitted(
        &mut self,
        task: &Task,
        enrolment: EnrolmentId,
        produced: Option<EntryId>,
        portrait: &[u8],
        original: &[u8],
    ) -> Entry {
        let kind = Kind::Submitted {
            portrait: PictureHash::of(portrait),
            original: PictureHash::of(original),
            preset: "00".repeat(32),
            comparison: ComparisonBand::Manual,
            score_tenths: Some(786),
            replaces: None,
        };
        self.entry(task, enrolment, produced, kind)
    }
}

/// A client that trusts this server's authority alone.
pub(super) fn client(running: &Running, identity: Option<(&str, &KeyPair)>) -> Client {
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(running.authority_pem().as_bytes()).unwrap()).unwrap();
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots);
    let config = match identity {
        None => config.with_no_client_auth(),
        Some((pem, key)) => {
            let chain = CertificateDer::pem_slice_iter(pem.as_bytes()).collect::<Result<_, _>>().unwrap();
            let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
            config.with_client_auth_cert(chain, key).unwrap()
        }
    };
    Client::builder().tls_backend_preconfigured(config).http1_only().no_proxy().build().unwrap()
}
