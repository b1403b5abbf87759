//! A server whose disk takes no more: nothing is acknowledged that a second connection cannot read, everything else is refused in
//! words, and once there is room the same server goes on.
//!
//! A limit on the size of files holds for a whole process, so each test starts this program once more as a process of its own: under
//! such a limit (`EFBIG`, which SQLite reports as `SQLITE_IOERR_WRITE`), and in a small file system (`ENOSPC`, `SQLITE_FULL`).

use super::kiosk::{Kiosk, Stranger};
use super::world::{World, student};
use crate::console::refusal::PageRefusal;
use crate::ledger::LedgerError;
use axum::response::IntoResponse;
use collection::{ComparisonBand, EntryId, Kind, PictureHash};
use jiff::civil::date;
use protocol::{Fault, JournalReply, WireEntry};
use reqwest::{Response, StatusCode};
use rustix::process::{Resource, Rlimit, Signal, getrlimit, setrlimit};
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, Statement};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use tokio::signal::unix::{SignalKind, signal};

/// Set in the process that plays the scenario.
const ALONE: &str = "CENTRAL_TEST_ALONE";
/// Bytes that the disk still takes: several small batches, no large one.
const ROOM: u64 = 128 << 10;
/// Entries of a large batch.
const LARGE: usize = 200;
/// Bytes of a picture that does not fit.
const PICTURE: usize = 1 << 20;
/// The picture's size is larger than what the disk takes, whatever was written before.
const _: () = assert!(PICTURE as u64 > 2 * ROOM);

#[test]
fn under_a_limit_of_file_sizes_nothing_is_acknowledged_that_is_not_kept() {
    let name = "under_a_limit_of_file_sizes_nothing_is_acknowledged_that_is_not_kept";
    if std::env::var_os(ALONE).is_some() {
        return play(&Disk::Limited { before: getrlimit(Resource::Fsize) });
    }
    let (program, args) = again(name);
    pass(Command::new(program).args(args));
}

#[test]
fn on_a_full_disk_nothing_is_acknowledged_that_is_not_kept() {
    let name = "on_a_full_disk_nothing_is_acknowledged_that_is_not_kept";
    if std::env::var_os(ALONE).is_some() {
        return play(&Disk::Small { ballast: std::env::temp_dir().join("ballast") });
    }
    let dir = tempfile::tempdir().unwrap();
    let in_a_small_disk = || {
        let mut command = Command::new("unshare");
        let script = r#"mount -t tmpfs -o size=16m tmpfs "$TMPDIR" && exec "$@""#;
        command.args(["--user", "--map-root-user", "--mount", "sh", "-c", script, "sh"]);
        command.env("TMPDIR", dir.path());
        command
    };
    if !in_a_small_disk().arg("true").status().is_ok_and(|s| s.success()) {
        eprintln!("not played: this machine lets nobody mount a file system of their own");
        return;
    }
    let (program, args) = again(name);
    pass(in_a_small_disk().arg(program).args(args));
}

/// This program, and the arguments by which it runs one test of this file.
fn again(test: &str) -> (PathBuf, [String; 3]) {
    let (_, module) = module_path!().split_once("::").unwrap();
    let args = [format!("{module}::{test}"), "--exact".to_owned(), "--nocapture".to_owned()];
    (std::env::current_exe().unwrap(), args)
}

fn pass(command: &mut Command) {
    let output = command.env(ALONE, "1").output().unwrap();
    let said = [output.stdout, output.stderr].map(|text| String::from_utf8_lossy(&text).into_owned());
    assert!(output.status.success() && said[0].contains("1 passed"), "{}\n{}", said[0], said[1]);
}

/// How the disk of this process is filled.
enum Disk {
    Limited { before: Rlimit },
    Small { ballast: PathBuf },
}

impl Disk {
    /// Leaves [`ROOM`] to the ledger.
    fn fill(&self, state: &Path) {
        match self {
            Disk::Limited { before } => {
                let size = |name: &str| fs::metadata(state.join(name)).map_or(0, |m| m.len());
                let largest = size("ledger.sqlite").max(size("ledger.sqlite-wal"));
                let limit = Rlimit { current: Some(largest + ROOM), maximum: before.maximum };
                setrlimit(Resource::Fsize, limit).unwrap();
            }
            Disk::Small { ballast } => {
                let mut file = File::create(ballast).unwrap();
                while file.write_all(&[1; 4096]).is_ok() {}
                file.set_len(file.metadata().unwrap().len() - ROOM).unwrap();
            }
        }
    }

    fn empty(&self) {
        match self {
            Disk::Limited { before } => setrlimit(Resource::Fsize, *before).unwrap(),
            Disk::Small { ballast } => fs::remove_file(ballast).unwrap(),
        }
    }

    /// What a kiosk is told about its entries meanwhile.
    fn refusal(&self) -> (StatusCode, &'static str) {
        match self {
            Disk::Limited { .. } => (StatusCode::SERVICE_UNAVAILABLE, "server.disk.unwritable"),
            Disk::Small { .. } => (StatusCode::INSUFFICIENT_STORAGE, "server.disk.full"),
        }
    }
}

fn play(disk: &Disk) {
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        // With a handler the signal does not end the process, and the write fails.
        let _handled = signal(SignalKind::from_raw(Signal::XFSZ.as_raw())).unwrap();
        scenario(disk).await;
    });
}

