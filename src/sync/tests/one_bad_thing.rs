//! One damaged page, one unreadable picture, one entry or picture that the server fails on: everything else goes on, and what was set
//! aside is named and tried again.
#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod support;

use collection::{EnrolmentId, Entry, Kind, PictureHash};
use protocol::Change;
use sentences::codes;
use std::time::Duration;
use store::{Loss, Store};
use support::kiosk::{
    damage, enrolled, everything_is_up, fast, linked, linked_with, millis, open, until, visit,
};
use sync::{Cause, Config, Delays, Item, Link, Status, Sync, SyncHandle};
use tokio::runtime::Handle;

/// Visits whose portraits are most of the store's file.
fn visits(store: &Store, count: u8) -> Vec<Entry> {
    (0..count).map(|n| visit(store, n, &portrait(n), &[n, 2])).collect()
}

fn portrait(n: u8) -> Vec<u8> {
    [n, 1].repeat(30_000)
}

fn start(store: &Store) -> SyncHandle {
    Sync::spawn(store.clone(), fast(), &Handle::current())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_page_of_a_picture_holds_up_no_other_picture_and_no_entry() {
    let dir = tempfile::tempdir().unwrap();
    let (server, store) = enrolled(&dir).await;
    visits(&store, 6);
    drop(store);
    let lost = damage(&dir, |lost| matches!(lost, [Loss::Picture(_)]));
    let [Loss::Picture(lost)] = lost[..] else { panic!("{lost:?}") };
    let store = open(&dir);
    let mut handle = start(&store);
    let rest = |s: &Status| s.is_online() && s.queue.entries == 0 && s.queue.pictures == 1;
    let status = until(&mut handle, "all but the lost picture", rest).await;
    assert_eq!(server.lock().entries.len(), 12);
    assert_eq!(server.lock().pictures.len(), 11);
    let [held] = status.held[..] else { panic!("{:?}", status.held) };
    assert_eq!((held.item, held.cause, held.code), (Item::Picture(lost), Cause::Store, codes::STORE_DAMAGED));
    assert!(held.sequence.is_some(), "staff is told whose it is");
    // The day goes on.
    visit(&store, 9, b"later portrait", b"later original");
    handle.nudge();
    until(&mut handle, "the later visit", |s| rest(s) && server.lock().pictures.len() == 13).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_page_of_entries_holds_up_no_other_entry() {
    let dir = tempfile::tempdir().unwrap();
    let (server, store) = enrolled(&dir).await;
    for n in 0..20 {
        visit(&store, n, &[n, 1], &[n, 2]);
    }
    drop(store);
    let entries_only = |lost: &[Loss]| !lost.is_empty() && lost.iter().all(|l| matches!(l, Loss::Entry(_)));
    let lost = damage(&dir, entries_only).len();
    let store = open(&dir);
    let mut handle = start(&store);
    // Pictures of the lost entries wait: without the entry the server expects none.
    let sent = || server.lock().pictures.len() as u64;
    let rest =
        |s: &Status| s.is_online() && s.queue.entries == lost as u64 && s.queue.pictures <= 2 * lost as u64;
    let status =
        until(&mut handle, "all but the lost entries", |s| rest(s) && sent() + s.queue.pictures == 40).await;
    assert_eq!(server.lock().entries.len(), 40 - lost);
    assert_eq!(status.held.len(), lost, "{:?}", status.held);
    assert!(status.held.iter().all(|h| h.cause == Cause::Store && matches!(h.item, Item::Entry(_))));
    visit(&store, 99, b"later portrait", b"later original");
    handle.nudge();
    let later = || server.lock().pictures.contains_key(&PictureHash::of(b"later original"));
    until(&mut handle, "the later visit", |s| rest(s) && later()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_that_the_server_fails_on_is_set_aside_and_sent_later() {
    let dir = tempfile::tempdir().unwrap();
    let (server, store) = enrolled(&dir).await;
    visits(&store, 8);
    let bad = PictureHash::of(&portrait(0));
    server.lock().fails_on.insert(bad, 500);
    let mut handle = start(&store);
    let rest = |s: &Status| s.is_online() && s.queue.entries == 0 && s.queue.pictures == 1;
    let status = until(&mut handle, "all but one", rest).await;
    assert_eq!(server.lock().pictures.len(), 15);
    let held = status.held.iter().map(|h| (h.item, h.cause)).collect::<Vec<_>>();
    assert_eq!(held, [(Item::Picture(bad), Cause::Fault)]);
    server.lock().fails_on.clear();
    let status = until(&mut handle, "the last one", everything_is_up).await;
    assert!(status.held.is_empty(), "{:?}", status.held);
}

#[tokio::test(flavor = "multi_thread")]
async fn several_bad_pictures_at_the_head_of_the_queue_hold_up_no_other() {
    let dir = tempfile::tempdir().unwrap();
    let (server, store) = enrolled(&dir).await;
    visits(&store, 8);
    for n in 0..4 {
        server.lock().fails_on.insert(PictureHash::of(&portrait(n)), 500);
        server.lock().fails_on.insert(PictureHash::of(&[n, 2]), 413);
    }
    let mut handle = start(&store);
    let rest = |s: &Status| s.is_online() && s.held.len() == 8 && server.lock().pictures.len() == 8;
    until(&mut handle, "the other half", rest).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_set_aside_waits_longer_each_time_and_is_tried_at_once_when_staff_want_it() {
    let dir = tempfile::tempdir().unwrap();
    let config = Config { held: Delays::seconds(3600, 3600), ..fast() };
    let (server, store, mut handle) = linked_with(&dir, config).await;
    let bad = PictureHash::of(b"portrait");
    server.lock().fails_on.insert(bad, 500);
    visit(&store, 1, b"portrait", b"original");
    handle.nudge();
    until(&mut handle, "set aside", |s| s.is_online() && s.held.len() == 1).await;
    server.lock().fails_on.clear();
    let path = format!("HEAD {}/{bad}", protocol::path::PICTURES);
    let asked = || server.lock().requests.iter().filter(|r| r.starts_with(&path)).count();
    assert_eq!(asked(), 1);
    visit(&store, 2, b"second portrait", b"second original");
    handle.nudge();
    until(&mut handle, "the second visit", |s| s.is_online() && s.queue.pictures == 1).await;
    assert!(asked() <= 2, "at most once more, because something else has succeeded since");
    handle.sync_now();
    until(&mut handle, "all", everything_is_up).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_that_the_server_fails_on_is_found_in_its_batch_and_set_aside() {
    let dir = tempfile::tempdir().unwrap();
    let (server, store) = enrolled(&dir).await;
    visits(&store, 8);
    server.lock().fails_on_entry = Some(5);
    let mut handle = start(&store);
    let rest = |s: &Status| s.is_online() && s.queue.entries == 1 && s.queue.pictures == 0;
    let status = until(&mut handle, "all but one entry", rest).await;
    assert_eq!(server.lock().entries.len(), 15);
    assert_eq!(status.held.iter().map(|h| h.item).collect::<Vec<_>>(), [Item::Entry(5)]);
    server.lock().fails_on_entry = None;
    until(&mut handle, "all", everything_is_up).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_on_which_the_connection_breaks_holds_up_no_other_for_long() {
    let dir = tempfile::tempdir().unwrap();
    let (server, store) = enrolled(&dir).await;
    visits(&store, 4);
    server.lock().breaks_on_entry = Some(1);
    let mut handle = start(&store);
    until(&mut handle, "all but the first", |s| s.queue.entries == 1).await;
    assert_eq!(server.lock().entries.len(), 7);
    server.lock().breaks_on_entry = None;
    until(&mut handle, "all", everything_is_up).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_entry_is_offered_again_later() {
    let dir = tempfile::tempdir().unwrap();
    let (server, store) = enrolled(&dir).await;
    server.lock().conflict = Some(1);
    visit(&store, 1, b"p", b"o");
    let mut handle = start(&store);
    let status = until(&mut handle, "refused", |s| everything_is_up(s) && s.queue.refused == 1).await;
    assert_eq!(status.held[0].code, codes::SERVER_ENTRY_CONFLICT);
    server.lock().conflict = None;
    until(&mut handle, "taken", |s| everything_is_up(s) && s.queue.refused == 0).await;
    assert!(store.refused_entries().unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_feed_that_is_not_understood_stops_neither_entries_nor_pictures() {
    let dir = tempfile::tempdir().unwrap();
    let (server, store) = enrolled(&dir).await;
    server.lock().feed_is_garbled = true;
    visits(&store, 2);
    let mut handle = start(&store);
    let up = |s: &Status| s.queue.is_empty() && s.cause() == Some(Cause::Fault);
    until(&mut handle, "up, and told", up).await;
    assert_eq!(server.lock().entries.len(), 4);
    assert_eq!(server.lock().pictures.len(), 4);
    server.lock().feed_is_garbled = false;
    until(&mut handle, "online", Status::is_online).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_that_cannot_be_stored_is_passed_over_and_the_next_one_applied() {
    let dir = tempfile::tempdir().unwrap();
    let (server, store, mut handle) = linked(&dir).await;
    until(&mut handle, "online", Status::is_online).await;
    // The server reviews a student whose journal is damaged: that entry cannot be folded, so its page cannot be stored as a whole.
    let handed_in: Vec<Entry> = (0..20).map(|n| visit(&store, n, &[n, 1], &[n, 2])).collect();
    handle.nudge();
    until(&mut handle, "up", everything_is_up).await;
    handle.stop();
    drop((handle, store));
    tokio::time::sleep(Duration::from_millis(200)).await;
    let is_one = |lost: &[Loss]| {
        lost.iter().any(|l| matches!(l, Loss::Entry(id) if handed_in.iter().any(|e| e.id == *id)))
            && lost.iter().all(|l| matches!(l, Loss::Entry(_)))
    };
    let lost = damage(&dir, is_one);
    let about = handed_in.iter().find(|e| lost.contains(&Loss::Entry(e.id))).unwrap();
    let approved = Kind::Reviewed(collection::ReviewOutcome::Approved);
    server.announce(Change::Entry(support::decision(1, about, approved)));
    server.announce(Change::Preset { name: "chsi".into(), toml: "x".into() });
    let store = open(&dir);
    let mut handle = start(&store);
    let status = until(&mut handle, "online", |s| s.is_online() && s.rounds > 0).await;
    assert_eq!(status.set_aside, 1);
    assert_eq!(store.preset("chsi").unwrap().as_deref(), Some("x"), "the change after it");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_takes_no_picture_is_told_as_such_and_gets_them_all_afterwards() {
    let dir = tempfile::tempdir().unwrap();
    let config = Config { held: millis(3_600_000, 3_600_000), ..fast() };
    let (server, store, mut handle) = linked_with(&dir, config).await;
    until(&mut handle, "online", Status::is_online).await;
    server.lock().fails_on_pictures = Some(507);
    visits(&store, 5);
    handle.nudge();
    let full = |s: &Status| {
        matches!(&s.link, Link::Offline { cause: Cause::Full, code: codes::SERVER_DISK_FULL, .. })
            && s.queue.entries == 0
    };
    until(&mut handle, "full", full).await;
    assert_eq!(server.lock().entries.len(), 10, "what there is room for goes on");
    server.lock().fails_on_pictures = None;
    until(&mut handle, "all", everything_is_up).await;
    assert!(store.enrolment(EnrolmentId::from_bytes([1; 16])).is_ok());
}
