//! Intake of entries: verbatim, once, by the right device, and durable only as far as they are contiguous.

use super::kiosk::Kiosk;
use super::world::{World, student};
use collection::{ComparisonBand, EnrolmentId, Entry, Kind, SignedEntry, TokenHash, VoucherHash};
use jiff::civil::date;
use protocol::{Change, JournalReply, WireEntry};
use reqwest::StatusCode;

fn produced() -> Kind {
    Kind::Produced { day: date(2026, 11, 20), comparison: ComparisonBand::Pass }
}

fn enrolment(world: &World) -> EnrolmentId {
    student(1).entry(&world.task).unwrap().enrolment
}

fn refusals(reply: &JournalReply) -> Vec<(usize, &str)> {
    reply.refused.iter().map(|r| (r.index, r.code.as_str())).collect()
}

#[tokio::test]
async fn the_same_bytes_again_are_a_success_and_others_a_conflict() {
    let world = World::new().await;
    let mut kiosk = Kiosk::enrol(&world).await;
    let entry = kiosk.entry(&world.task, enrolment(&world), None, produced());
    for _ in 0..2 {
        let reply = kiosk.send(vec![kiosk.sign(&entry)]).await;
        assert_eq!((reply.accepted.len(), reply.durable_sequence), (1, 1));
    }
    let mut changed = entry.clone();
    changed.task_version = 9;
    let mut same_place = kiosk.entry(&world.task, enrolment(&world), None, produced());
    same_place.sequence = 1;
    let reply = kiosk.send(vec![kiosk.sign(&changed), kiosk.sign(&same_place)]).await;
    assert_eq!(refusals(&reply), [(0, "server.entry.conflict"), (1, "server.entry.conflict")]);
}

#[tokio::test]
async fn one_bad_entry_does_not_keep_the_others_out() {
    let world = World::new().await;
    let (mut kiosk, mut other) = (Kiosk::enrol(&world).await, Kiosk::enrol(&world).await);
    let good = kiosk.entry(&world.task, enrolment(&world), None, produced());
    let foreign = other.entry(&world.task, enrolment(&world), None, produced());
    let mut forged = kiosk.sign(&good);
    forged.bytes[2] ^= 1;
    let nonsense = b"{}".to_vec();
    let nonsense = WireEntry { signature: kiosk.signer.sign(&nonsense), bytes: nonsense };
    let stolen: WireEntry = SignedEntry::sign(&foreign, &kiosk.signer).unwrap().into();
    let batch = vec![other.sign(&foreign), stolen, forged, nonsense, kiosk.sign(&good)];
    let reply = kiosk.send(batch).await;
    assert_eq!(
        refusals(&reply),
        [
            (0, "server.entry.device"),
            (1, "server.entry.device"),
            (2, "server.entry.signature"),
            (3, "server.entry.form"),
        ]
    );
    assert_eq!(reply.accepted[0].id, good.id);
}

#[tokio::test]
async fn durable_is_only_what_is_contiguous() {
    let world = World::new().await;
    let mut kiosk = Kiosk::enrol(&world).await;
    let all: Vec<_> = (0..4).map(|_| kiosk.entry(&world.task, enrolment(&world), None, produced())).collect();
    let reply = kiosk.send(vec![kiosk.sign(&all[0]), kiosk.sign(&all[2]), kiosk.sign(&all[3])]).await;
    assert_eq!(reply.durable_sequence, 1);
    assert_eq!(kiosk.send(vec![kiosk.sign(&all[1])]).await.durable_sequence, 4);
    assert_eq!(kiosk.send(Vec::new()).await.durable_sequence, 4);
}

#[tokio::test]
async fn a_batch_that_is_none_or_too_long_is_refused() {
    let world = World::new().await;
    let mut kiosk = Kiosk::enrol(&world).await;
    let url = format!("{}{}", kiosk.url, protocol::path::JOURNAL);
    let none = kiosk.http.post(&url).body("[1,2").send().await.unwrap();
    assert_eq!(none.status(), StatusCode::BAD_REQUEST);
    let entry = kiosk.entry(&world.task, enrolment(&world), None, produced());
    let entries = vec![kiosk.sign(&entry); 201];
    let long = kiosk.http.post(&url).json(&protocol::JournalBatch { entries }).send().await.unwrap();
    assert_eq!(long.status(), StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(long.headers()[protocol::HEADER], protocol::VERSION);
}

#[tokio::test]
async fn an_entry_that_only_the_server_may_write_is_kept_and_ignored() {
    let world = World::new().await;
    let mut kiosk = Kiosk::enrol(&world).await;
    let submitted = kiosk.visit(&world.task, 1, b"portrait", b"original").await;
    let kind = Kind::Reviewed(collection::ReviewOutcome::Approved);
    let usurped = kiosk.entry(&world.task, enrolment(&world), Some(submitted), kind);
    assert_eq!(kiosk.send(vec![kiosk.sign(&usurped)]).await.accepted.len(), 1);
    let waiting = world.running.app().ledger.pending_count(&crate::ledger::Filter::default()).await.unwrap();
    assert_eq!(waiting, 1, "it still waits for a real reviewer");
}

#[tokio::test]
async fn a_voucher_and_a_code_that_two_students_used_are_written_down_once() {
    let world = World::new().await;
    let (mut one, mut two) = (Kiosk::enrol(&world).await, Kiosk::enrol(&world).await);
    let who = |n| student(n).entry(&world.task).unwrap().enrolment;
    let voucher = || Kind::VoucherRedeemed { voucher: VoucherHash::from_bytes([7; 32]) };
    let code = || Kind::TokenBound { token: TokenHash("ab".repeat(32)) };
    let first =
        [one.entry(&world.task, who(1), None, voucher()), one.entry(&world.task, who(1), None, code())];
    let mut second =
        [two.entry(&world.task, who(2), None, voucher()), two.entry(&world.task, who(2), None, code())];
    for entry in &mut second {
        entry.clock.millis += 60_000;
    }
    // The later use arrives first: the earlier one wins all the same, and nothing is written twice.
    two.send(second.iter().map(|e| two.sign(e)).collect()).await;
    one.send(first.iter().map(|e| one.sign(e)).collect()).await;
    one.send(first.iter().map(|e| one.sign(e)).collect()).await;
    let page = one.changes("", 0).await;
    let epoch = page.epoch.clone();
    let page = one.changes(&epoch, 0).await;
    let server_entries: Vec<Entry> = page
        .changes
        .into_iter()
        .filter_map(|change| {
            let Change::Entry(wire) = change else { return None };
            SignedEntry::from(wire).verify(&one.server_key).ok()
        })
        .collect();
    let written = |kind: &Kind, about| {
        server_entries.iter().filter(|e| e.kind == *kind && e.about == Some(about)).count()
    };
    assert_eq!(written(&Kind::VoucherRefused, second[0].id), 1);
    assert_eq!(written(&Kind::TokenContested, second[1].id), 1);
    assert_eq!(server_entries.len(), 2);
    assert!(server_entries.iter().all(|e| e.enrolment == who(2)));
}
