//! The map of a visit: every state is reached, none is a dead end, and every sentence that is said exists and says when it reopens.

use super::world::{DAY, Scenario, known, shot};
use crate::*;
use collection::{ComparisonBand, StaffId};
use sentences::codes;
use standard::Verdict;
use std::collections::{BTreeMap, VecDeque};

/// Every state that looks different to a student. A state that is missing here or never reached fails the test.
const STATES: [&str; 64] = [
    "address-confirm",
    "address-keeping",
    "address-loading",
    "address-phone",
    "address-recipient",
    "address-region",
    "address-street",
    "birth",
    "birth-checking",
    "capture",
    "capture-taking",
    "entry",
    "entry-searching",
    "help",
    "identity",
    "idle",
    "leaving",
    "lost-capture",
    "lost-scan",
    "manual-birth",
    "manual-class",
    "manual-confirm",
    "manual-keeping",
    "manual-kind",
    "manual-name",
    "manual-number",
    "paused",
    "pay-later",
    "pay-voucher",
    "pay-voucher-waiting",
    "pay-wechat-waiting",
    "pick",
    "pick-blocked",
    "pick-comparing",
    "pick-confirming",
    "pick-failed",
    "pick-making",
    "pick-refused",
    "receipt",
    "result",
    "result-draft",
    "result-draft-submitting",
    "result-submitting",
    "scan",
    "scan-notice",
    "scan-read",
    "scan-tasks",
    "school",
    "school-loading",
    "school-notice",
    "sentence",
    "sentence-go-on",
    "sentence-help",
    "sentence-retake",
    "staff-by-hand",
    "staff-grant",
    "staff-keeping",
    "staff-override",
    "staff-pin",
    "staff-unlock",
    "tasks",
    "tasks-asking",
    "wait",
    "who",
];

fn name(visit: &Visit) -> String {
    let stage = match visit.stage() {
        Stage::Scan(s) if s.hint == ScanHint::Read => "scan-read",
        Stage::Scan(s) if s.notice.is_some() => "scan-notice",
        Stage::Scan(s) if s.purpose == Purpose::MyTasks => "scan-tasks",
        Stage::Scan(_) => "scan",
        Stage::Help(_) => "help",
        Stage::Paused(_) => "paused",
        Stage::School(s) if s.is_loading() => "school-loading",
        Stage::School(s) if s.chosen.is_some() => "school-notice",
        Stage::School(_) => "school",
        Stage::Manual(m) if m.keeping => "manual-keeping",
        Stage::Manual(m) => match m.field {
            ManualField::Kind => "manual-kind",
            ManualField::Number => "manual-number",
            ManualField::Birth => "manual-birth",
            ManualField::Name => "manual-name",
            ManualField::Class => "manual-class",
            ManualField::Confirm => "manual-confirm",
        },
        Stage::Address(a) if a.keeping => "address-keeping",
        Stage::Address(a) => match a.step {
            AddressStep::Recipient => "address-recipient",
            AddressStep::Phone => "address-phone",
            AddressStep::Region if a.rows.is_none() => "address-loading",
            AddressStep::Region => "address-region",
            AddressStep::Street => "address-street",
            AddressStep::Confirm => "address-confirm",
        },
        Stage::Entry(e) if e.searching => "entry-searching",
        Stage::Entry(_) => "entry",
        Stage::Who(_) => "who",
        Stage::Loading(_) => "wait",
        Stage::Birth(b) if b.checking => "birth-checking",
        Stage::Birth(_) => "birth",
        Stage::Identity(_) => "identity",
        Stage::Payment(p) => match (p.mode, p.waiting) {
            (collection::PaymentMode::WechatNative, _) => "pay-wechat-waiting",
            (collection::PaymentMode::Voucher, true) => "pay-voucher-waiting",
            (collection::PaymentMode::Voucher, false) => "pay-voucher",
            _ => "pay-later",
        },
        Stage::Capture(c) if c.taking => "capture-taking",
        Stage::Capture(_) => "capture",
        Stage::Pick(p) => match p.phase {
            PickPhase::Choosing if p.blocked() => "pick-blocked",
            PickPhase::Choosing => "pick",
            PickPhase::Comparing => "pick-comparing",
            PickPhase::ComparisonFailed(_) => "pick-failed",
            PickPhase::Confirming => "pick-confirming",
            PickPhase::Making => "pick-making",
            PickPhase::Refused(_) => "pick-refused",
        },
        Stage::Staff(s) => match (&s.step, &s.task) {
            (StaffStep::Pin { .. }, _) => "staff-pin",
            (StaffStep::Reason { keeping: true, .. }, _) => "staff-keeping",
            (_, StaffTask::Override(_)) => "staff-override",
            (_, StaffTask::Grant(_)) => "staff-grant",
            (_, StaffTask::Unlock(_)) => "staff-unlock",
            (_, StaffTask::Verify(_)) => "staff-by-hand",
        },
        Stage::Result(r) => match (r.draft, r.submitting) {
            (true, true) => "result-draft-submitting",
            (true, false) => "result-draft",
            (false, true) => "result-submitting",
            (false, false) => "result",
        },
        Stage::Receipt(_) => "receipt",
        Stage::Tasks(t) if t.asking => "tasks-asking",
        Stage::Tasks(_) => "tasks",
        Stage::Sentence(s) if s.help.is_some() => "sentence-help",
        Stage::Sentence(s) if s.action == NextAction::GoOn => "sentence-go-on",
        Stage::Sentence(s) if s.action == NextAction::Retake => "sentence-retake",
        Stage::Sentence(_) => "sentence",
    };
    match visit.cover() {
        None => stage.to_owned(),
        Some(Cover::Idle { .. }) => "idle".to_owned(),
        Some(Cover::Leaving) => "leaving".to_owned(),
        Some(Cover::CameraLost { .. }) if matches!(visit.stage(), Stage::Scan(_)) => "lost-scan".to_owned(),
        Some(Cover::CameraLost { .. }) => "lost-capture".to_owned(),
    }
}

