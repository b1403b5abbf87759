//! A store with an invented task, student and server.
#![allow(dead_code, reason = "each test file uses its part")]

use collection::{
    ComparisonBand, DeviceId, EnrolmentId, Entry, EntryId, Hlc, Kind, Matching, PictureHash, RosterEntry,
    SignedEntry, Signer, Task, TaskId, UniqueNumber,
};
use protocol::{Change, ChangePage};
use store::{EntryDraft, Identity, PictureIn, PictureRole, Store, StoreKey};

pub const KEY: [u8; 32] = [42; 32];
pub const CENTRAL_SEED: [u8; 32] = [7; 32];

pub fn open(dir: &std::path::Path) -> Store {
    Store::open(dir, StoreKey::from_bytes(KEY)).expect("the store opens")
}

pub fn identity(device: &str) -> Identity {
    Identity {
        device: DeviceId::new(device).expect("id"),
        server_url: "https://127.0.0.1:1".into(),
        ca_pem: String::new(),
        certificate_pem: String::new(),
        tls_key_pem: String::new(),
        server_journal_key: central().public_key().to_string(),
    }
}

/// A store that is enrolled as `k-1`.
pub fn enrolled(dir: &std::path::Path) -> Store {
    let store = open(dir);
    store.enrolled(&identity("k-1")).expect("enrolled");
    store
}

pub fn central() -> Signer {
    Signer::from_seed(&CENTRAL_SEED).expect("a seed")
}

pub fn task_id() -> TaskId {
    TaskId::new("demo-2027").expect("id")
}

pub fn student(n: u8) -> EnrolmentId {
    EnrolmentId::from_bytes([n; 16])
}

pub fn draft(enrolment: EnrolmentId, about: Option<EntryId>, kind: Kind) -> EntryDraft {
    EntryDraft { about, enrolment, task: task_id(), task_version: 1, kind }
}

pub fn produced() -> Kind {
    Kind::Produced { day: jiff::civil::date(2026, 11, 23), comparison: ComparisonBand::Pass }
}

pub fn submitted(portrait: &[u8], original: &[u8]) -> Kind {
    Kind::Submitted {
        portrait: PictureHash::of(portrait),
        original: PictureHash::of(original),
        preset: "00".repeat(32),
        comparison: ComparisonBand::Pass,
        score_tenths: Some(912),
        replaces: None,
    }
}

/// A production and its submission.
pub fn visit(store: &Store, n: u8, portrait: &[u8], original: &[u8]) -> (Entry, Entry) {
    let made = store.append(draft(student(n), None, produced()), &[]).expect("produced");
    let pictures = [
        PictureIn { bytes: portrait, role: PictureRole::Portrait },
        PictureIn { bytes: original, role: PictureRole::Original },
    ];
    let handed_in = draft(student(n), Some(made.id), submitted(portrait, original));
    let handed_in = store.append(handed_in, &pictures).expect("submitted");
    (made, handed_in)
}

/// An entry by `device`, signed by `signer`.
pub fn foreign(
    device: &str,
    sequence: u64,
    about: EntryId,
    who: EnrolmentId,
    kind: Kind,
    signer: &Signer,
) -> Change {
    dated(1_795_000_000_000, device, sequence, about, who, kind, signer)
}

/// As [`foreign`], an hour later.
pub fn later(
    device: &str,
    sequence: u64,
    about: EntryId,
    who: EnrolmentId,
    kind: Kind,
    signer: &Signer,
) -> Change {
    dated(1_795_003_600_000, device, sequence, about, who, kind, signer)
}

fn dated(
    millis: u64,
    device: &str,
    sequence: u64,
    about: EntryId,
    who: EnrolmentId,
    kind: Kind,
    signer: &Signer,
) -> Change {
    let entry = Entry {
        id: EntryId(uuid::Uuid::now_v7()),
        about: Some(about),
        enrolment: who,
        task: task_id(),
        task_version: 1,
        device: DeviceId::new(device).expect("id"),
        sequence,
        clock: Hlc { millis, counter: 0 },
        doubtful: false,
        kind,
    };
    Change::Entry(SignedEntry::sign(&entry, signer).expect("signed").into())
}

pub fn page(epoch: &str, cursor: u64, changes: Vec<Change>) -> ChangePage {
    ChangePage { epoch: epoch.into(), changes, cursor, more: false }
}

pub fn task(version: u32) -> Task {
    serde_json::from_value(serde_json::json!({
        "id": "demo-2027", "version": version, "school": "示例大学", "school_code": "99999", "name": "2027 届",
        "category": "undergraduate", "notice": "n", "notice_version": 1, "purposes": ["学历注册"], "preset": "chsi",
        "background": "blue", "opens": "2026-09-01", "closes": "2027-06-30", "time_zone": "Asia/Shanghai",
        "registry_phone": "000", "settings": collection::Settings::default(),
        "comparing": collection::Comparing::default(), "payment": ["school-pays"], "ctid": false,
        "show_admission_photo": true, "decoders": [{"kind": "token"}], "matching_key": "00".repeat(32),
    }))
    .expect("a task")
}

pub fn roster(n: u8, name: &str, photo: Option<PictureHash>) -> RosterEntry {
    RosterEntry {
        enrolment: student(n),
        task: task_id(),
        unique_number: UniqueNumber::new(format!("9900{n:04}")).expect("number"),
        masked_name: name.into(),
        masked_number: "9900**********1234".into(),
        class: "一班".into(),
        programme: "历史".into(),
        matching: Matching {
            number_last6: "same".into(),
            number: None,
            student_number: format!("s{n}"),
            birth_month_day: "c".into(),
        },
        admission_photo: photo,
    }
}
