//! Entries of another school's kiosk about an enrolment of ours: kept, and without effect on the queue, on cases, on claims to codes
//! and vouchers, and on which task a student who was typed in is at.

use super::kiosk::Kiosk;
use super::world::{SCHOOL, World, student, task};
use crate::ledger::{Filter, StaffRow};
use collection::{
    CaseKind, ComparisonBand, EnrolmentId, EntryId, Kind, RecordHash, SignedEntry, StaffId, TokenHash,
    VoucherHash,
};
use jiff::civil::date;
use protocol::{Change, StaffMember, WireEntry};
use reqwest::StatusCode;

const OTHER_SCHOOL: &str = "99002";

/// Two schools with a task and a kiosk each.
struct TwoSchools {
    world: World,
    own: Kiosk,
    foreign: Kiosk,
}

impl TwoSchools {
    async fn new() -> TwoSchools {
        let world = World::new().await;
        world.running.app().ledger.put_task(task("elsewhere", OTHER_SCHOOL)).await.unwrap();
        let code = world.code(OTHER_SCHOOL).await;
        let foreign = Kiosk::enrol_with(&world.running, &code).await;
        TwoSchools { own: Kiosk::enrol(&world).await, foreign, world }
    }

    fn enrolment(&self, n: u32) -> EnrolmentId {
        student(n).entry(&self.world.task).unwrap().enrolment
    }

    /// Sends entries of the other school's kiosk about our enrolment; they are acknowledged.
    async fn foreign_writes(&mut self, enrolment: EnrolmentId, kinds: Vec<Kind>) -> Vec<EntryId> {
        let foreign = &mut self.foreign;
        let entries = kinds.into_iter().map(|kind| foreign.entry(&self.world.task, enrolment, None, kind));
        let entries: Vec<_> = entries.collect();
        let signed: Vec<WireEntry> = entries.iter().map(|entry| self.foreign.sign(entry)).collect();
        let reply = self.foreign.send(signed).await;
        assert_eq!(reply.accepted.len(), entries.len(), "kept: {reply:?}");
        entries.iter().map(|entry| entry.id).collect()
    }

    async fn own_writes(&mut self, enrolment: EnrolmentId, kind: Kind) -> EntryId {
        let entry = self.own.entry(&self.world.task, enrolment, None, kind);
        assert_eq!(self.own.send(vec![self.own.sign(&entry)]).await.accepted.len(), 1);
        entry.id
    }

    async fn open_cases(&self) -> Vec<(EnrolmentId, CaseKind)> {
        let cases = self.world.running.app().ledger.open_cases(&self.world.task.id).await.unwrap();
        cases.into_iter().map(|case| (case.enrolment, case.kind)).collect()
    }

    /// What the server wrote for our kiosks.
    async fn server_words(&self) -> Vec<Kind> {
        let page = self.own.changes("", 0).await;
        let entries = page.changes.into_iter().filter_map(|change| {
            let Change::Entry(wire) = change else { return None };
            SignedEntry::from(wire).verify(&self.own.server_key).ok()
        });
        entries.map(|entry| entry.kind).collect()
    }
}

#[tokio::test]
async fn a_foreign_submission_takes_no_portrait_out_of_the_queue() {
    let mut schools = TwoSchools::new().await;
    let task = schools.world.task.clone();
    let submitted = schools.own.visit(&task, 1, b"portrait", b"original").await;
    schools.foreign.sequence = 100;
    let enrolment = schools.enrolment(1);
    let kind = Kind::Produced { day: date(2026, 11, 20), comparison: ComparisonBand::Pass };
    let produced = schools.foreign.entry(&task, enrolment, None, kind);
    let other = schools.foreign.submitted(&task, enrolment, Some(produced.id), b"another", b"camera");
    let signed = [&produced, &other].map(|entry| schools.foreign.sign(entry)).to_vec();
    assert_eq!(schools.foreign.send(signed).await.accepted.len(), 2);
    let ledger = &schools.world.running.app().ledger;
    let waiting = ledger.pending(&Filter::default()).await.unwrap();
    let waiting: Vec<&str> = waiting.iter().map(|row| row.entry.as_str()).collect();
    assert_eq!(waiting, [submitted.to_string()], "ours still waits, and the other is in no queue");
    assert_eq!(ledger.surplus_count().await.unwrap(), 0);
}

