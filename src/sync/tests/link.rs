//! The kiosk's side of the wire against a small real server over TLS.
#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod support;

use collection::{
    EnrolmentId, Kind, Matching, PhotoState, PictureHash, ReviewOutcome, RosterEntry, UniqueNumber,
};
use protocol::{Change, StaffMember};
use sentences::{Code, codes};
use std::time::Duration;
use support::kiosk::{everything_is_up, fast, linked, linked_with, open, task, until, visit};
use support::{CODE, Server, decision};
use sync::{Config, Delays, EnrolError, Link, Status, Sync, enrol};
use tokio::runtime::Handle;

#[tokio::test(flavor = "multi_thread")]
async fn a_visit_goes_up_and_its_decision_comes_down() {
    let dir = tempfile::tempdir().unwrap();
    let (server, store, mut handle) = linked(&dir).await;
    until(&mut handle, "online", Status::is_online).await;
    let handed_in = visit(&store, 1, b"portrait", &vec![3; 2_500_000]);
    handle.nudge();
    let status = until(&mut handle, "up", |s| everything_is_up(s) && s.rounds > 1).await;
    assert_eq!(status.server_time.unwrap().server_millis, 1_795_000_000_123);
    assert_eq!(store.server_time().unwrap(), status.server_time);
    assert_eq!(server.lock().entries.len(), 2);
    assert_eq!(server.lock().pictures.len(), 2);
    assert_eq!(store.durable_sequence().unwrap(), 2);

    server.announce(Change::Entry(decision(1, &handed_in, Kind::Reviewed(ReviewOutcome::Approved))));
    handle.nudge();
    until(&mut handle, "a third round", |s| s.rounds > 2).await;
    assert_eq!(store.standing(handed_in.enrolment).unwrap().unwrap().photo, PhotoState::Approved);
    assert!(server.lock().seen_certificates > 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn rosters_come_down_page_by_page_with_their_photos() {
    let dir = tempfile::tempdir().unwrap();
    let (server, store, mut handle) = linked(&dir).await;
    for n in 0..7_u8 {
        let photo = vec![n; 4000];
        let hash = PictureHash::of(&photo);
        server.lock().pictures.insert(hash, photo);
        server.announce(Change::Roster(Box::new(RosterEntry {
            enrolment: EnrolmentId::from_bytes([n; 16]),
            task: task(),
            unique_number: UniqueNumber::new(format!("9900{n}")).unwrap(),
            masked_name: "林*夏".into(),
            masked_number: "9900**********1234".into(),
            class: String::new(),
            programme: String::new(),
            matching: Matching {
                number_last6: String::new(),
                number: None,
                student_number: String::new(),
                birth_month_day: String::new(),
            },
            admission_photo: Some(hash),
        })));
    }
    let id = collection::StaffId::new("li").unwrap();
    server.announce(Change::Staff(StaffMember {
        id, display_name: "李老师".into(), pin_phc: String::new()
    }));
    handle.nudge();
    let rosters_in = || store.roster(&task()).unwrap().len() == 7;
    let photos_in = || store.wanted_photos(9).unwrap().is_empty();
    until(&mut handle, "rosters and photos", |s| s.is_online() && rosters_in() && photos_in()).await;
    assert_eq!(*store.picture(PictureHash::of(&[6; 4000])).unwrap().unwrap().bytes, vec![6; 4000]);
    assert_eq!(store.staff().unwrap().len(), 1);

    server.lock().epoch = "e2".into();
    server.lock().changes.truncate(3);
    handle.nudge();
    until(&mut handle, "the restored server's roster", |_| store.roster(&task()).unwrap().len() == 3).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_captive_portal_is_silence_and_nothing_is_lost() {
    let dir = tempfile::tempdir().unwrap();
    let (server, store, mut handle) = linked(&dir).await;
    server.lock().portal = true;
    visit(&store, 1, b"p", b"o");
    handle.nudge();
    let offline =
        |code: Code| move |s: &Status| matches!(&s.link, Link::Offline { code: c, .. } if *c == code);
    let stranger = offline(codes::SERVER_OFFLINE_STRANGER);
    until(&mut handle, "offline", |s| stranger(s) && s.queue.entries == 2).await;
    assert_eq!(store.pending_entries(9).unwrap().len(), 2);
    server.lock().portal = false;
    server.lock().redirect = true;
    until(&mut handle, "not redirected", offline(codes::SERVER_OFFLINE_FAULT)).await;
    server.lock().redirect = false;
    until(&mut handle, "up", everything_is_up).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_away_and_comes_back_gets_everything() {
    let dir = tempfile::tempdir().unwrap();
    let (server, store, mut handle) = linked(&dir).await;
    until(&mut handle, "online", Status::is_online).await;
    server.down().await;
    for n in 0..5 {
        visit(&store, n, &[n, 1], &[n, 2]);
        handle.nudge();
    }
    let away = |s: &Status| {
        matches!(s.link, Link::Offline { code: codes::SERVER_OFFLINE_UNREACHABLE, .. })
            && s.queue.entries == 10
    };
    until(&mut handle, "offline", away).await;
    server.up().await;
    until(&mut handle, "up", everything_is_up).await;
    assert_eq!(server.lock().entries.len(), 10);
    assert_eq!(server.lock().pictures.len(), 10);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_that_the_server_has_with_other_bytes_is_listed_and_the_rest_goes_on() {
    let dir = tempfile::tempdir().unwrap();
    let (server, store, mut handle) = linked(&dir).await;
    server.lock().conflict = Some(1);
    visit(&store, 1, b"p", b"o");
    handle.nudge();
    let second = || server.lock().entries.contains_key(&2);
    until(&mut handle, "up", |s| everything_is_up(s) && s.queue.refused == 1 && second()).await;
    let refused = store.refused_entries().unwrap();
    assert_eq!((refused[0].sequence, refused[0].code), (1, codes::SERVER_ENTRY_CONFLICT));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_goes_on_at_the_byte_after_both_ends_restarted() {
    let dir = tempfile::tempdir().unwrap();
    let (server, store, mut handle) = linked(&dir).await;
    let original: Vec<u8> = (0..3_300_000_u32).map(|n| (n % 251) as u8).collect();
    server.lock().picture_budget = Some(1_400_008);
    visit(&store, 1, b"portrait", &original);
    handle.nudge();
    let broken = |s: &Status| !s.held.is_empty() && s.queue.entries == 0;
    until(&mut handle, "broken off", broken).await;
    handle.stop();
    drop((handle, store));
    server.down().await;
    // What was on its way when both ends went has arrived or never will.
    tokio::time::sleep(Duration::from_millis(300)).await;
    let part = server.lock().parts[&PictureHash::of(&original)].len();
    assert_eq!(part, 1_400_000);
    {
        let mut s = server.lock();
        s.picture_budget = None;
        s.requests.clear();
    }
    server.up().await;

    let store = open(&dir);
    let mut handle = Sync::spawn(store.clone(), fast(), &Handle::current());
    until(&mut handle, "up", everything_is_up).await;
    assert_eq!(server.lock().pictures[&PictureHash::of(&original)], original);
    // 1,900,000 bytes are missing: two pieces of a megabyte, the first from the byte at which it broke off.
    let requests = server.lock().requests.clone();
    let of_original = format!("PATCH {}/{} ", protocol::path::PICTURES, PictureHash::of(&original));
    let offsets: Vec<_> = requests.iter().filter_map(|r| r.strip_prefix(&of_original)).collect();
    assert_eq!(offsets, ["1400000", "2448576"]);
    assert_eq!(store.durable_sequence().unwrap(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn all_bytes_are_not_a_picture_until_the_server_says_so() {
    let dir = tempfile::tempdir().unwrap();
    let (server, store, mut handle) = linked(&dir).await;
    let original = vec![9_u8; 70_000];
    let hash = PictureHash::of(&original);
    // The server died after the last byte and before it made a picture of the part.
    server.lock().parts.insert(hash, original.clone());
    visit(&store, 1, b"portrait", &original);
    handle.nudge();
    until(&mut handle, "up", everything_is_up).await;
    let s = server.lock();
    assert_eq!(s.pictures[&hash], original);
    let finishing = format!("PATCH {}/{hash} 70000", protocol::path::PICTURES);
    assert_eq!(s.requests.iter().filter(|r| **r == finishing).count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_kiosk_does_not_ask_with_every_visit_and_asks_at_once_when_staff_want_it() {
    let dir = tempfile::tempdir().unwrap();
    let config = Config { refused: Delays::seconds(3600, 3600), ..fast() };
    let (server, store, mut handle) = linked_with(&dir, config).await;
    until(&mut handle, "online", Status::is_online).await;
    server.lock().revoked = true;
    visit(&store, 1, b"p", b"o");
    handle.nudge();
    let refused =
        |s: &Status| matches!(&s.link, Link::Refused { code, .. } if *code == codes::SERVER_DEVICE_REVOKED);
    until(&mut handle, "refused", refused).await;
    let asked = server.lock().requests.len();
    for _ in 0..5 {
        handle.nudge();
        tokio::time::sleep(Duration::from_millis(40)).await;
    }
    assert_eq!(server.lock().requests.len(), asked);
    assert_eq!(store.pending_entries(9).unwrap().len(), 2, "what was made stays");
    server.lock().revoked = false;
    handle.sync_now();
    until(&mut handle, "up", everything_is_up).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_our_own_ca_is_trusted() {
    let dir = tempfile::tempdir().unwrap();
    let (ours, other) = (Server::start().await, Server::start().await);
    let store = open(&dir);
    let told = enrol(&other.url(), &ours.ca_pem, CODE, &store).await.unwrap_err();
    assert_eq!(told.code(), codes::SERVER_DEVICE_CERTIFICATE, "{told}");
    assert!(other.lock().requests.is_empty(), "the code was not told");
    let told = enrol("http://127.0.0.1:1", &ours.ca_pem, CODE, &store).await.unwrap_err();
    assert_eq!(told.code(), codes::SERVER_DEVICE_IDENTITY, "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_code_is_told_and_a_lost_reply_costs_no_code() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start().await;
    let store = open(&dir);
    let mut handle = Sync::spawn(store.clone(), fast(), &Handle::current());
    until(&mut handle, "waiting for enrolment", |s| s.link == Link::Unenrolled).await;
    let told = enrol(&server.url(), &server.ca_pem, "WRONG", &store).await.unwrap_err();
    assert!(matches!(&told, EnrolError::Code { code } if *code == codes::SERVER_ENROL_CODE), "{told:?}");
    assert!(store.identity().unwrap().is_none());

    enrol(&server.url(), &server.ca_pem, CODE, &store).await.unwrap();
    let first = store.identity().unwrap().unwrap();
    handle.nudge();
    until(&mut handle, "online", Status::is_online).await;
    assert_eq!(first.device.as_str(), "k-1");

    // The server gave a reply that never came: the same request asks again. Another kiosk with the code is refused.
    let (lost, thief) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    server.lock().request = None;
    let store = open(&lost);
    server.lock().portal = true;
    assert!(enrol(&server.url(), &server.ca_pem, CODE, &store).await.is_err());
    let draft = store.enrol_draft().unwrap().unwrap();
    server.lock().portal = false;
    drop(store);
    let store = open(&lost);
    enrol(&server.url(), &server.ca_pem, CODE, &store).await.unwrap();
    assert_eq!(store.identity().unwrap().unwrap().tls_key_pem, draft.tls_key_pem);
    assert!(store.enrol_draft().unwrap().is_none());
    let told = enrol(&server.url(), &server.ca_pem, CODE, &open(&thief)).await.unwrap_err();
    assert!(matches!(told, EnrolError::Code { .. }));
}
