//! Stories: whole visits played without a window, a camera or a clock.

use crate::*;
use collection::{
    Category, Comparing, ComparisonBand, Enrolment, EnrolmentId, Matching, PaymentMode, RosterEntry,
    Settings, Task, TaskId, UniqueNumber,
};
use jiff::civil::{Date, date};
use proptest::prelude::*;
use standard::{BackgroundName, Check, CheckName, Phase, Threshold, Verdict};

const DAY: Date = date(2027, 5, 12);

fn task() -> Task {
    Task {
        id: TaskId::new("spring").expect("a slug"),
        version: 1,
        school: "青屿大学".into(),
        school_code: "99001".into(),
        name: "2027 届本科".into(),
        category: Category::Undergraduate,
        notice: String::new(),
        notice_version: 1,
        purposes: Vec::new(),
        preset: "chsi".into(),
        background: BackgroundName::Blue,
        opens: date(2027, 5, 1),
        closes: date(2027, 6, 30),
        time_zone: "Asia/Shanghai".into(),
        registry_phone: "8000".into(),
        settings: Settings::default(),
        comparing: Comparing::default(),
        payment: vec![PaymentMode::SchoolPays],
        ctid: false,
        show_admission_photo: true,
        decoders: Vec::new(),
        matching_key: "00".repeat(32),
    }
}

fn subject() -> Subject {
    let enrolment = EnrolmentId::from_bytes([7; 16]);
    let entry = RosterEntry {
        enrolment,
        task: task().id,
        unique_number: UniqueNumber::new("U1").expect("upper case"),
        masked_name: "林*夏".into(),
        masked_number: "9900**********1234".into(),
        class: "2201".into(),
        programme: "数字媒体".into(),
        matching: Matching {
            number_last6: String::new(),
            number: None,
            student_number: String::new(),
            birth_month_day: String::new(),
        },
        admission_photo: Some(collection::PictureHash::of(b"photo")),
    };
    Subject { task: task(), entry, enrolment: Enrolment::new(enrolment) }
}

fn check(verdict: Verdict) -> Check {
    Check {
        name: CheckName::HeadPoseRoll,
        phase: Phase::Capture,
        value: Some(1.0),
        unit: "deg".into(),
        threshold: Threshold::default(),
        verdict,
        code: "check.head_pose_roll".into(),
    }
}

fn shot(id: u64, verdict: Verdict) -> Assessed {
    Assessed { frame: FrameId(id), verdict, checks: vec![check(verdict)], rank: 0.0 }
}

/// Plays the outside: carries a visit forward and keeps what it asked for.
struct Story {
    visit: Visit,
    asked: Vec<Effect>,
    millis: u64,
}

impl Story {
    fn new() -> Self {
        let mut s = Story { visit: Visit::new(Timings::default()), asked: Vec::new(), millis: 0 };
        s.pass(1);
        s.put(Input::Camera(CameraNews::Live));
        s
    }

    fn put(&mut self, input: Input) {
        let effects = self.visit.step(input);
        self.asked.extend(effects);
    }

    fn pass(&mut self, millis: u64) {
        self.millis += millis;
        self.put(Input::Tick(Moment { millis: self.millis, day: DAY }));
    }

    fn touch(&mut self, touch: Touch) {
        self.put(Input::Touch(touch));
    }

    fn answer(&mut self, reply: Reply) {
        self.put(Input::Reply(self.visit.ticket(), reply));
    }

    fn until_capture(&mut self) {
        self.put(Input::Code(b"code".to_vec()));
        self.answer(Reply::Code(CodeOutcome::Matched(Box::new(subject()))));
        self.touch(Touch::Consent(Consent::Service));
        self.touch(Touch::Consent(Consent::Comparison));
        self.touch(Touch::Start);
    }

    fn until_pick(&mut self, verdict: Verdict) {
        self.until_capture();
        let ready = Live { faces: 1, ready: true, ..Live::default() };
        self.put(Input::Live(ready));
        self.pass(900);
        self.answer(Reply::Burst(vec![shot(1, verdict), shot(2, verdict), shot(3, verdict)]));
    }

    fn until_result(&mut self) {
        self.until_pick(Verdict::Pass);
        self.touch(Touch::Use);
        self.answer(Reply::Compared(Compared {
            band: ComparisonBand::Pass,
            score_tenths: Some(920),
            same_photo: false,
        }));
        self.touch(Touch::Make);
        let made = Made { portrait: FrameId(9), bytes: 33_000, checks: Vec::new() };
        self.answer(Reply::Make(MakeOutcome::Made(made)));
    }