#[tokio::test]
async fn a_foreign_kiosk_opens_no_case() {
    let mut schools = TwoSchools::new().await;
    let li = StaffId::new("li").unwrap();
    let member =
        StaffMember { id: li.clone(), display_name: "李老师".into(), pin_phc: "$argon2id$".into() };
    let row = StaffRow { member, school_code: SCHOOL.into() };
    schools.world.running.app().ledger.put_staff(row).await.unwrap();
    let report = || Kind::CaseOpened { case: CaseKind::Reported, staff: li.clone() };
    let enrolment = schools.enrolment(1);
    schools.foreign_writes(enrolment, vec![report()]).await;
    assert_eq!(schools.open_cases().await, []);
    schools.own_writes(enrolment, report()).await;
    assert_eq!(schools.open_cases().await, [(enrolment, CaseKind::Reported)]);
}

#[tokio::test]
async fn a_foreign_kiosk_claims_no_code_and_no_voucher() {
    let mut schools = TwoSchools::new().await;
    let voucher = || Kind::VoucherRedeemed { voucher: VoucherHash::from_bytes([7; 32]) };
    let code = || Kind::TokenBound { token: TokenHash("ab".repeat(32)) };
    // By the clock the foreign uses are the first, in the order of arrival too.
    schools.own.sequence = 500;
    let (one, two) = (schools.enrolment(1), schools.enrolment(2));
    schools.foreign_writes(two, vec![voucher(), code()]).await;
    schools.own_writes(one, voucher()).await;
    schools.own_writes(one, code()).await;
    assert_eq!(schools.server_words().await, [], "nobody else used them");
    // A use at our own school is one.
    schools.own_writes(two, code()).await;
    assert_eq!(schools.server_words().await, [Kind::TokenContested]);
}

#[tokio::test]
async fn a_foreign_kiosk_does_not_say_at_which_task_a_typed_in_student_is() {
    let mut schools = TwoSchools::new().await;
    let enrolment = EnrolmentId::from_bytes([9; 16]);
    let record = RecordHash::of(b"a record");
    schools.foreign_writes(enrolment, vec![Kind::ManualEntry { record }]).await;
    assert_eq!(schools.open_cases().await, [], "nobody of this school typed anybody in");
    // Not even a task that its kiosk has no business with takes the student away.
    let mut misplaced = schools.own.entry(&schools.world.task, enrolment, None, Kind::PayLater);
    misplaced.task = task("elsewhere", OTHER_SCHOOL).id;
    assert_eq!(schools.own.send(vec![schools.own.sign(&misplaced)]).await.accepted.len(), 1);
    schools.own_writes(enrolment, Kind::ManualEntry { record }).await;
    assert_eq!(schools.open_cases().await, [(enrolment, CaseKind::NotOnRoster)]);
}

#[tokio::test]
async fn pictures_of_foreign_entries_are_kept_too() {
    let mut schools = TwoSchools::new().await;
    let (task, enrolment) = (schools.world.task.clone(), schools.enrolment(1));
    let entry = schools.foreign.submitted(&task, enrolment, None, b"another", b"camera");
    let reply = schools.foreign.send(vec![schools.foreign.sign(&entry)]).await;
    assert_eq!(reply.accepted[0].wants.len(), 2);
    for file in [b"another".as_slice(), b"camera"] {
        let hash = collection::PictureHash::of(file);
        let sent = schools.foreign.patch(hash, 0, file.len(), file).await;
        assert_eq!(sent.status(), StatusCode::NO_CONTENT);
    }
    assert_eq!(schools.foreign.send(Vec::new()).await.durable_sequence, 1, "its kiosk may let go of them");
}