async fn scenario(disk: &Disk) {
    let world = World::new().await;
    let mut sender = Sender::new(&world).await;
    let (quiet, picture) = (Kiosk::enrol(&world).await, vec![7_u8; PICTURE]);
    let enrolment = student(1).entry(&world.task).unwrap().enrolment;
    let shown = sender.kiosk.submitted(&world.task, enrolment, None, &picture, b"original");
    let shown = sender.kiosk.sign(&shown);
    sender.send(vec![shown]).await.unwrap();

    disk.fill(&world.state());
    let (mut taken, mut refused) = (0, Vec::new());
    for _ in 0..6 {
        let large = sender.batch(&world, LARGE);
        refused.push((sender.send(large.clone()).await.unwrap_err(), large));
        for _ in 0..2 {
            let small = sender.batch(&world, 1);
            match sender.send(small.clone()).await {
                Ok(_) => taken += 1,
                Err(why) => refused.push((why, small)),
            }
            // Work that is rolled back for a reason of its own.
            let status = Stranger::new("AAAA-BBBB-CCCC").ask(&world.running).await.status();
            assert!([StatusCode::FORBIDDEN, StatusCode::TOO_MANY_REQUESTS].contains(&status), "{status}");
        }
    }
    assert!(taken >= 2, "after a large batch was refused, small ones are taken: {taken}");
    assert!(refused.len() > 6, "in the end not even a small one is");
    let (status, code) = disk.refusal();
    assert!(refused.iter().all(|(why, _)| *why == (status, code.to_owned())), "{:?}", refused[0].0);
    let hash = PictureHash::of(&picture);
    let cut = sender.kiosk.patch(hash, 0, PICTURE, &picture).await;
    assert_eq!(fault(cut).await, (StatusCode::INSUFFICIENT_STORAGE, "server.disk.full".to_owned()));
    quiet.changes("", 0).await;

    disk.empty();
    for (_, batch) in refused {
        let reply = sender.send(batch.clone()).await.unwrap();
        assert_eq!((reply.accepted.len(), reply.refused.len()), (batch.len(), 0));
    }
    let head = sender.kiosk.http.head(sender.kiosk.picture_url(hash)).send().await.unwrap();
    let at: usize = head.headers()[protocol::UPLOAD_OFFSET].to_str().unwrap().parse().unwrap();
    assert!(at < PICTURE, "the cut picture is not taken for a whole one");
    let rest = sender.kiosk.patch(hash, at, PICTURE, &picture[at..]).await;
    assert_eq!(rest.status(), StatusCode::NO_CONTENT);
    sender.kiosk.patch(PictureHash::of(b"original"), 0, 8, b"original").await;
    assert_eq!(sender.send(Vec::new()).await.unwrap().durable_sequence, sender.kiosk.sequence);
    assert_eq!(sender.kept().await.len() as u64, sender.kiosk.sequence, "each entry once");
}

/// A kiosk, and a second connection that looks for what the kiosk was told is kept.
struct Sender {
    kiosk: Kiosk,
    second: DatabaseConnection,
    acknowledged: BTreeSet<String>,
}

impl Sender {
    async fn new(world: &World) -> Sender {
        let file = world.state().join("ledger.sqlite");
        let mut options = ConnectOptions::new(format!("sqlite://{}?mode=ro", file.display()));
        let second = Database::connect(options.max_connections(1).sqlx_logging(false).to_owned()).await;
        Sender { kiosk: Kiosk::enrol(world).await, second: second.unwrap(), acknowledged: BTreeSet::new() }
    }

    fn batch(&mut self, world: &World, entries: usize) -> Vec<WireEntry> {
        let enrolment = student(1).entry(&world.task).unwrap().enrolment;
        let produced = || Kind::Produced { day: date(2026, 11, 20), comparison: ComparisonBand::Pass };
        let kiosk = &mut self.kiosk;
        let next = |_| {
            let entry = kiosk.entry(&world.task, enrolment, None, produced());
            kiosk.sign(&entry)
        };
        (0..entries).map(next).collect()
    }

    /// Sends a batch; what was ever acknowledged must be there for the second connection afterwards.
    async fn send(&mut self, batch: Vec<WireEntry>) -> Result<JournalReply, (StatusCode, String)> {
        let response = self.kiosk.try_send(batch).await;
        let reply = if response.status() == StatusCode::OK {
            let reply: JournalReply = serde_json::from_slice(&response.bytes().await.unwrap()).unwrap();
            self.acknowledged.extend(reply.accepted.iter().map(|a| a.id).map(|id: EntryId| id.to_string()));
            Ok(reply)
        } else {
            Err(fault(response).await)
        };
        let lost = self.acknowledged.difference(&self.kept().await).count();
        assert_eq!(lost, 0, "acknowledged and not kept");
        reply
    }

    /// The ids of the kiosk's entries, by the second connection.
    async fn kept(&self) -> BTreeSet<String> {
        let sql = r#"SELECT "id" FROM "entry" WHERE "device" = $1"#;
        let device = self.kiosk.id.as_str().into();
        let query = Statement::from_sql_and_values(self.second.get_database_backend(), sql, [device]);
        let rows = self.second.query_all_raw(query).await.unwrap();
        rows.iter().map(|row| row.try_get("", "id").unwrap()).collect()
    }
}

async fn fault(response: Response) -> (StatusCode, String) {
    let status = response.status();
    let fault: Fault = serde_json::from_slice(&response.bytes().await.unwrap()).unwrap();
    (status, fault.code)
}

#[tokio::test]
async fn a_browser_is_told_that_the_disk_is_full() {
    let page = PageRefusal::from(LedgerError::DiskFull).into_response();
    assert_eq!(page.status(), StatusCode::INSUFFICIENT_STORAGE);
    let text = axum::body::to_bytes(page.into_body(), 1 << 20).await.unwrap();
    assert!(String::from_utf8_lossy(&text).contains("服务器的磁盘满了"));
}
