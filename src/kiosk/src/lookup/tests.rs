//! A real store with a roster of three, and a decoder double as a real process.

use super::*;
use collection::payload::{Format, Masked};
use collection::{
    Decoder, DeviceId, Kind, More, Signer, Stars, enrolment_id, mask_name, mask_number, matching,
};
use protocol::{Change, ChangePage};
use sentences::codes;
use std::path::{Path, PathBuf};
use std::time::Duration;
use store::{EntryDraft, Identity, StoreKey};

const NUMBERS: [(&str, &str, &str, &str); 3] = [
    ("林知夏", "9900120260000017", "990000200401010013", "2023000001"),
    ("王磊", "9900120260000018", "99000020030501002X", "2023000002"),
    ("李想", "9900120260000019", "99001120040601002X", "2023000003"),
];

fn task() -> Task {
    let masked = Masked {
        format: Format::Columns("|".to_owned()),
        unique_number: "1".to_owned(),
        name: Some("2".to_owned()),
        number: None,
        school: None,
        stars: Stars::Exact,
    };
    let decoders =
        [Decoder::Masked(masked), Decoder::External { name: "collector".to_owned() }, Decoder::Token];
    serde_json::from_value(serde_json::json!({
        "id": "demo-2027", "version": 1, "school": "示例大学", "school_code": "99001", "name": "2027 届",
        "category": "undergraduate", "notice": "n", "notice_version": 1, "purposes": ["学历注册"], "preset": "chsi",
        "background": "blue", "opens": "2026-03-01", "closes": "2026-03-31", "time_zone": "Asia/Shanghai",
        "registry_phone": "8000", "settings": collection::Settings::default(),
        "comparing": collection::Comparing::default(), "payment": ["school-pays"], "ctid": false,
        "show_admission_photo": true, "decoders": decoders, "matching_key": "07".repeat(32),
    }))
    .unwrap()
}

fn entry(n: usize) -> RosterEntry {
    let ((name, unique, number, student), key) = (NUMBERS[n], task().key().unwrap());
    let unique_number = UniqueNumber::new(unique).unwrap();
    RosterEntry {
        enrolment: enrolment_id(&key, &unique_number),
        task: task().id,
        unique_number,
        masked_name: mask_name(name),
        masked_number: mask_number(number),
        class: "一班".to_owned(),
        programme: "历史".to_owned(),
        matching: matching(&key, number, student, &number[10..14]),
        admission_photo: None,
    }
}

fn store(dir: &Path) -> Store {
    let store = Store::open(dir, StoreKey::from_bytes([42; 32])).unwrap();
    let server = Signer::from_seed(&[7; 32]).unwrap();
    store
        .enrolled(&Identity {
            device: DeviceId::new("k-1").unwrap(),
            server_url: "https://127.0.0.1:1".to_owned(),
            ca_pem: String::new(),
            certificate_pem: String::new(),
            tls_key_pem: String::new(),
            server_journal_key: server.public_key().to_string(),
        })
        .unwrap();
    let mut changes = vec![Change::Task(Box::new(task()))];
    changes.extend((0..NUMBERS.len()).map(|n| Change::Roster(Box::new(entry(n)))));
    store.admit(&ChangePage { epoch: "e".to_owned(), changes, cursor: 4, more: false }).unwrap();
    store
}

fn collector(dir: &Path, how: &str) -> Decoders {
    let script = dir.join("double.sh");
    std::fs::write(&script, include_str!("../decoder/double.sh")).unwrap();
    let command = ["/bin/sh".into(), script, how.into(), "971.9".into()];
    // However busy the machine is, only the one that is to be late is.
    let time = if how == "late" { Duration::from_millis(400) } else { Duration::from_secs(60) };
    Decoders { commands: [("collector".to_owned(), Vec::<PathBuf>::from(command))].into(), time }
}

#[test]
fn codes_are_read_by_the_decoder_that_knows_them_and_otherwise_typed_and_bound() {
    let dir = tempfile::tempdir().unwrap();
    let store = store(&dir.path().join("store"));
    let now = "2026-03-10T02:00:00Z".parse().unwrap();
    let ask = |decoders: &Decoders, bytes: &[u8]| {
        whose(&store, decoders, bytes, now).unwrap().map(|found| {
            assert_eq!(found.task.id, found.entry.task);
            found.entry.enrolment
        })
    };
    let none = Decoders::default();
    assert_eq!(ask(&none, "9900120260000018|王*".as_bytes()), Ok(entry(1).enrolment));
    let other = ask(&none, "9900120260000018|林*".as_bytes()).unwrap_err();
    assert_eq!(other.code(), codes::CODE_CONFLICT);
    assert_eq!(ask(&none, b"opaque"), Err(CodeFault::DecoderFailed), "its command is not configured here");

    if let Some(Ok(())) = collector(dir.path(), "good").probe() {
        assert_eq!(ask(&collector(dir.path(), "good"), b"opaque"), Ok(entry(0).enrolment));
        let lying = ask(&collector(dir.path(), "lying"), b"opaque").unwrap_err();
        assert_eq!(lying.code(), codes::CODE_CONFLICT);
        assert_eq!(ask(&collector(dir.path(), "late"), b"opaque"), Err(CodeFault::DecoderTimedOut));
        for how in ["flood", "crash", "failing", "garbage"] {
            assert_eq!(ask(&collector(dir.path(), how), b"opaque"), Err(CodeFault::DecoderFailed), "{how}");
        }
    }

    // An unknown token: typed, found, and bound at the first use.
    let Found::One(me) = typed(&store, &["010013".to_owned()], None).unwrap() else { panic!("not found") };
    assert_eq!((me.enrolment, me.masked_name.as_str()), (entry(0).enrolment, "林*夏"));
    let (token, binding) = bind(&store, &task(), me.enrolment, b" opaque\n").unwrap().unwrap();
    assert_eq!(binding, Binding::First);
    let draft = |enrolment| EntryDraft {
        about: None,
        enrolment,
        task: task().id,
        task_version: 1,
        kind: Kind::TokenBound { token: token.clone() },
    };
    store.append(draft(me.enrolment), &[]).unwrap();
    assert_eq!(ask(&none, b"opaque"), Ok(me.enrolment), "known again, though the command is still missing");
    let second = bind(&store, &task(), entry(1).enrolment, b"opaque").unwrap().unwrap().1;
    assert_eq!(second, Binding::Second { holders: [me.enrolment].into() });
    store.append(draft(entry(1).enrolment), &[]).unwrap();
    assert_eq!(ask(&none, b"opaque"), Err(CodeFault::UsedByAnother), "nobody is guessed between two");
}

#[test]
fn what_is_typed_finds_one_or_asks_for_more() {
    let dir = tempfile::tempdir().unwrap();
    let store = store(dir.path());
    let ask = |words: &[&str]| {
        typed(&store, &words.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>(), None).unwrap()
    };
    assert_eq!(ask(&["01002x"]), Found::Ambiguous(More::WholeNumber));
    let whole = |n: usize| ask(&["01002x", NUMBERS[n].2]);
    for n in [1, 2] {
        assert!(matches!(whole(n), Found::One(found) if found.enrolment == entry(n).enrolment));
    }
    assert!(matches!(ask(&["2023000002"]), Found::One(found) if found.enrolment == entry(1).enrolment));
    for nobody in [&["000000"][..], &[], &[""], &["林知夏"], &["01002x", "010013"]] {
        assert_eq!(ask(nobody), Found::None, "{nobody:?}");
    }
}
