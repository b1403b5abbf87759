//! Refusal by the server, and what only looks like it: how it is told, when it is tried again, and what the other causes are.
#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod support;

use sentences::codes;
use std::time::Duration;
use support::kiosk::{enrolled, everything_is_up, fast, linked, linked_with, until, visit};
use sync::{Cause, Config, Delays, Link, Status, Sync, probe};
use tokio::runtime::Handle;

fn is_refused(s: &Status) -> bool {
    matches!(s.link, Link::Refused { .. })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_kiosk_asks_again_by_itself_and_says_so_until_it_is_accepted() {
    let dir = tempfile::tempdir().unwrap();
    let (server, store, mut handle) = linked(&dir).await;
    until(&mut handle, "online", Status::is_online).await;
    server.lock().revoked = true;
    visit(&store, 1, b"p", b"o");
    handle.nudge();
    let status = until(&mut handle, "refused", is_refused).await;
    assert_eq!(status.cause(), Some(Cause::Refused));
    let asked = server.lock().requests.len();
    until(&mut handle, "asked again", |_| server.lock().requests.len() > asked + 2).await;
    assert!(is_refused(&handle.status()));
    // A network that goes away takes nothing of the server's word back.
    server.down().await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert!(is_refused(&handle.status()), "{:?}", handle.status().link);
    server.lock().revoked = false;
    server.up().await;
    until(&mut handle, "up", everything_is_up).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_s_button_ends_the_wait_of_a_refused_kiosk() {
    let dir = tempfile::tempdir().unwrap();
    let config = Config { refused: Delays::seconds(3600, 3600), ..fast() };
    let (server, _store, mut handle) = linked_with(&dir, config).await;
    server.lock().revoked = true;
    handle.nudge();
    until(&mut handle, "refused", is_refused).await;
    let asked = server.lock().requests.len();
    handle.sync_now();
    until(&mut handle, "asked at once", |s| server.lock().requests.len() > asked && !s.is_asked_for).await;
    assert!(is_refused(&handle.status()), "and still refused");
    server.lock().revoked = false;
    handle.sync_now();
    until(&mut handle, "online", Status::is_online).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_s_button_ends_every_other_wait_too() {
    let dir = tempfile::tempdir().unwrap();
    let config = Config { backoff: Delays::seconds(3600, 3600), ..fast() };
    let (server, _store, mut handle) = linked_with(&dir, config).await;
    let status = until(&mut handle, "online", Status::is_online).await;
    handle.sync_now();
    until(&mut handle, "another round", |s| s.rounds > status.rounds).await;
    server.down().await;
    handle.sync_now();
    until(&mut handle, "offline", |s| s.cause() == Some(Cause::Unreachable)).await;
    server.up().await;
    handle.sync_now();
    until(&mut handle, "online", Status::is_online).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_that_the_server_turns_down_is_a_refusal() {
    let dir = tempfile::tempdir().unwrap();
    let (server, store) = enrolled(&dir).await;
    server.down().await;
    server.up_refusing_certificates().await;
    let mut handle = Sync::spawn(store, fast(), &Handle::current());
    let refused = |s: &Status| matches!(s.link, Link::Refused { code: codes::SERVER_DEVICE_REFUSED, .. });
    until(&mut handle, "refused", refused).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_alert_of_something_on_the_way_is_no_refusal() {
    let dir = tempfile::tempdir().unwrap();
    let (server, store) = enrolled(&dir).await;
    server.down().await;
    let middlebox = server.replaced_by_a_middlebox().await;
    let mut handle = Sync::spawn(store, fast(), &Handle::current());
    let status = until(&mut handle, "told", |s| s.link != Link::Connecting).await;
    assert_eq!(status.cause(), Some(Cause::Unreachable), "{:?}", status.link);
    middlebox.abort();
    let _ = middlebox.await;
    server.up().await;
    until(&mut handle, "online", Status::is_online).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_403_without_our_header_is_no_refusal() {
    let dir = tempfile::tempdir().unwrap();
    let (server, store) = enrolled(&dir).await;
    server.lock().proxy_forbids = true;
    let mut handle = Sync::spawn(store, fast(), &Handle::current());
    until(&mut handle, "a stranger", |s| s.cause() == Some(Cause::Stranger)).await;
    server.lock().proxy_forbids = false;
    until(&mut handle, "online", Status::is_online).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_cause_is_told_as_itself_by_the_traffic_and_by_the_doctor() {
    let dir = tempfile::tempdir().unwrap();
    let (server, store, mut handle) = linked(&dir).await;
    let identity = store.identity().unwrap().unwrap();
    until(&mut handle, "online", Status::is_online).await;
    probe(&identity).await.unwrap();

    server.lock().version = Some("9");
    handle.sync_now();
    until(&mut handle, "another version", |s| s.cause() == Some(Cause::Version)).await;
    assert_eq!(probe(&identity).await.unwrap_err().cause(), Cause::Version);
    server.lock().version = None;

    server.lock().revoked = true;
    until(&mut handle, "refused", |s| s.cause() == Some(Cause::Refused)).await;
    assert_eq!(probe(&identity).await.unwrap_err().code(), codes::SERVER_DEVICE_REVOKED);
    server.lock().revoked = false;
    until(&mut handle, "online", Status::is_online).await;

    server.lock().portal = true;
    handle.sync_now();
    until(&mut handle, "a portal", |s| s.cause() == Some(Cause::Stranger)).await;
    assert_eq!(probe(&identity).await.unwrap_err().code(), codes::SERVER_OFFLINE_STRANGER);
    server.lock().portal = false;

    server.down().await;
    until(&mut handle, "away", |s| s.cause() == Some(Cause::Unreachable)).await;
    assert_eq!(probe(&identity).await.unwrap_err().cause(), Cause::Unreachable);
    server.up_from_the_future().await;
    let clock = |s: &Status| {
        matches!(&s.link, Link::Offline { cause: Cause::Clock, code: codes::SERVER_OFFLINE_CLOCK, .. })
    };
    until(&mut handle, "a wrong clock", clock).await;
    assert_eq!(probe(&identity).await.unwrap_err().cause(), Cause::Clock);
}
