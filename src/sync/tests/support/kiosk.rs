//! A kiosk in a test: its store, what it writes, and its traffic.

use super::{CODE, Server};
use collection::{ComparisonBand, EnrolmentId, Entry, Kind, PictureHash, TaskId};
use std::time::Duration;
use store::{EntryDraft, Loss, PictureIn, PictureRole, Store, StoreKey};
use sync::{Config, Delays, Status, Sync, SyncHandle, enrol};
use tokio::runtime::Handle;

/// Size of a page of the database, bytes.
const PAGE: usize = 4096;

pub fn millis(min: u64, max: u64) -> Delays {
    Delays { min: Duration::from_millis(min), max: Duration::from_millis(max) }
}

pub fn fast() -> Config {
    Config {
        poll: Duration::from_secs(3600),
        backoff: millis(20, 80),
        refused: millis(20, 80),
        held: millis(20, 80),
        connect_timeout: Duration::from_secs(2),
        request_timeout: Duration::from_secs(10),
    }
}

pub fn open(dir: &tempfile::TempDir) -> Store {
    Store::open(dir.path(), StoreKey::from_bytes([1; 32])).unwrap()
}

pub fn task() -> TaskId {
    TaskId::new("demo-2027").unwrap()
}

pub fn append(store: &Store, n: u8, about: Option<&Entry>, kind: Kind, pictures: &[PictureIn<'_>]) -> Entry {
    let enrolment = EnrolmentId::from_bytes([n; 16]);
    let about = about.map(|e| e.id);
    store.append(EntryDraft { about, enrolment, task: task(), task_version: 1, kind }, pictures).unwrap()
}

pub fn visit(store: &Store, n: u8, portrait: &[u8], original: &[u8]) -> Entry {
    let comparison = ComparisonBand::Pass;
    let produced = Kind::Produced { day: "2026-11-23".parse().unwrap(), comparison };
    let made = append(store, n, None, produced, &[]);
    let kind = Kind::Submitted {
        portrait: PictureHash::of(portrait),
        original: PictureHash::of(original),
        preset: String::new(),
        comparison,
        score_tenths: None,
        replaces: None,
    };
    let pictures = [
        PictureIn { bytes: portrait, role: PictureRole::Portrait },
        PictureIn { bytes: original, role: PictureRole::Original },
    ];
    append(store, n, Some(&made), kind, &pictures)
}

pub async fn until(handle: &mut SyncHandle, what: &str, holds: impl Fn(&Status) -> bool) -> Status {
    let waiting = async {
        loop {
            let status = handle.status();
            if holds(&status) {
                return status;
            }
            let _ = tokio::time::timeout(Duration::from_millis(20), handle.changed()).await;
        }
    };
    match tokio::time::timeout(Duration::from_secs(20), waiting).await {
        Ok(status) => status,
        Err(_) => panic!("never {what}: {:?}", handle.status()),
    }
}

/// A server, a store that is enrolled there, and the traffic between them.
pub async fn linked(dir: &tempfile::TempDir) -> (Server, Store, SyncHandle) {
    linked_with(dir, fast()).await
}

/// The same, with other intervals.
pub async fn linked_with(dir: &tempfile::TempDir, config: Config) -> (Server, Store, SyncHandle) {
    let (server, store) = enrolled(dir).await;
    let handle = Sync::spawn(store.clone(), config, &Handle::current());
    (server, store, handle)
}

/// A server and a store that is enrolled there.
pub async fn enrolled(dir: &tempfile::TempDir) -> (Server, Store) {
    let server = Server::start().await;
    let store = open(dir);
    enrol(&server.url(), &server.ca_pem, CODE, &store).await.unwrap();
    (server, store)
}

pub fn everything_is_up(s: &Status) -> bool {
    s.is_online() && s.queue.is_empty()
}

/// Damages one page of a closed store: the first whose losses are as wanted. Returns them.
pub fn damage(dir: &tempfile::TempDir, wanted: impl Fn(&[Loss]) -> bool) -> Vec<Loss> {
    let file = dir.path().join("kiosk.db");
    let whole = std::fs::read(&file).unwrap();
    for page in 1..whole.len() / PAGE {
        let mut bytes = whole.clone();
        bytes[page * PAGE + 500..page * PAGE + 600].fill(0x5a);
        std::fs::write(&file, bytes).unwrap();
        let Ok(store) = Store::open(dir.path(), StoreKey::from_bytes([1; 32])) else { continue };
        let Ok(found) = store.inspect() else { continue };
        if wanted(&found.losses) {
            return found.losses;
        }
    }
    panic!("no page holds that");
}
