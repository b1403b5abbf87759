//! Personal records lie beside their entry, wait for the server as long as it wants them, and go when the person is erased.

mod support;

use collection::record::{Address, AddressForm, Record, SealedRecord};
use collection::{CaseKind, IgnoreReason, Kind, Participation, PictureHash, StaffId};
use protocol::{Accepted, Change, StaffMember};
use store::{PictureIn, PictureRole, StoreError};
use support::{central, draft, enrolled, foreign, later, page, roster, student, visit};

fn sealed(seed: u8) -> (SealedRecord, Kind) {
    let form = AddressForm {
        recipient: "林知夏",
        phone: "13000000000",
        region: "示例省示例市",
        street: "一路 1 号",
        postcode: "",
    };
    let record = Record::Address(Address::read(&form).expect("an address"));
    let sealed = record.seal([seed; 16]).expect("short");
    let kind = record.kind(sealed.hash);
    (sealed, kind)
}

fn given(sealed: &SealedRecord) -> PictureIn<'_> {
    PictureIn { bytes: &sealed.bytes, role: PictureRole::Record }
}

fn staff(id: &str) -> StaffId {
    StaffId::new(id).expect("id")
}

fn member(id: &str) -> Change {
    Change::Staff(StaffMember { id: staff(id), display_name: id.into(), pin_phc: "$argon2id$".into() })
}

#[test]
fn a_record_is_kept_with_its_entry_or_neither_is() {
    let dir = tempfile::tempdir().unwrap();
    let store = enrolled(dir.path());
    let (record, kind) = sealed(1);
    let alone = store.append(draft(student(1), None, kind.clone()), &[]);
    assert!(matches!(alone, Err(StoreError::PictureMissing { .. })), "{alone:?}");
    assert!(store.entries(student(1)).unwrap().is_empty());
    let entry = store.append(draft(student(1), None, kind), &[given(&record)]).unwrap();
    let kept = store.pictures_of(entry.id).unwrap();
    assert_eq!((kept.len(), kept[0].role), (1, PictureRole::Record));
    assert!(Record::open(&kept[0].bytes).is_ok());
}

#[test]
fn a_record_waits_for_the_server_until_its_own_entry_is_durable() {
    let dir = tempfile::tempdir().unwrap();
    let store = enrolled(dir.path());
    let (record, kind) = sealed(1);
    let hash: PictureHash = record.hash.into();
    let (made, handed_in) = visit(&store, 1, b"portrait", b"original");
    let entry = store.append(draft(student(1), None, kind), &[given(&record)]).unwrap();
    store.discard_pictures(entry.id).unwrap();
    assert!(store.picture(hash).unwrap().is_some(), "letting go of portraits takes no record along");
    let wants = vec![hash];
    let none = |id| Accepted { id, wants: vec![] };
    store.mark_accepted(&[none(made.id), none(handed_in.id), Accepted { id: entry.id, wants }]).unwrap();
    store.set_durable(handed_in.sequence).unwrap();
    let waiting = store.pending_pictures(9).unwrap();
    assert_eq!(waiting.iter().map(|p| (p.hash, p.role)).collect::<Vec<_>>(), [(hash, PictureRole::Record)]);
    store.set_durable(entry.sequence).unwrap();
    assert!(store.pending_pictures(9).unwrap().is_empty());
    assert!(store.picture(hash).unwrap().is_some(), "what the server has is still the kiosk's to show");
}

