//! Personal records, members of staff named in entries, cases and erasure.

use super::kiosk::Kiosk;
use super::world::{SCHOOL, World, student};
use crate::app::now_millis;
use crate::ledger::{CaseDecision, ResolveError, StaffRow};
use collection::record::{Contact, Record};
use collection::{CaseKind, EnrolmentId, Kind, PictureHash, Resolution, SignedEntry, StaffId};
use protocol::{Change, StaffMember};

fn sealed() -> (Vec<u8>, Kind, PictureHash) {
    let record = Record::Contact(Contact::read("13000000000").unwrap());
    let sealed = record.seal([3; 16]).unwrap();
    (sealed.bytes.to_vec(), record.kind(sealed.hash), sealed.hash.into())
}

fn li() -> StaffId {
    StaffId::new("li").unwrap()
}

async fn add_staff(world: &World) {
    let member = StaffMember { id: li(), display_name: "李老师".into(), pin_phc: "$argon2id$".into() };
    world.running.app().ledger.put_staff(StaffRow { member, school_code: SCHOOL.into() }).await.unwrap();
}

fn enrolment(world: &World, n: u32) -> EnrolmentId {
    student(n).entry(&world.task).unwrap().enrolment
}

#[tokio::test]
async fn a_record_is_uploaded_like_a_picture_and_not_shown_as_one() {
    let world = World::new().await;
    let mut kiosk = Kiosk::enrol(&world).await;
    let (bytes, kind, hash) = sealed();
    let entry = kiosk.entry(&world.task, enrolment(&world, 1), None, kind);
    let reply = kiosk.send(vec![kiosk.sign(&entry)]).await;
    assert_eq!((reply.accepted[0].wants.as_slice(), reply.durable_sequence), ([hash].as_slice(), 0));
    kiosk.patch(hash, 0, bytes.len(), &bytes[..20]).await;
    kiosk.patch(hash, 20, bytes.len(), &bytes[20..]).await;
    assert_eq!(kiosk.send(Vec::new()).await.durable_sequence, 1);
    let app = world.running.app();
    assert_eq!(app.pictures.get(hash).unwrap().as_deref(), Some(bytes.as_slice()));
    assert!(!app.ledger.is_reviewable(hash).await.unwrap());
}

#[tokio::test]
async fn erasure_removes_files_and_roster_row_and_expects_nothing_more() {
    let world = World::new().await;
    let app = world.running.app();
    let mut kiosk = Kiosk::enrol(&world).await;
    let (bytes, kind, hash) = sealed();
    let (one, two) = (enrolment(&world, 1), enrolment(&world, 2));
    let contact = kiosk.entry(&world.task, one, None, kind);
    let portrait = kiosk.submitted(&world.task, one, None, b"portrait", b"shared");
    let others = kiosk.submitted(&world.task, two, None, b"another", b"shared");
    kiosk.send([&contact, &portrait, &others].map(|e| kiosk.sign(e)).to_vec()).await;
    kiosk.patch(hash, 0, bytes.len(), &bytes).await;
    for file in [b"portrait".as_slice(), b"shared"] {
        kiosk.patch(PictureHash::of(file), 0, file.len(), file).await;
    }
    let files = app.ledger.erase(app.signer.clone(), one, li(), now_millis()).await.unwrap();
    assert!(files.contains(&hash) && files.contains(&PictureHash::of(b"portrait")));
    assert!(!files.contains(&PictureHash::of(b"shared")), "another student's file stays");
    let again = app.ledger.erase(app.signer.clone(), one, li(), now_millis()).await.unwrap();
    assert_eq!(again, files, "a deletion that was cut off can be finished");
    for file in &files {
        app.pictures.remove(*file).unwrap();
        assert!(app.pictures.get(*file).unwrap().is_none());
    }
    let late = kiosk.submitted(&world.task, one, None, b"late", b"late too");
    let reply = kiosk.send(vec![kiosk.sign(&late)]).await;
    assert!(reply.accepted[0].wants.is_empty(), "nothing of an erased student is taken");
    kiosk.patch(PictureHash::of(b"another"), 0, 7, b"another").await;
    assert_eq!(kiosk.send(Vec::new()).await.durable_sequence, 4);

    let page = app.ledger.changes(SCHOOL, 0, "").await.unwrap();
    let gone = |c: &Change| *c == Change::RosterRemoved { enrolment: one };
    assert!(page.changes.iter().any(gone));
    let erased = page.changes.iter().filter_map(|c| {
        let Change::Entry(wire) = c else { return None };
        SignedEntry::from(wire.clone()).read().ok()
    });
    assert_eq!(erased.filter(|e| e.kind == Kind::Erased).count(), 1, "written once");
}

#[tokio::test]
async fn a_case_opened_by_a_name_that_arrives_later_counts_then_and_is_decided_once() {
    let world = World::new().await;
    let app = world.running.app();
    let mut kiosk = Kiosk::enrol(&world).await;
    let id = enrolment(&world, 1);
    let kind = Kind::CaseOpened { case: CaseKind::Reported, staff: li() };
    let report = kiosk.entry(&world.task, id, None, kind);
    kiosk.send(vec![kiosk.sign(&report)]).await;
    assert!(app.ledger.open_cases(&world.task.id).await.unwrap().is_empty(), "nobody of that name");
    add_staff(&world).await;
    let open = app.ledger.open_cases(&world.task.id).await.unwrap();
    assert_eq!(open.iter().map(|c| (c.enrolment, c.kind)).collect::<Vec<_>>(), [(id, CaseKind::Reported)]);
    let decide = || {
        let (ledger, signer) = (app.ledger.clone(), app.signer.clone());
        async move {
            let case = CaseKind::Reported;
            let decision =
                CaseDecision { enrolment: id, case, staff: li(), resolution: Resolution::Dismissed };
            ledger.resolve(signer, decision, now_millis()).await
        }
    };
    assert_eq!(decide().await.unwrap(), 1);
    assert!(app.ledger.open_cases(&world.task.id).await.unwrap().is_empty());
    assert!(matches!(decide().await, Err(ResolveError::NoCase)));
}