    fn asked_for(&self, what: impl Fn(&Effect) -> bool) -> usize {
        self.asked.iter().filter(|e| what(e)).count()
    }
}

#[test]
fn the_common_visit_takes_six_touches_and_ends_with_a_receipt() {
    let mut s = Story::new();
    s.until_result();
    s.touch(Touch::Submit);
    s.answer(Reply::Stored(StoreOutcome::Stored(Receipt {
        number: "K7-1".into(),
        page: String::new(),
        uploaded: false,
    })));
    assert!(matches!(s.visit.stage(), Stage::Receipt(_)));
    // Two consents, start, use, make, submit.
    assert_eq!(s.asked_for(|e| matches!(e, Effect::RecordProduced { .. })), 1);
    s.pass(Timings::default().receipt);
    assert!(matches!(s.visit.stage(), Stage::Scan(_)));
    assert!(s.visit.subject().is_none());
    assert_eq!(s.asked.iter().filter(|e| **e == Effect::Wipe).count(), 1);
}

#[test]
fn nothing_starts_without_the_service_consent() {
    let mut s = Story::new();
    s.put(Input::Code(b"code".to_vec()));
    s.answer(Reply::Code(CodeOutcome::Matched(Box::new(subject()))));
    s.touch(Touch::Consent(Consent::Comparison));
    s.touch(Touch::Start);
    assert!(matches!(s.visit.stage(), Stage::Identity(_)));
    assert_eq!(s.asked_for(|e| matches!(e, Effect::Watch(Watch::Face))), 0);
}

#[test]
fn without_consent_to_compare_nothing_is_compared() {
    let mut s = Story::new();
    s.put(Input::Code(b"code".to_vec()));
    s.answer(Reply::Code(CodeOutcome::Matched(Box::new(subject()))));
    s.touch(Touch::Consent(Consent::Service));
    s.touch(Touch::Start);
    s.touch(Touch::Shutter);
    s.answer(Reply::Burst(vec![shot(1, Verdict::Pass)]));
    s.touch(Touch::Use);
    assert_eq!(s.asked_for(|e| matches!(e, Effect::Compare(..))), 0);
    assert!(matches!(s.visit.stage(), Stage::Pick(p) if p.phase == PickPhase::Confirming));
}

#[test]
fn a_wrong_code_is_explained_and_not_looked_up_again_with_every_frame() {
    let mut s = Story::new();
    for _ in 0..5 {
        s.put(Input::Code(b"other".to_vec()));
        s.answer(Reply::Code(CodeOutcome::Refused { code: "code.other_task".into(), args: Vec::new() }));
    }
    assert_eq!(s.asked_for(|e| matches!(e, Effect::Match(..))), 1);
    assert!(matches!(s.visit.stage(), Stage::Scan(scan) if scan.notice.is_some()));
}

#[test]
fn a_blocked_picture_needs_staff_and_production_is_then_not_strict() {
    let mut s = Story::new();
    s.until_pick(Verdict::Block);
    s.touch(Touch::Use);
    assert_eq!(s.asked_for(|e| matches!(e, Effect::Compare(..))), 0, "a blocked frame cannot be used");
    s.touch(Touch::AskTeacher);
    for d in [1, 2, 3, 4, 5, 6] {
        s.touch(Touch::Digit(d));
    }
    let staff = collection::StaffId::new("zhou").expect("a slug");
    s.answer(Reply::Pin(PinOutcome::Known { staff, name: "周老师".into() }));
    s.touch(Touch::Reason(0));
    s.touch(Touch::Accept);
    assert_eq!(
        s.asked_for(|e| matches!(e, Effect::RecordOverride { checks, .. } if checks == &["HeadPoseRoll"])),
        1
    );
    s.touch(Touch::Use);
    s.answer(Reply::Compared(Compared {
        band: ComparisonBand::Manual,
        score_tenths: Some(700),
        same_photo: false,
    }));
    s.touch(Touch::Make);
    assert_eq!(s.asked_for(|e| matches!(e, Effect::Make { strict: false, .. })), 1);
}