#[test]
fn erasure_takes_what_is_personal_and_leaves_the_journal_and_everybody_else() {
    let dir = tempfile::tempdir().unwrap();
    let store = enrolled(dir.path());
    let photo = PictureHash::of(b"admission");
    let rosters = [1, 2].map(|n| Change::Roster(Box::new(roster(n, "林*夏", (n == 1).then_some(photo)))));
    store.admit(&page("e", 2, [rosters.as_slice(), &[member("li")]].concat())).unwrap();
    store.put_admission_photo(photo, b"admission").unwrap();
    for n in [1, 2] {
        visit(&store, n, &[n; 9], b"the same camera saw both");
        let (record, kind) = sealed(n);
        store.append(draft(student(n), None, kind), &[given(&record)]).unwrap();
    }
    let asked = Kind::ErasureRequested { staff: Some(staff("li")) };
    let asked = store.append(draft(student(1), None, asked), &[]).unwrap();
    let before = store.entries(student(1)).unwrap();
    let erased = foreign("central", 1, asked.id, student(1), Kind::Erased, &central());
    store.admit(&page("e", 3, vec![erased])).unwrap();

    let has = |hash| store.picture(hash).unwrap().is_some();
    assert_eq!(store.enrolment(student(1)).unwrap().participation, Participation::Erased);
    for gone in [PictureHash::of(&[1; 9]), sealed(1).0.hash.into(), photo] {
        assert!(!has(gone));
    }
    for stays in
        [PictureHash::of(&[2; 9]), sealed(2).0.hash.into(), PictureHash::of(b"the same camera saw both")]
    {
        assert!(has(stays));
    }
    assert!(store.roster_by_enrolment(student(1)).unwrap().is_none());
    assert!(store.roster_by_enrolment(student(2)).unwrap().is_some());
    assert_eq!(store.entries(student(1)).unwrap()[..before.len()], before);
    assert!(store.pending_pictures(9).unwrap().iter().all(|p| has(p.hash)));
}

#[test]
fn an_entry_that_names_nobody_is_kept_and_listed_and_counts_when_the_name_arrives() {
    let dir = tempfile::tempdir().unwrap();
    let store = enrolled(dir.path());
    store.admit(&page("e", 1, vec![member("li")])).unwrap();
    let report = |name: &str| Kind::CaseOpened { case: CaseKind::Reported, staff: staff(name) };
    store.append(draft(student(1), None, report("li")), &[]).unwrap();
    let unknown = store.append(draft(student(1), None, report("wang")), &[]).unwrap();
    let cases = || store.standing(student(1)).unwrap().unwrap().cases;
    let ignored = store.enrolment(student(1)).unwrap().ignored;
    assert_eq!(
        ignored.iter().map(|i| (i.entry, i.reason)).collect::<Vec<_>>(),
        [(unknown.id, IgnoreReason::UnknownStaff)]
    );
    assert_eq!((cases(), store.entries(student(1)).unwrap().len()), (1, 2));
    store.admit(&page("e", 2, vec![member("wang")])).unwrap();
    assert_eq!(cases(), 2, "told at noon, counted at noon");
    store.admit(&page("e", 3, vec![Change::StaffRemoved { id: staff("wang") }])).unwrap();
    assert_eq!(cases(), 2, "what somebody did stays true when they leave");
    assert_eq!(store.staff().unwrap().len(), 1);
}

#[test]
fn staff_whom_a_restored_server_does_not_know_are_unknown_here_too() {
    let dir = tempfile::tempdir().unwrap();
    let store = enrolled(dir.path());
    store.admit(&page("e", 2, vec![member("li"), member("wang")])).unwrap();
    let report = |name: &str| Kind::CaseOpened { case: CaseKind::Reported, staff: staff(name) };
    for name in ["li", "wang"] {
        store.append(draft(student(1), None, report(name)), &[]).unwrap();
    }
    let cases = || store.standing(student(1)).unwrap().unwrap().cases;
    assert_eq!(cases(), 2);
    assert!(store.admit(&page("f", 1, vec![member("li")])).unwrap().restart);
    store.admit(&page("f", 1, vec![member("li")])).unwrap();
    assert_eq!(cases(), 1);
    let other =
        later("k-2", 1, store.entries(student(1)).unwrap()[0].id, student(1), report("li"), &central());
    assert_eq!(
        store.admit(&page("f", 2, vec![other])).unwrap().set_aside,
        1,
        "an unknown kiosk is not believed"
    );
}