/// Typing four birthday digits or a PIN one by one would make the map large and no richer, so words of several touches count
/// as one step.
const WORDS: [&str; 68] = [
    "code",
    "known:new",
    "known:bound",
    "known:draft",
    "known:quota",
    "known:locked",
    "known:wechat",
    "known:voucher",
    "known:no-photo",
    "unknown",
    "refused:code.expired",
    "no-code",
    "no-code:later",
    "schools:one",
    "schools:two",
    "row:0",
    "row:1",
    "not-on-roster",
    "task:with-class",
    "task:closed-list",
    "key:990000200501020022",
    "key:e12345678",
    "key:林知夏",
    "type:13800000000",
    "entered:hand",
    "on-roster",
    "not-entered",
    "known:prints",
    "cards-with-prints",
    "give-address",
    "regions",
    "no-regions:1",
    "nobody",
    "help",
    "my-tasks",
    "type:280286",
    "go-on",
    "one:typed",
    "me",
    "not-me",
    "type:0228",
    "right",
    "second",
    "draft-here",
    "agree",
    "agree-to-compare",
    "start",
    "disagree",
    "shoot",
    "frames",
    "blocked",
    "use",
    "alike",
    "unlike",
    "make",
    "made",
    "submit",
    "stored",
    "ask-teacher",
    "staff",
    "confirm",
    "kept",
    "cards",
    "unbind",
    "not-connected",
    "other-way",
    "retake",
    "exit",
];

fn happen(visit: &Visit, word: &str) -> Visit {
    let mut scenario = Scenario { visit: visit.clone(), asked: Vec::new(), millis: visit.now().millis };
    scenario.happens(word);
    scenario.visit
}

fn others(visit: &Visit) -> Vec<Visit> {
    let mut next: Vec<Visit> = WORDS.iter().map(|w| happen(visit, w)).collect();
    for word in [
        "camera-gone",
        "camera-back",
        "paused",
        "assisted",
        "on",
        "minutes:1",
        "seconds:45",
        "stay",
        "reason",
    ] {
        next.push(happen(visit, word));
    }
    let mut failed = visit.clone();
    let refused = MakeOutcome::Refused(Sentence::plain(codes::REFUSAL_ENGINE));
    failed.step(Input::Reply(visit.ticket(), Reply::Make(refused)));
    next.push(failed);
    let mut empty = visit.clone();
    empty.step(Input::Reply(visit.ticket(), Reply::Burst(Vec::new())));
    next.push(empty);
    next
}

/// Largest map; it has about a thousand places.
const MOST: usize = 20_000;

/// What the machine decides by besides its stage: who it is, what was agreed and typed, what is proven.
fn detail(visit: &Visit) -> String {
    let stage = match visit.stage() {
        Stage::Identity(stage) => format!("{:?}", stage.agreed),
        Stage::Entry(entry) => format!("{} {}", entry.can_go_on(), entry.offers_manual_entry),
        Stage::Manual(m) => format!("{:?} {} {:?}", m.kind, m.can_go_on(), m.fault(DAY)),
        Stage::Address(a) => format!("{:?} {} {:?} {}", a.after, a.can_go_on(), a.fault(), a.region.len()),
        Stage::Payment(pay) => format!("{} {}", pay.can_go_on(), pay.skipped.len()),
        Stage::Scan(scan) => format!("{:?}", scan.purpose),
        Stage::Staff(staff) => {
            let checking = matches!(staff.step, StaffStep::Pin { checking: true, .. });
            format!("{:?} {checking}", std::mem::discriminant(&staff.task))
        }
        Stage::Sentence(said) => said.sentence.code.to_string(),
        Stage::Tasks(tasks) => format!("{}", tasks.cards.is_some()),
        _ => String::new(),
    };
    let person = visit.subject().map(|s| {
        let prints = s.task.settings.prints;
        let failures = s.enrolment.comparison_failures;
        (
            s.identified_by,
            s.enrolment.draft.is_some(),
            failures,
            s.task.payment.clone(),
            s.can_compare(),
            prints,
        )
    });
    let student = visit.session.as_ref().map(|s| s.student.clone()).unwrap_or_default();
    let typing = (student.task.is_some(), student.address_settled, student.misses > 0);
    let known = (student.agreed, student.proven, student.claim.is_some(), student.purpose, typing);
    format!("{} {stage} {person:?} {known:?}", name(visit))
}

