//! Nothing readable on the disk, and plain words for what cannot be opened.

mod support;

use protocol::Change;
use sentences::codes;
use std::fs;
use std::path::Path;
use store::{Loss, Store, StoreError, StoreKey};

const MARKER: &str = "marker-of-an-invented-student";

fn holds(dir: &Path, needle: &[u8]) -> bool {
    fs::read_dir(dir).expect("a folder").any(|file| {
        let bytes = fs::read(file.expect("a file").path()).expect("readable");
        bytes.windows(needle.len()).any(|w| w == needle)
    })
}

#[test]
fn no_plaintext_reaches_the_disk() {
    let dir = tempfile::tempdir().unwrap();
    let store = support::enrolled(dir.path());
    let picture = MARKER.repeat(3000);
    support::visit(&store, 1, picture.as_bytes(), b"original");
    let roster = Change::Roster(Box::new(support::roster(1, MARKER, None)));
    store.admit(&support::page("e", 1, vec![roster])).unwrap();
    let files = fs::read_dir(dir.path()).unwrap().count();
    assert!(files >= 2, "database and log are there while it is open");
    assert!(!holds(dir.path(), MARKER.as_bytes()), "in the log");
    assert!(!holds(dir.path(), b"SQLite format 3"));
    drop(store);
    assert!(!holds(dir.path(), MARKER.as_bytes()), "in the database");
    let store = support::open(dir.path());
    assert_eq!(store.roster(&support::task_id()).unwrap()[0].masked_name, MARKER);
}

#[test]
fn a_wrong_key_is_told_and_changes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let (_, handed_in) = support::visit(&support::enrolled(dir.path()), 1, b"p", b"o");
    let told = Store::open(dir.path(), StoreKey::random()).unwrap_err();
    assert!(matches!(told, StoreError::WrongKey { .. }), "{told:?}");
    assert_eq!(told.code(), codes::STORE_WRONG_KEY);
    assert!(support::open(dir.path()).entry(handed_in.id).unwrap().is_some());
}

#[test]
fn a_plain_database_in_the_place_of_the_store_is_told() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("kiosk.db"), b"SQLite format 3\0 and then something else".repeat(200)).unwrap();
    let told = Store::open(dir.path(), StoreKey::from_bytes(support::KEY)).unwrap_err();
    assert_eq!(told.code(), codes::STORE_WRONG_KEY);
}

#[test]
fn a_damaged_page_is_named_and_the_rest_stays_readable() {
    let dir = tempfile::tempdir().unwrap();
    let store = support::enrolled(dir.path());
    let pictures: Vec<Vec<u8>> = (0..6_u8).map(|n| vec![n; 200_000]).collect();
    for (n, picture) in (0..).zip(&pictures) {
        support::visit(&store, n, picture, &[n, 1]);
    }
    drop(store);
    // The middle of the file lies inside of a picture: they are nearly all of it.
    let file = dir.path().join("kiosk.db");
    let mut bytes = fs::read(&file).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..middle + 100].fill(0x5a);
    fs::write(&file, bytes).unwrap();

    let store = support::open(dir.path());
    let lost: Vec<_> = pictures
        .iter()
        .map(|p| collection::PictureHash::of(p))
        .filter(|hash| match store.picture(*hash) {
            Ok(picture) => {
                assert!(picture.is_some());
                false
            }
            Err(StoreError::Damaged { object }) => {
                assert_eq!(object, format!("picture {hash}"));
                true
            }
            Err(other) => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(lost.len(), 1, "one picture was hit");
    let found = store.inspect().unwrap();
    assert_eq!(found.pages.len(), 1, "{:?}", found.pages);
    assert_eq!(found.losses, [Loss::Picture(lost[0])]);
    support::visit(&store, 9, b"a visit after the damage", b"goes on");
    assert_eq!(store.last_sequence().unwrap(), 14);
}