#[test]
fn choosing_another_frame_takes_the_override_back() {
    let mut s = Story::new();
    s.until_pick(Verdict::Block);
    let Stage::Pick(pick) = &mut s.visit.stage else { panic!("D") };
    pick.overridden = Some(Override {
        staff: collection::StaffId::new("zhou").expect("a slug"),
        name: String::new(),
        reason: String::new(),
    });
    s.touch(Touch::Choose(1));
    assert!(matches!(s.visit.stage(), Stage::Pick(p) if p.blocked()));
}

#[test]
fn a_failed_comparison_costs_no_production_and_the_third_goes_to_the_registry() {
    let mut s = Story::new();
    s.until_pick(Verdict::Pass);
    let below = Compared { band: ComparisonBand::Below, score_tenths: Some(300), same_photo: false };
    for _ in 0..3 {
        s.touch(Touch::Use);
        s.answer(Reply::Compared(below));
        s.touch(Touch::Retake);
        s.touch(Touch::Shutter);
        s.answer(Reply::Burst(vec![shot(1, Verdict::Pass)]));
    }
    assert_eq!(s.asked_for(|e| matches!(e, Effect::RecordComparisonFailed { .. })), 3);
    assert_eq!(s.asked_for(|e| matches!(e, Effect::RecordProduced { .. })), 0);
    assert!(matches!(s.visit.stage(), Stage::Sentence(x) if x.sentence.code == "rights.comparison_case"));
}

#[test]
fn an_edit_of_the_admission_photo_is_stopped_however_alike_it_is() {
    let mut s = Story::new();
    s.until_pick(Verdict::Pass);
    s.touch(Touch::Use);
    s.answer(Reply::Compared(Compared {
        band: ComparisonBand::Pass,
        score_tenths: Some(999),
        same_photo: true,
    }));
    assert!(matches!(s.visit.stage(), Stage::Pick(p) if matches!(p.phase, PickPhase::ComparisonFailed(_))));
}

#[test]
fn a_late_reply_of_the_last_visit_touches_nothing() {
    let mut s = Story::new();
    s.until_capture();
    s.touch(Touch::Shutter);
    let late = s.visit.ticket();
    s.touch(Touch::Exit);
    s.until_capture();
    s.put(Input::Reply(late, Reply::Burst(vec![shot(1, Verdict::Pass)])));
    assert!(matches!(s.visit.stage(), Stage::Capture(c) if !c.taking));
}

#[test]
fn a_store_that_fails_keeps_the_portrait_and_says_so() {
    let mut s = Story::new();
    s.until_result();
    s.touch(Touch::Submit);
    s.answer(Reply::Stored(StoreOutcome::Failed { code: "store.disk_full".into() }));
    assert!(matches!(s.visit.stage(), Stage::Result(r) if r.failure.is_some() && !r.submitting));
    assert_eq!(s.asked_for(|e| *e == Effect::Wipe), 0);
}

#[test]
fn the_fourth_production_of_a_day_is_told_when_it_reopens() {
    let mut s = Story::new();
    s.until_result();
    for _ in 0..2 {
        s.touch(Touch::Retake);
        s.touch(Touch::Shutter);
        s.answer(Reply::Burst(vec![shot(1, Verdict::Pass)]));
        s.touch(Touch::Use);
        s.answer(Reply::Compared(Compared {
            band: ComparisonBand::Pass,
            score_tenths: Some(920),
            same_photo: false,
        }));
        s.touch(Touch::Make);
        let made = Made { portrait: FrameId(9), bytes: 33_000, checks: Vec::new() };
        s.answer(Reply::Make(MakeOutcome::Made(made)));
    }
    s.touch(Touch::Retake);
    let Stage::Result(result) = s.visit.stage() else { panic!("the third portrait stays") };
    let sentence = result.failure.as_ref().expect("the quota is used");
    assert_eq!(sentence.code, "rights.quota_used");
    assert!(sentence.args.iter().any(|(k, v)| *k == "reopens" && v == "2027-05-13"));
}

#[test]
fn a_student_who_is_not_on_the_admission_photo_is_sent_to_the_registry_and_nothing_is_handed_in() {
    let mut s = Story::new();
    s.until_result();
    s.touch(Touch::NotMe);
    assert!(matches!(s.visit.stage(), Stage::Sentence(x) if x.sentence.code == "compare.not_me"));
    assert_eq!(s.asked_for(|e| matches!(e, Effect::Submit { .. })), 0);
}

