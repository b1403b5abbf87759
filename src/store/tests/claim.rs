//! One kiosk process a store: the second is refused by name, tools look on, and the claim ends with the process.

mod support;

use sentences::codes;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use store::{Store, StoreClaim, StoreError, StoreKey};

const CHILD: &str = "STORE_TEST_CLAIM_DIR";

/// Not a test of its own: the other kiosk process. Says when it has the store, and then waits to be killed.
#[test]
fn child_that_has_the_store() {
    let Some(dir) = std::env::var_os(CHILD) else { return };
    let claim = StoreClaim::take(dir.as_ref()).expect("nobody has it");
    let store = Store::open_claimed(claim, StoreKey::from_bytes(support::KEY)).expect("it opens");
    println!("claimed {store:?}");
    std::thread::sleep(std::time::Duration::from_secs(600));
}

/// The other process, once it has the store.
fn other_process(dir: &Path) -> Child {
    let mut child = Command::new(std::env::current_exe().expect("this test"))
        .args(["child_that_has_the_store", "--exact", "--nocapture"])
        .env(CHILD, dir)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("it starts");
    let mut lines = BufReader::new(child.stdout.take().expect("a pipe")).lines().map_while(Result::ok);
    assert!(lines.any(|line| line.contains("claimed ")), "it takes the store");
    child
}

#[test]
fn a_second_process_is_refused_by_name_until_the_first_is_gone_however_it_ends() {
    let dir = tempfile::tempdir().unwrap();
    let (_, handed_in) = support::visit(&support::enrolled(dir.path()), 1, b"p", b"o");
    let mut child = other_process(dir.path());
    let told = StoreClaim::take(dir.path()).unwrap_err();
    assert!(matches!(&told, StoreError::InUse { dir: named } if named == dir.path()), "{told:?}");
    assert_eq!(told.code(), codes::STORE_IN_USE);
    let words = told.to_string();
    assert!(words.contains(&dir.path().display().to_string()), "{words}");
    assert!(words.contains("another kiosk process"), "{words}");

    // What only looks is let in meanwhile.
    let looking = support::open(dir.path());
    assert!(looking.entry(handed_in.id).unwrap().is_some());
    assert!(looking.inspect().unwrap().is_whole());
    drop(looking);
    assert!(StoreClaim::take(dir.path()).is_err(), "a tool that ends ends nobody's claim");

    child.kill().unwrap();
    child.wait().unwrap();
    StoreClaim::take(dir.path()).expect("the claim ended with the process, though it was killed");
}

#[test]
fn a_claim_lasts_as_long_as_a_handle_on_the_store() {
    let dir = tempfile::tempdir().unwrap();
    let claim = StoreClaim::take(dir.path()).unwrap();
    let store = Store::open_claimed(claim, StoreKey::from_bytes(support::KEY)).unwrap();
    let clone = store.clone();
    drop(store);
    assert!(matches!(StoreClaim::take(dir.path()), Err(StoreError::InUse { .. })));
    drop(clone);
    StoreClaim::take(dir.path()).unwrap();
}

#[test]
fn a_folder_that_cannot_be_claimed_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("a-file");
    std::fs::write(&file, b"").unwrap();
    let told = StoreClaim::take(&file).unwrap_err();
    assert!(matches!(told, StoreError::File { .. }), "{told:?}");
    assert!(told.to_string().contains("a-file"));
}
