//! Every flow of the mission as a row: what happens, and where it ends. In words, so that somebody at the registry can check it.

use super::world::{Scenario, is_wipe};
use crate::*;

/// What a scenario is about; what happens; the stage or sentence it ends on; how often the journal hears of something.
pub(super) type Row = (&'static str, &'static str, &'static str, &'static [(&'static str, usize)]);

const COMMON: &str =
    "code known:new agree agree-to-compare start shoot frames use alike make made submit stored";

pub(super) const FLOWS: [Row; 68] = [
    ("the common visit", COMMON, "receipt", &[("produced", 1), ("submit", 1)]),
    (
        "no admission photo: nothing to compare, no box for it",
        "code known:no-photo agree agree-to-compare start shoot frames use",
        "pick",
        &[("compare", 0)],
    ),
    (
        "no consent to compare: nothing is compared",
        "code known:new agree start shoot frames use make made",
        "result",
        &[("compare", 0)],
    ),
    (
        "a code nobody knows: number, one name, birthday, bound",
        "code unknown type:280286 go-on one:typed me type:0117 right bound",
        "identity",
        &[("find", 1), ("bind", 1), ("birth", 1)],
    ),
    (
        "no code at all: the same flow, nothing to bind",
        "no-code type:280286 go-on one:typed me type:0117 right",
        "identity",
        &[("bind", 0)],
    ),
    ("from the help page, too", "help no-code type:2023000004 go-on one:typed", "who", &[]),
    (
        "several have these digits: more is asked, never a list",
        "no-code type:28028X go-on more type:990000200501170286 go-on one:typed",
        "who",
        &[("find", 2)],
    ),
    (
        "not me: the number was mistyped, type again",
        "no-code type:280286 go-on one:typed not-me",
        "entry",
        &[("not-me", 0)],
    ),
    (
        "five numbers that are nobody's: a teacher",
        "no-code type:1111 go-on nobody type:1112 go-on nobody type:1113 go-on nobody type:1114 go-on nobody type:1115 go-on seconds:1 nobody",
        "entry.too_many",
        &[("find", 5)],
    ),
    (
        "a wrong birthday costs a try",
        "no-code type:280286 go-on one:typed me type:0117 wrong:4",
        "birth",
        &[],
    ),
    (
        "a day that no year has costs none",
        "no-code type:280286 go-on one:typed me type:0230",
        "birth",
        &[("birth", 0)],
    ),
    (
        "the fifth wrong birthday locks",
        "no-code type:280286 go-on one:typed me type:0117 wrong:0",
        "visit.birth_locked",
        &[],
    ),
    (
        "staff opens the birthday again",
        "code known:locked ask-teacher type:123456 staff confirm kept",
        "birth",
        &[("unlock", 1)],
    ),
    (
        "staff's word that was not kept changes nothing",
        "code known:locked ask-teacher type:123456 staff confirm not-kept",
        "staff",
        &[("unlock", 1)],
    ),
    (
        "the code was bound by somebody else: claim it",
        "code known:bound not-me type:280286 go-on one:typed me type:0117 right second",
        "visit.second_claimant",
        &[("not-me", 1), ("bind", 1)],
    ),
    (
        "a second claimant is no wall",
        "code known:bound not-me type:280286 go-on one:typed me type:0117 right second on",
        "identity",
        &[],
    ),
    (
        "a code that names somebody else: not mine, noted, wiped",
        "code known:new not-me",
        "scan",
        &[("not-me", 1), ("wipe", 1)],
    ),
    (
        "not the person on the admission photo: noted, nothing submitted",
        "code known:new agree agree-to-compare start shoot frames use alike make made not-me",
        "compare.not_me",
        &[("not-me", 1), ("submit", 0)],
    ),
    ("no consent: a teacher can verify", "code known:new disagree", "visit.consent_refused", &[]),
    (
        "no consent: verified by staff, no face processed",
        "code known:new disagree ask-teacher type:123456 staff confirm",
        "visit.staff_verified",
        &[("by-hand", 1), ("face", 0)],
    ),
    (
        "three comparisons fail: the registry",
        "code known:new agree agree-to-compare start shoot frames use unlike on shoot frames use unlike on shoot frames use unlike on",
        "rights.comparison_case",
        &[("failed", 3), ("produced", 0)],
    ),
    (
        "the registry has a case: staff notes who it is, and nobody takes consent back",
        "code known:case-open ask-teacher type:123456 staff confirm",
        "visit.staff_verified",
        &[("by-hand", 1), ("consent", 0)],
    ),
    (
        "numbers that are nobody's slow the kiosk down, whoever comes next",
        "no-code type:1111 go-on nobody type:1112 go-on nobody type:1113 go-on nobody type:1114 go-on nobody exit no-code type:280286 go-on",
        "entry",
        &[("find", 4)],
    ),
    (
        "the next honest student waits once, and is found",
        "no-code type:1111 go-on nobody type:1112 go-on nobody type:1113 go-on nobody type:1114 go-on nobody exit no-code type:280286 go-on seconds:2 one:typed",
        "who",
        &[("find", 5)],
    ),
    (
        "after a few minutes nobody waits any more",
        "no-code type:1111 go-on nobody type:1112 go-on nobody type:1113 go-on nobody type:1114 go-on nobody exit minutes:3 no-code type:280286 go-on one:typed",
        "who",
        &[("find", 5)],
    ),
    ("a case waits: the next scan says so", "code known:case", "rights.comparison_case", &[]),
    (
        "staff gives one more, on the spot",
        "code known:quota ask-teacher type:123456 staff confirm kept",
        "identity",
        &[("grant", 1)],
    ),
    ("today's three are used", "code known:quota", "rights.quota_used", &[]),
    ("the task has not opened", "code known:not-open", "rights.not_open", &[]),
    ("the task is over", "code known:closed", "rights.closed", &[]),
    (
        "made, not submitted: birthday, then E",
        "code known:draft type:0228 right draft-here",
        "result",
        &[("produced", 0)],
    ),
    (
        "the draft is submitted",
        "code known:draft type:0228 right draft-here submit stored",
        "receipt",
        &[("produced", 0), ("submit", 1)],
    ),
    (
        "a draft can be submitted though today's three are used",
        "code known:draft-quota type:0228 right draft-here submit stored",
        "receipt",
        &[],
    ),
    (
        "a draft is submitted with the score that it had",
        "code known:draft-compared type:0228 right draft-here alike submit",
        "result",
        &[("compare", 1), ("score", 1)],
    ),
    (
        "a draft made at another kiosk: a new one is made",
        "code known:draft type:0228 right draft-elsewhere",
        "identity",
        &[],
    ),
    (
        "another portrait instead of the draft: agree first",
        "code known:draft type:0228 right draft-here retake",
        "identity",
        &[],
    ),
    (
        "leaving with a portrait in hand is asked about, and comes back",
        "code known:new agree start shoot frames use make made exit stay",
        "result",
        &[("wipe", 0)],
    ),
    (
        "leaving with a portrait in hand",
        "code known:new agree start shoot frames use make made exit confirm",
        "scan",
        &[("wipe", 1)],
    ),
    ("my tasks wants the birthday", "my-tasks code known:new", "birth", &[]),
    ("my tasks", "my-tasks code known:submitted type:0228 right cards", "tasks", &[]),
    (
        "rejected: once more from my tasks",
        "my-tasks code known:rejected type:0228 right cards retake",
        "identity",
        &[],
    ),
    ("replace before the review", "code known:submitted type:0228 right", "identity", &[]),
    ("the review has begun: no replacement", "code known:in-review", "rights.review_began", &[]),
    (
        "unbinding is asked, then kept",
        "my-tasks code known:submitted type:0228 right cards unbind confirm unbound",
        "visit.unbound",
        &[("unbind", 1)],
    ),
    (
        "WeChat Pay is not connected: the next way, no wall",
        "code known:wechat agree start not-connected",
        "payment",
        &[("order", 1)],
    ),
    ("a voucher", "code known:voucher agree start type:20270001 go-on paid", "capture", &[("voucher", 1)]),
    (
        "a voucher that does not do: later",
        "code known:voucher agree start type:20270001 go-on pays-not other-way go-on",
        "capture",
        &[("later", 1)],
    ),
    (
        "paused: nobody is photographed, my tasks are told",
        "paused my-tasks code known:submitted type:0228 right cards",
        "tasks",
        &[],
    ),
    (
        "staff assists without a code: no birthday",
        "assisted known:draft draft-here",
        "result",
        &[("birth", 0)],
    ),
    (
        "no code and several open tasks: which one is yours?",
        "no-code:two",
        "school",
        &[("schools", 1), ("find", 0)],
    ),
    (
        "a school and a task: compare the notice, say that it is mine, then the number",
        "no-code:two key:研究 row:0 go-on",
        "entry",
        &[("schools", 1)],
    ),
    ("the only task that is meant opens with the last key", "no-code:two key:yjs go-on go-on", "entry", &[]),
    ("pinyin with a slip of the finger is forgiven", "no-code:two key:qingyudaxeu row:0 go-on", "entry", &[]),
    ("by the kind of study, too", "no-code:two tab:2 row:0 go-on", "entry", &[]),
    ("the notice is of another group: back to the list", "no-code:two row:0 back", "school", &[]),
    ("a row that is not there is not chosen", "no-code:two key:没有这个 row:0 go-on", "school", &[]),
    (
        "a code nobody knows asks for the task as well",
        "code unknown:two row:1 go-on type:280286 go-on one:typed me type:0117 right bound",
        "identity",
        &[("schools", 1), ("bind", 1)],
    ),
    ("no task is open: the number decides", "no-code:none", "entry", &[]),
    (
        "my tasks are of every task: no school is asked for",
        "my-tasks no-code:two",
        "entry",
        &[("schools", 0)],
    ),
    (
        "on no roster: document, number, name, and then the common flow",
        "no-code type:280286 go-on nobody not-on-roster task row:0 key:990000200501020022 go-on key:林知夏 go-on go-on entered:hand agree start shoot frames use make made submit stored",
        "receipt",
        &[("by-hand-entry", 1), ("submit", 1)],
    ),
    (
        "a passport says no birthday, and the task wants the class",
        "no-code type:280286 go-on nobody not-on-roster task:with-class row:1 key:e12345678 go-on type:0117 go-on key:Ada go-on key:2201班 go-on go-on entered:hand",
        "identity",
        &[("by-hand-entry", 1)],
    ),
    (
        "a number with a wrong checksum is said and not kept",
        "no-code type:280286 go-on nobody not-on-roster task row:0 key:990000200501020021 go-on go-on go-on",
        "manual",
        &[("by-hand-entry", 0)],
    ),
    (
        "entered manually, and on the roster after all: one name, then the birthday",
        "no-code type:280286 go-on nobody not-on-roster task row:0 key:990000200501020022 go-on key:林知夏 go-on go-on on-roster me",
        "birth",
        &[("by-hand-entry", 1)],
    ),
    (
        "the task permits no manual entry: the registry adds them",
        "no-code type:280286 go-on nobody not-on-roster task:closed-list",
        "rights.no_manual_entry",
        &[("by-hand-entry", 0)],
    ),
    (
        "prints: the birthday, then where to, then the camera",
        "code known:prints agree start type:0117 right key:林知夏 go-on type:13800000000 go-on regions row:0 regions:1 row:1 no-regions:12 key:青屿路1号 go-on go-on kept",
        "capture",
        &[("birth", 1), ("address", 1)],
    ),
    ("prints, but not now: the camera", "code known:prints agree start back", "capture", &[("address", 0)]),
    (
        "an address that is half a telephone number is not kept",
        "no-code type:280286 go-on one:prints-typed me type:0117 right agree start key:林知夏 go-on type:1380 go-on go-on go-on",
        "address",
        &[("address", 0)],
    ),
    (
        "the address from my tasks until the prints are in the post",
        "my-tasks code known:prints type:0228 right cards-with-prints give-address key:林知夏 go-on type:13800000000 go-on regions row:0 no-regions:1 key:青屿路1号 go-on go-on kept",
        "tasks",
        &[("address", 1)],
    ),
];

fn heard(word: &str, request: &Request) -> bool {
    match request {
        Request::Watch(watch) => word == "face" && matches!(watch, Watch::Face(_)),
        Request::Production(asked) => match &asked.request {
            ProductionRequest::Burst { .. } => word == "face",
            ProductionRequest::Compare { .. } => word == "compare",
            ProductionRequest::Make { .. } => word == "make",
        },
        Request::Records(asked) => heard_by_records(word, &asked.request),
        Request::Staff(asked) => match &asked.request {
            StaffRequest::GrantProduction { .. } => word == "grant",
            StaffRequest::UnlockSecondFactor { .. } => word == "unlock",
            StaffRequest::CheckPin(_)
            | StaffRequest::LoadBoard
            | StaffRequest::LoadRows(_)
            | StaffRequest::LoadStudent(_)
            | StaffRequest::FindStudent(_)
            | StaffRequest::ConfirmClock(_)
            | StaffRequest::CheckDay => false,
        },
        Request::Journal(JournalRequest::Produced(_)) => word == "produced",
        Request::Journal(JournalRequest::Happened(_, event)) => match event {
            JournalEvent::Consented(_) => word == "consent",
            JournalEvent::ComparisonFailed { .. } => word == "failed",
            JournalEvent::Overridden { .. } => word == "override",
            JournalEvent::NotMe(_) => word == "not-me",
            JournalEvent::StaffVerified(_) => word == "by-hand",
            JournalEvent::PayLater => word == "later",
        },
        Request::Journal(JournalRequest::Paused(..) | JournalRequest::Resumed(_)) => false,
        Request::Ui(_) => word == "wipe" && is_wipe(request),
    }
}

fn heard_by_records(word: &str, request: &RecordsRequest) -> bool {
    use RecordsRequest as R;
    match request {
        R::LoadSchools => word == "schools",
        R::KeepManualEntry { .. } => word == "by-hand-entry",
        R::KeepAddress { .. } => word == "address",
        R::Submit(submission) => word == "submit" || word == "score" && submission.score_tenths.is_some(),
        R::Find { .. } => word == "find",
        R::BindCode { .. } => word == "bind",
        R::CheckBirth(..) => word == "birth",
        R::Unbind(_) => word == "unbind",
        R::OpenOrder(..) => word == "order",
        R::RedeemVoucher(..) => word == "voucher",
        R::Match(_) | R::Meet(_) | R::LoadTask(_) | R::LoadRegions(_) | R::LoadDraft(_) | R::LoadTasks(_) => {
            false
        }
    }
}

/// Everything that a row may count; a misspelt word would count nothing, and nothing is what many rows expect.
const COUNTED: [&str; 20] = [
    "schools",
    "by-hand-entry",
    "address",
    "produced",
    "score",
    "submit",
    "compare",
    "find",
    "bind",
    "birth",
    "not-me",
    "consent",
    "by-hand",
    "face",
    "failed",
    "grant",
    "unlock",
    "unbind",
    "order",
    "voucher",
];

/// A stage's plain name, or the code of the sentence that stands there.
pub(super) fn place(visit: &Visit) -> String {
    match visit.stage() {
        Stage::Scan(_) => "scan",
        Stage::Help(_) => "help",
        Stage::Paused(_) => "paused",
        Stage::School(s) if s.is_loading() => "wait",
        Stage::School(_) => "school",
        Stage::Manual(_) => "manual",
        Stage::Address(_) => "address",
        Stage::Entry(_) => "entry",
        Stage::Who(_) => "who",
        Stage::Loading(_) => "wait",
        Stage::Birth(_) => "birth",
        Stage::Identity(_) => "identity",
        Stage::Payment(_) => "payment",
        Stage::Capture(_) => "capture",
        Stage::Pick(_) => "pick",
        Stage::Staff(_) => "staff",
        Stage::Result(_) => "result",
        Stage::Receipt(_) => "receipt",
        Stage::Tasks(_) => "tasks",
        Stage::Sentence(said) => return said.sentence.code.to_string(),
    }
    .to_owned()
}

#[test]
fn every_flow_ends_where_the_mission_says() {
    for (about, happens, ends, counts) in FLOWS {
        let mut scenario = Scenario::new();
        for word in happens.split_whitespace() {
            scenario.happens(word);
        }
        assert_eq!(place(&scenario.visit), ends, "{about}: {happens}");
        for (word, count) in counts {
            assert!(
                COUNTED.contains(word) || ["later", "wipe"].contains(word),
                "{word} is nothing that is asked for"
            );
            assert_eq!(scenario.asked_for(|e| heard(word, e)), *count, "{about}: {word}");
        }
    }
}

#[test]
fn the_common_visit_takes_at_most_six_touches() {
    let touches = ["agree", "agree-to-compare", "start", "shoot", "use", "make", "submit"];
    // The shutter releases itself; everything else is a finger.
    let count = COMMON.split_whitespace().filter(|w| touches.contains(w) && *w != "shoot").count();
    assert_eq!(count, 6);
}

#[test]
fn a_camera_that_goes_away_is_said_where_it_is_needed_and_ends_no_visit() {
    let before_the_camera = "code known:new agree agree-to-compare start";
    let flows = [
        ("", true),
        ("code known:draft", false),
        ("no-code", false),
        ("code known:new", false),
        (before_the_camera, true),
        ("code known:new agree agree-to-compare start shoot", true),
        ("code known:new agree agree-to-compare start shoot frames", false),
        ("code known:new agree agree-to-compare start shoot frames use alike make made", false),
        ("code known:quota", false),
    ];
    for (happens, needed) in flows {
        let mut scenario = Scenario::new();
        for word in happens.split_whitespace() {
            scenario.happens(word);
        }
        let before = place(&scenario.visit);
        scenario.happens("camera-gone");
        assert_eq!(matches!(scenario.visit.cover(), Some(Cover::CameraLost { .. })), needed, "{happens}");
        scenario.happens("camera-back");
        assert_eq!(place(&scenario.visit), before, "{happens}");
        assert!(scenario.visit.cover().is_none(), "{happens}");
    }
}

#[test]
fn a_paused_kiosk_lets_the_running_visit_end_and_then_rests() {
    let mut scenario = Scenario::new();
    for word in COMMON.split_whitespace() {
        if word == "submit" {
            scenario.happens("paused");
        }
        scenario.happens(word);
    }
    assert_eq!(place(&scenario.visit), "receipt");
    scenario.happens("done");
    assert_eq!(place(&scenario.visit), "paused");
    assert_eq!(scenario.visit.watch(), Watch::Rest);
    scenario.happens("code");
    assert_eq!(place(&scenario.visit), "paused");
    scenario.happens("resumed");
    assert_eq!(place(&scenario.visit), "scan");
}