#[test]
fn who_does_not_agree_is_told_that_a_teacher_can_help() {
    let mut s = Story::new();
    s.put(Input::Code(b"code".to_vec()));
    s.answer(Reply::Code(CodeOutcome::Matched(Box::new(subject()))));
    s.touch(Touch::ByHand);
    assert!(matches!(s.visit.stage(), Stage::Sentence(x) if x.sentence.code == "visit.consent_refused"));
}

#[test]
fn walking_away_covers_and_then_wipes() {
    let mut s = Story::new();
    s.until_pick(Verdict::Pass);
    s.pass(Timings::default().idle);
    assert!(matches!(s.visit.cover(), Some(Cover::Idle { .. })));
    s.pass(Timings::default().countdown);
    assert!(s.visit.subject().is_none() && matches!(s.visit.stage(), Stage::Scan(_)));
}

#[test]
fn my_tasks_needs_the_second_factor_and_five_wrong_ones_lock() {
    let mut s = Story::new();
    s.touch(Touch::MyTasks);
    s.put(Input::Code(b"code".to_vec()));
    s.answer(Reply::Code(CodeOutcome::Matched(Box::new(subject()))));
    assert!(matches!(s.visit.stage(), Stage::Birth(_)));
    for d in [0, 2, 3, 0] {
        s.touch(Touch::Digit(d));
    }
    assert_eq!(s.asked_for(|e| matches!(e, Effect::CheckBirth(_, _, mmdd) if mmdd == "0230")), 1);
    s.answer(Reply::Birth(Err(0)));
    assert!(matches!(s.visit.stage(), Stage::Sentence(_)));
}

#[test]
fn a_lost_camera_covers_the_scanner_and_comes_back_by_itself() {
    let mut s = Story::new();
    s.put(Input::Camera(CameraNews::Lost { code: "camera.unplugged".into() }));
    assert!(matches!(s.visit.cover(), Some(Cover::CameraLost { .. })));
    s.put(Input::Camera(CameraNews::Live));
    assert!(s.visit.cover().is_none());
}

#[test]
fn pictures_that_come_too_late_are_overwritten() {
    let mut s = Story::new();
    s.until_capture();
    s.touch(Touch::Shutter);
    let late = s.visit.ticket();
    s.touch(Touch::Exit);
    s.put(Input::Reply(late, Reply::Burst(vec![shot(5, Verdict::Pass)])));
    assert_eq!(s.asked_for(|e| *e == Effect::Forget(vec![FrameId(5)])), 1);
}

#[test]
fn a_visit_left_while_the_camera_is_away_ends() {
    let mut s = Story::new();
    s.until_capture();
    s.put(Input::Camera(CameraNews::Lost { code: "camera.unplugged".into() }));
    s.pass(Timings::default().idle + Timings::default().countdown);
    assert!(s.visit.subject().is_none());
    assert!(matches!(s.visit.cover(), Some(Cover::CameraLost { .. })), "the camera is still away");
}

#[test]
fn the_shutter_rests_under_the_idle_cover() {
    let mut s = Story::new();
    s.until_capture();
    s.pass(Timings::default().idle);
    s.put(Input::Live(Live { faces: 1, ready: true, ..Live::default() }));
    s.pass(1_000);
    assert_eq!(s.asked_for(|e| matches!(e, Effect::Burst(..))), 0);
}

#[test]
fn a_burst_without_frames_says_so() {
    let mut s = Story::new();
    s.until_capture();
    s.touch(Touch::Shutter);
    s.answer(Reply::Burst(Vec::new()));
    assert!(matches!(s.visit.stage(), Stage::Sentence(x) if x.sentence.code == "visit.no_frames"));
    s.touch(Touch::Primary);
    assert!(matches!(s.visit.stage(), Stage::Capture(_)));
}

#[test]
fn a_rejected_student_can_go_on_from_my_tasks() {
    let mut s = Story::new();
    s.touch(Touch::MyTasks);
    s.put(Input::Code(b"code".to_vec()));
    s.answer(Reply::Code(CodeOutcome::Matched(Box::new(subject()))));
    for d in [0, 2, 2, 9] {
        s.touch(Touch::Digit(d));
    }
    s.answer(Reply::Birth(Ok(())));
    s.touch(Touch::Retake);
    assert!(matches!(s.visit.stage(), Stage::Identity(_)));
}

