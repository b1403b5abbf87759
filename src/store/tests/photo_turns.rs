//! Admission photos that the server lacks hold up none that it has.

mod support;

use collection::PictureHash;
use protocol::Change;
use std::collections::BTreeSet;
use support::{enrolled, page, roster};

/// The photo of student `n`, which is invented.
fn photo(n: u8) -> PictureHash {
    PictureHash::of(&[n])
}

/// A store whose roster names the photos of these students, in this epoch.
fn named(store: &store::Store, epoch: &str, students: std::ops::Range<u8>) {
    let changes: Vec<Change> =
        students.map(|n| Change::Roster(Box::new(roster(n, "林*夏", Some(photo(n)))))).collect();
    while store.admit(&page(epoch, 1, changes.clone())).expect("a page").restart {}
}

#[test]
fn every_photo_is_asked_for_in_turn_though_none_ever_comes() {
    let dir = tempfile::tempdir().unwrap();
    let store = enrolled(dir.path());
    named(&store, "e", 0..7);
    let rounds: Vec<BTreeSet<PictureHash>> =
        (0..7).map(|_| store.ask_for_photos(3).unwrap().into_iter().collect()).collect();
    assert!(rounds.iter().all(|round| round.len() == 3), "each asks for as many as it may");
    let all: BTreeSet<PictureHash> = (0..7).map(photo).collect();
    let first: BTreeSet<PictureHash> = rounds[..3].iter().flatten().copied().collect();
    assert_eq!(first, all, "all seven in the first three rounds of three");
    // Six stand before it at most, and three are asked for a round.
    for rounds in rounds.windows(3) {
        let asked: BTreeSet<PictureHash> = rounds.iter().flatten().copied().collect();
        assert_eq!(asked, all, "no photo waits for longer than three rounds");
    }
}

#[test]
fn turns_outlive_the_process_and_a_new_epoch_of_the_server() {
    let dir = tempfile::tempdir().unwrap();
    let store = enrolled(dir.path());
    named(&store, "e", 0..6);
    let mut asked: Vec<PictureHash> = store.ask_for_photos(2).unwrap();
    drop(store);
    let store = support::open(dir.path());
    asked.extend(store.ask_for_photos(2).unwrap());
    named(&store, "f", 0..6);
    asked.extend(store.ask_for_photos(2).unwrap());
    let all: BTreeSet<PictureHash> = (0..6).map(photo).collect();
    assert_eq!(asked.into_iter().collect::<BTreeSet<_>>(), all);
}

#[test]
fn a_photo_that_a_roster_newly_names_comes_before_those_asked_for_in_vain() {
    let dir = tempfile::tempdir().unwrap();
    let store = enrolled(dir.path());
    named(&store, "e", 0..4);
    store.ask_for_photos(9).unwrap();
    named(&store, "e", 0..5);
    assert_eq!(store.ask_for_photos(1).unwrap(), [photo(4)]);
}

#[test]
fn a_photo_that_came_or_is_named_no_more_is_not_asked_for() {
    let dir = tempfile::tempdir().unwrap();
    let store = enrolled(dir.path());
    named(&store, "e", 0..3);
    store.ask_for_photos(9).unwrap();
    store.put_admission_photo(photo(0), &[0]).unwrap();
    let still: BTreeSet<PictureHash> = store.ask_for_photos(9).unwrap().into_iter().collect();
    assert_eq!(still, [photo(1), photo(2)].into());
    named(&store, "f", 2..3);
    assert_eq!(store.ask_for_photos(9).unwrap(), [photo(2)]);
    store.put_admission_photo(photo(2), &[2]).unwrap();
    assert!(store.ask_for_photos(9).unwrap().is_empty());
    assert!(store.wanted_photos(9).unwrap().is_empty());
}