/// Every state with one visit that is in it, found by going everywhere from the first screen.
pub(super) fn map() -> BTreeMap<String, Visit> {
    let mut found = BTreeMap::new();
    let mut open = VecDeque::from([Scenario::new().visit]);
    while let Some(visit) = open.pop_front() {
        let key = detail(&visit);
        if found.contains_key(&key) || found.len() >= MOST {
            continue;
        }
        open.extend(others(&visit));
        found.insert(key, visit);
    }
    let mut states = BTreeMap::new();
    for visit in found.into_values() {
        states.entry(name(&visit)).or_insert(visit);
    }
    states
}

#[test]
fn every_state_is_reached_and_none_is_a_dead_end() {
    let states = map();
    let reached: Vec<&str> = states.keys().map(String::as_str).collect();
    assert_eq!(reached, STATES);
    for (state, visit) in &states {
        // By touches only, as somebody who wants to leave would.
        let mut left = visit.clone();
        for touch in [Touch::Exit, Touch::Exit, Touch::Back] {
            if !(left.is_at_rest() && left.subject().is_none()) || left.cover().is_some() {
                left.step(Input::Touch(touch));
            }
        }
        assert!(left.is_at_rest() && left.subject().is_none(), "{state} has no way out by hand");
        // By time only, as when somebody walked away.
        let mut waited = Scenario { visit: visit.clone(), asked: Vec::new(), millis: visit.now().millis };
        for _ in 0..40 {
            waited.pass(5_000);
        }
        assert!(waited.visit.is_at_rest(), "{state} is never left by itself");
    }
}

#[test]
fn every_refusal_has_its_sentence_and_says_when_it_reopens() {
    for (word, code, reopens) in [
        ("quota", codes::RIGHTS_QUOTA_USED, Some("2027-05-13")),
        ("not-open", codes::RIGHTS_NOT_OPEN, Some("2027-05-20")),
        ("closed", codes::RIGHTS_CLOSED, None),
        ("case", codes::RIGHTS_COMPARISON_CASE, None),
        ("locked", codes::RIGHTS_SECOND_FACTOR_LOCKED, None),
        ("in-review", codes::RIGHTS_REVIEW_BEGAN, None),
        ("approved", codes::RIGHTS_APPROVED, None),
    ] {
        let mut scenario = Scenario::new();
        scenario.happens("code");
        scenario.answer(Reply::Code(CodeOutcome::Matched(Box::new(known(word)))));
        let Stage::Sentence(said) = scenario.visit.stage() else { panic!("{word} is refused") };
        assert_eq!(said.sentence.code, code);
        let when = said.sentence.args.iter().find(|(k, _)| *k == "reopens").map(|(_, v)| v.as_str());
        assert_eq!(when, reopens, "{code}");
        for line in [code, code.remedy().expect("a refusal has a remedy")] {
            for lang in sentences::Lang::ALL {
                let words = sentences::say_with(line, lang, &said.sentence.args);
                assert!(!words.contains(['–', '{']), "{line}: {words}");
            }
        }
    }
}

#[test]
fn a_burst_that_comes_twice_is_taken_once() {
    let mut scenario = Scenario::new();
    scenario.until_pick(Verdict::Pass);
    scenario.answer(Reply::Burst(vec![shot(7, Verdict::Pass)]));
    assert!(scenario.asked.contains(&Request::Ui(UiRequest::Forget(vec![FrameId(7)]))));
    scenario.answer(Reply::Compared(Compared {
        band: ComparisonBand::Below,
        score_tenths: None,
        same_photo: false,
    }));
    assert!(matches!(scenario.visit.stage(), Stage::Pick(p) if p.phase == PickPhase::Choosing));
    let staff = StaffId::new("zhou").expect("a slug");
    scenario.answer(Reply::Pin(PinOutcome::Known { staff, name: String::new() }));
    assert!(matches!(scenario.visit.stage(), Stage::Pick(_)));
    assert_eq!(scenario.visit.now().day, DAY);
}