fn any_touch() -> impl Strategy<Value = Touch> {
    prop_oneof![
        Just(Touch::Help),
        Just(Touch::MyTasks),
        Just(Touch::Consent(Consent::Service)),
        Just(Touch::Consent(Consent::Comparison)),
        Just(Touch::Start),
        Just(Touch::NotMe),
        Just(Touch::ByHand),
        Just(Touch::Shutter),
        (0usize..5).prop_map(Touch::Choose),
        Just(Touch::Use),
        Just(Touch::Retake),
        Just(Touch::Make),
        Just(Touch::AskTeacher),
        (0u8..12).prop_map(Touch::Digit),
        Just(Touch::Backspace),
        Just(Touch::Clear),
        (0usize..6).prop_map(Touch::Reason),
        Just(Touch::Accept),
        Just(Touch::Submit),
        Just(Touch::Done),
        Just(Touch::Back),
        Just(Touch::Exit),
        Just(Touch::StillHere),
        Just(Touch::Primary),
        Just(Touch::Language),
    ]
}

fn any_reply() -> impl Strategy<Value = Reply> {
    prop_oneof![
        Just(Reply::Code(CodeOutcome::Matched(Box::new(subject())))),
        Just(Reply::Code(CodeOutcome::Refused { code: "code.expired".into(), args: Vec::new() })),
        Just(Reply::Birth(Ok(()))),
        (0u32..5).prop_map(|n| Reply::Birth(Err(n))),
        prop::sample::select(vec![Verdict::Pass, Verdict::Warn, Verdict::Block])
            .prop_map(|v| Reply::Burst(vec![shot(1, v), shot(2, v)])),
        Just(Reply::Burst(Vec::new())),
        prop::sample::select(vec![ComparisonBand::Pass, ComparisonBand::Below, ComparisonBand::Manual])
            .prop_map(|band| Reply::Compared(Compared { band, score_tenths: Some(1), same_photo: false })),
        Just(Reply::Make(MakeOutcome::Made(Made { portrait: FrameId(9), bytes: 1, checks: Vec::new() }))),
        Just(Reply::Make(MakeOutcome::Refused { code: "refusal.several_faces".into(), args: Vec::new() })),
        Just(Reply::Pin(PinOutcome::Wrong)),
        Just(Reply::Stored(StoreOutcome::Failed { code: "store.disk_full".into() })),
        Just(Reply::Stored(StoreOutcome::Stored(Receipt {
            number: "K".into(),
            page: String::new(),
            uploaded: false
        }))),
        Just(Reply::Tasks(Vec::new())),
    ]
}

fn any_input() -> impl Strategy<Value = Input> {
    prop_oneof![
        6 => any_touch().prop_map(Input::Touch),
        4 => (any_reply(), 0u64..3, 0u32..12)
            .prop_map(|(r, v, g)| Input::Reply(Ticket { visit: v, generation: g }, r)),
        1 => prop::collection::vec(any::<u8>(), 0..8).prop_map(Input::Code),
        1 => (0u64..200_000).prop_map(|millis| Input::Tick(Moment { millis, day: DAY })),
        1 => any::<bool>().prop_map(|ready| Input::Live(Live { faces: 1, ready, ..Live::default() })),
        1 => Just(Input::Camera(CameraNews::Lost { code: "camera.unplugged".into() })),
        1 => Just(Input::Camera(CameraNews::Live)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn no_order_of_inputs_panics_and_a_foreign_ticket_changes_nothing(
        inputs in prop::collection::vec((any_input(), any::<bool>()), 0..60)
    ) {
        let mut visit = Visit::new(Timings::default());
        for (input, current) in inputs {
            let input = match input {
                Input::Reply(_, reply) if current => Input::Reply(visit.ticket(), reply),
                other => other,
            };
            let foreign = matches!(&input, Input::Reply(ticket, _) if *ticket != visit.ticket());
            let before = format!("{visit:?}");
            let effects = visit.step(input);
            if foreign {
                prop_assert!(effects.iter().all(|e| matches!(e, Effect::Forget(_))));
                prop_assert_eq!(before, format!("{visit:?}"));
            }
        }
        visit.step(Input::Touch(Touch::Exit));
        prop_assert!(visit.subject().is_none());
        let left = format!("{visit:?}");
        prop_assert!(!left.contains("林"), "the last student's name is still there");
    }
}
