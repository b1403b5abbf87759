//! Wrong PINs and the lock that they led to are there after a restart.

mod support;

use std::time::{Duration, Instant};
use store::PinTries;

#[test]
fn wrong_pins_and_their_lock_are_there_when_the_store_is_opened_again() {
    let dir = tempfile::tempdir().unwrap();
    let store = support::open(dir.path());
    assert_eq!(store.pin_tries().unwrap(), PinTries::default());
    store.keep_wrong_pins(4, None).unwrap();
    drop(store);
    let store = support::open(dir.path());
    assert_eq!(store.pin_tries().unwrap(), PinTries { wrong: 4, locked_for: Duration::ZERO });
    let lasts = Duration::from_secs(3600);
    store.keep_wrong_pins(5, Some(lasts)).unwrap();
    drop(store);
    let tries = support::open(dir.path()).pin_tries().unwrap();
    assert_eq!(tries.wrong, 5);
    assert!(tries.locked_for <= lasts && tries.locked_for > lasts / 2, "{tries:?}");
}

#[test]
fn a_lock_ends_when_its_time_has_passed_and_the_server_s_clock_ends_none() {
    let dir = tempfile::tempdir().unwrap();
    let store = support::enrolled(dir.path());
    let (began, lasts) = (Instant::now(), Duration::from_secs(2));
    store.keep_wrong_pins(5, Some(lasts)).unwrap();
    let wall = store.now().unwrap().millis;
    let week = 7 * 24 * 3_600_000;
    let heard = store::ServerTime { server_millis: wall + week, kiosk_millis: wall, boot_millis: 0 };
    store.record_server_time(heard).unwrap();
    drop(store);
    let store = support::open(dir.path());
    let tries = store.pin_tries().unwrap();
    // However slow the machine is: inside of its time the lock holds.
    assert!(!tries.locked_for.is_zero() || began.elapsed() >= lasts, "{tries:?}");
    std::thread::sleep(lasts);
    assert_eq!(store.pin_tries().unwrap(), PinTries { wrong: 5, locked_for: Duration::ZERO });
    store.forget_wrong_pins().unwrap();
    assert_eq!(store.pin_tries().unwrap(), PinTries::default());
}
