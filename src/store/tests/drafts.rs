//! A portrait that was made and not submitted lies beside its entry until it is submitted or another one takes its place.

mod support;

use collection::PictureHash;
use protocol::Accepted;
use store::{PictureIn, PictureRole};
use support::{draft, enrolled, produced, student, submitted};

const PORTRAIT: PictureIn<'_> = PictureIn { bytes: b"portrait", role: PictureRole::Portrait };
const ORIGINAL: PictureIn<'_> = PictureIn { bytes: b"original", role: PictureRole::Original };

#[test]
fn a_portrait_that_is_not_chosen_goes_and_its_entry_stays() {
    let dir = tempfile::tempdir().unwrap();
    let store = enrolled(dir.path());
    let made = store.append(draft(student(1), None, produced()), &[PORTRAIT, ORIGINAL]).unwrap();
    let roles: Vec<_> = store.pictures_of(made.id).unwrap().into_iter().map(|p| p.role).collect();
    assert_eq!(roles.len(), 2);
    store.discard_pictures(made.id).unwrap();
    assert!(store.pictures_of(made.id).unwrap().is_empty());
    assert!(store.picture(PictureHash::of(b"portrait")).unwrap().is_none());
    assert_eq!(store.enrolment(student(1)).unwrap().draft, Some(made.id));
}

#[test]
fn a_portrait_that_was_handed_in_stays_when_its_draft_is_let_go_of() {
    let dir = tempfile::tempdir().unwrap();
    let store = enrolled(dir.path());
    let made = store.append(draft(student(1), None, produced()), &[PORTRAIT, ORIGINAL]).unwrap();
    let kind = submitted(b"portrait", b"original");
    store.append(draft(student(1), Some(made.id), kind), &[PORTRAIT, ORIGINAL]).unwrap();
    store.discard_pictures(made.id).unwrap();
    assert!(store.picture(PictureHash::of(b"portrait")).unwrap().is_some());
    assert!(store.picture(PictureHash::of(b"original")).unwrap().is_some());
}

#[test]
fn a_submission_s_pictures_wait_until_it_is_durable_itself_and_not_its_production() {
    let dir = tempfile::tempdir().unwrap();
    let store = enrolled(dir.path());
    let made = store.append(draft(student(1), None, produced()), &[PORTRAIT, ORIGINAL]).unwrap();
    let kind = submitted(b"portrait", b"original");
    let handed_in = store.append(draft(student(1), Some(made.id), kind), &[PORTRAIT, ORIGINAL]).unwrap();
    let wants = [b"portrait".as_slice(), b"original"].map(PictureHash::of).to_vec();
    // The server may tell of them in any order.
    let taken = [Accepted { id: handed_in.id, wants }, Accepted { id: made.id, wants: vec![] }];
    store.mark_accepted(&taken).unwrap();
    assert_eq!(store.pending_pictures(9).unwrap().len(), 2);
    store.set_durable(made.sequence).unwrap();
    assert_eq!(store.pending_pictures(9).unwrap().len(), 2);
    store.set_durable(handed_in.sequence).unwrap();
    assert!(store.pending_pictures(9).unwrap().is_empty());
}

#[test]
fn the_day_s_entries_are_those_since_midnight_newest_first() {
    let dir = tempfile::tempdir().unwrap();
    let store = enrolled(dir.path());
    let first = store.append(draft(student(1), None, produced()), &[]).unwrap();
    let second = store.append(draft(student(2), None, produced()), &[]).unwrap();
    let ids = |since| store.own_entries_since(since).unwrap().into_iter().map(|e| e.id).collect::<Vec<_>>();
    assert_eq!(ids(0), [second.id, first.id]);
    assert_eq!(ids(second.clock.millis + 1), []);
}
