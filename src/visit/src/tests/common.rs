//! The common visit and what may go wrong on it, one scenario a test.

use super::world::*;
use crate::*;
use collection::ComparisonBand;
use sentences::codes;
use standard::Verdict;

fn production(request: &Request) -> Option<&ProductionRequest> {
    if let Request::Production(asked) = request { Some(&asked.request) } else { None }
}

fn records(request: &Request) -> Option<&RecordsRequest> {
    if let Request::Records(asked) = request { Some(&asked.request) } else { None }
}

fn happened(request: &Request) -> Option<&JournalEvent> {
    if let Request::Journal(JournalRequest::Happened(_, event)) = request { Some(event) } else { None }
}

#[test]
fn the_common_visit_takes_six_touches_and_ends_with_a_receipt() {
    let mut s = Scenario::new();
    s.until_result();
    s.touch(Touch::Submit);
    s.answer(Reply::Stored(StoreOutcome::Stored(Receipt {
        number: "K7-1".into(),
        page: String::new(),
        uploaded: false,
    })));
    assert!(matches!(s.visit.stage(), Stage::Receipt(_)));
    // Two consents, start, use, make, submit.
    assert_eq!(s.asked_for(|e| matches!(e, Request::Journal(JournalRequest::Produced(_)))), 1);
    s.pass(Timings::default().receipt);
    assert!(matches!(s.visit.stage(), Stage::Scan(_)));
    assert!(s.visit.subject().is_none());
    assert_eq!(s.asked_for(is_wipe), 1);
}

#[test]
fn nothing_starts_without_the_service_consent() {
    let mut s = Scenario::new();
    s.put(Input::Code(b"code".to_vec().into()));
    s.answer(Reply::Code(CodeOutcome::Matched(Box::new(subject()))));
    s.touch(Touch::Consent(Consent::Comparison));
    s.touch(Touch::Start);
    assert!(matches!(s.visit.stage(), Stage::Identity(_)));
    assert_eq!(s.asked_for(|e| matches!(e, Request::Watch(Watch::Face(_)))), 0);
}

#[test]
fn without_consent_to_compare_nothing_is_compared() {
    let mut s = Scenario::new();
    s.put(Input::Code(b"code".to_vec().into()));
    s.answer(Reply::Code(CodeOutcome::Matched(Box::new(subject()))));
    s.touch(Touch::Consent(Consent::Service));
    s.touch(Touch::Start);
    s.touch(Touch::Shutter);
    s.answer(Reply::Burst(vec![shot(1, Verdict::Pass)]));
    s.touch(Touch::Use);
    assert_eq!(s.asked_for(|e| matches!(production(e), Some(ProductionRequest::Compare { .. }))), 0);
    assert!(matches!(s.visit.stage(), Stage::Pick(p) if p.phase == PickPhase::Confirming));
}

#[test]
fn a_wrong_code_is_explained_and_not_looked_up_again_with_every_frame() {
    let mut s = Scenario::new();
    for _ in 0..5 {
        s.put(Input::Code(b"other".to_vec().into()));
        s.answer(Reply::Code(CodeOutcome::Refused(Sentence::plain(codes::CODE_OTHER_TASK))));
    }
    assert_eq!(s.asked_for(|e| matches!(records(e), Some(RecordsRequest::Match(_)))), 1);
    assert!(matches!(s.visit.stage(), Stage::Scan(scan) if scan.notice.is_some()));
}

#[test]
fn a_blocked_picture_needs_staff_and_production_is_then_not_strict() {
    let mut s = Scenario::new();
    s.until_pick(Verdict::Block);
    s.touch(Touch::Use);
    assert_eq!(
        s.asked_for(|e| matches!(production(e), Some(ProductionRequest::Compare { .. }))),
        0,
        "a blocked frame cannot be used"
    );
    s.touch(Touch::AskTeacher);
    for d in [1, 2, 3, 4, 5, 6] {
        s.touch(Touch::Key(Keystroke::Digit(d)));
    }
    let staff = collection::StaffId::new("zhou").expect("a slug");
    s.answer(Reply::Pin(PinOutcome::Known { staff, name: "周老师".into() }));
    s.touch(Touch::Reason(0));
    s.touch(Touch::Accept);
    assert_eq!(
        s.asked_for(|e| matches!(happened(e), Some(JournalEvent::Overridden { checks, .. }) if checks == &["HeadPoseRoll"])),
        1
    );
    s.touch(Touch::Use);
    s.answer(Reply::Compared(Compared {
        band: ComparisonBand::Manual,
        score_tenths: Some(700),
        same_photo: false,
    }));
    s.touch(Touch::Make);
    assert_eq!(
        s.asked_for(|e| matches!(production(e), Some(ProductionRequest::Make { strict: false, .. }))),
        1
    );
}

#[test]
fn choosing_another_frame_takes_the_override_back() {
    let mut s = Scenario::new();
    s.until_pick(Verdict::Block);
    let stage = s.visit.session.as_mut().map(|session| &mut session.stage);
    let Some(Stage::Pick(pick)) = stage else { panic!("a choice") };
    pick.overridden = Some(Override {
        staff: collection::StaffId::new("zhou").expect("a slug"),
        name: String::new(),
        reason: codes::OVERRIDE_REASON_LOOKED_AT,
    });
    s.touch(Touch::Choose(1));
    assert!(matches!(s.visit.stage(), Stage::Pick(p) if p.blocked()));
}

#[test]
fn a_failed_comparison_costs_no_production_and_the_third_goes_to_the_registry() {
    let mut s = Scenario::new();
    s.until_pick(Verdict::Pass);
    let below = Compared { band: ComparisonBand::Below, score_tenths: Some(300), same_photo: false };
    for _ in 0..3 {
        s.touch(Touch::Use);
        s.answer(Reply::Compared(below));
        s.touch(Touch::Retake);
        s.touch(Touch::Shutter);
        s.answer(Reply::Burst(vec![shot(1, Verdict::Pass)]));
    }
    assert_eq!(s.asked_for(|e| matches!(happened(e), Some(JournalEvent::ComparisonFailed { .. }))), 3);
    assert_eq!(s.asked_for(|e| matches!(e, Request::Journal(JournalRequest::Produced(_)))), 0);
    assert!(
        matches!(s.visit.stage(), Stage::Sentence(x) if x.sentence.code == codes::RIGHTS_COMPARISON_CASE)
    );
}

#[test]
fn an_edit_of_the_admission_photo_is_stopped_however_alike_it_is() {
    let mut s = Scenario::new();
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
    let mut s = Scenario::new();
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
    let mut s = Scenario::new();
    s.until_result();
    s.touch(Touch::Submit);
    s.answer(Reply::Stored(StoreOutcome::Failed(Sentence::plain(codes::STORE_DISK_FULL))));
    assert!(matches!(s.visit.stage(), Stage::Result(r) if r.failure.is_some() && !r.submitting));
    assert_eq!(s.asked_for(is_wipe), 0);
}

#[test]
fn the_fourth_production_of_a_day_is_told_when_it_reopens() {
    let mut s = Scenario::new();
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
    assert_eq!(sentence.code, codes::RIGHTS_QUOTA_USED);
    assert!(sentence.args.iter().any(|(k, v)| *k == "reopens" && v == "2027-05-13"));
}

#[test]
fn a_student_who_is_not_on_the_admission_photo_is_sent_to_the_registry_and_nothing_is_handed_in() {
    let mut s = Scenario::new();
    s.until_result();
    s.touch(Touch::NotMe);
    assert!(matches!(s.visit.stage(), Stage::Sentence(x) if x.sentence.code == codes::COMPARE_NOT_ME));
    assert_eq!(s.asked_for(|e| matches!(records(e), Some(RecordsRequest::Submit(_)))), 0);
}

#[test]
fn who_does_not_agree_is_told_that_a_teacher_can_help() {
    let mut s = Scenario::new();
    s.put(Input::Code(b"code".to_vec().into()));
    s.answer(Reply::Code(CodeOutcome::Matched(Box::new(subject()))));
    s.touch(Touch::RefuseConsent);
    assert!(matches!(s.visit.stage(), Stage::Sentence(x) if x.sentence.code == codes::VISIT_CONSENT_REFUSED));
}

#[test]
fn walking_away_covers_and_then_wipes() {
    let mut s = Scenario::new();
    s.until_pick(Verdict::Pass);
    s.pass(Timings::default().idle);
    assert!(matches!(s.visit.cover(), Some(Cover::Idle { .. })));
    s.pass(Timings::default().countdown);
    assert!(s.visit.subject().is_none() && matches!(s.visit.stage(), Stage::Scan(_)));
}

#[test]
fn my_tasks_needs_the_second_factor_and_five_wrong_ones_lock() {
    let mut s = Scenario::new();
    s.touch(Touch::MyTasks);
    s.put(Input::Code(b"code".to_vec().into()));
    s.answer(Reply::Code(CodeOutcome::Matched(Box::new(subject()))));
    assert!(matches!(s.visit.stage(), Stage::Birth(_)));
    for d in [0, 2, 2, 8] {
        s.touch(Touch::Key(Keystroke::Digit(d)));
    }
    assert_eq!(
        s.asked_for(|e| matches!(records(e), Some(RecordsRequest::CheckBirth(_, mmdd)) if **mmdd == "0228")),
        1
    );
    s.answer(Reply::Birth(Err(0)));
    assert!(matches!(s.visit.stage(), Stage::Sentence(_)));
}

#[test]
fn a_lost_camera_covers_the_scanner_and_comes_back_by_itself() {
    let mut s = Scenario::new();
    s.put(Input::Camera(CameraNews::Lost { code: codes::CAMERA_UNPLUGGED }));
    assert!(matches!(s.visit.cover(), Some(Cover::CameraLost { .. })));
    s.put(Input::Camera(CameraNews::Live));
    assert!(s.visit.cover().is_none());
}

#[test]
fn pictures_that_come_too_late_are_overwritten() {
    let mut s = Scenario::new();
    s.until_capture();
    s.touch(Touch::Shutter);
    let late = s.visit.ticket();
    s.touch(Touch::Exit);
    s.put(Input::Reply(late, Reply::Burst(vec![shot(5, Verdict::Pass)])));
    assert_eq!(s.asked_for(|e| *e == Request::Ui(UiRequest::Forget(vec![FrameId(5)]))), 1);
}

#[test]
fn a_visit_left_while_the_camera_is_away_ends() {
    let mut s = Scenario::new();
    s.until_capture();
    s.put(Input::Camera(CameraNews::Lost { code: codes::CAMERA_UNPLUGGED }));
    s.pass(Timings::default().idle + Timings::default().countdown);
    assert!(s.visit.subject().is_none());
    assert!(matches!(s.visit.cover(), Some(Cover::CameraLost { .. })), "the camera is still away");
}

#[test]
fn the_shutter_rests_under_the_idle_cover() {
    let mut s = Scenario::new();
    s.until_capture();
    s.pass(Timings::default().idle);
    s.put(Input::Live(Live { faces: 1, ready: true, ..Live::default() }));
    s.pass(1_000);
    assert_eq!(s.asked_for(|e| matches!(production(e), Some(ProductionRequest::Burst { .. }))), 0);
}

#[test]
fn a_burst_without_frames_says_so() {
    let mut s = Scenario::new();
    s.until_capture();
    s.touch(Touch::Shutter);
    s.answer(Reply::Burst(Vec::new()));
    assert!(matches!(s.visit.stage(), Stage::Sentence(x) if x.sentence.code == codes::VISIT_NO_FRAMES));
    s.touch(Touch::Primary);
    assert!(matches!(s.visit.stage(), Stage::Capture(_)));
}

#[test]
fn a_rejected_student_can_go_on_from_my_tasks() {
    let mut s = Scenario::new();
    s.touch(Touch::MyTasks);
    s.put(Input::Code(b"code".to_vec().into()));
    s.answer(Reply::Code(CodeOutcome::Matched(Box::new(subject()))));
    for d in [0, 2, 2, 9] {
        s.touch(Touch::Key(Keystroke::Digit(d)));
    }
    s.answer(Reply::Birth(Ok(())));
    s.touch(Touch::Retake);
    assert!(matches!(s.visit.stage(), Stage::Identity(_)));
}

#[test]
fn a_clock_that_goes_back_keeps_nobody_s_data_on_the_screen() {
    let mut s = Scenario::new();
    s.pass(500_000);
    s.until_capture();
    s.put(Input::Tick(Moment { millis: 0, day: DAY }));
    s.pass(Timings::default().idle);
    s.pass(Timings::default().countdown);
    assert!(s.visit.subject().is_none());
}

#[test]
fn a_short_slip_does_not_begin_the_hold_anew_and_a_long_one_does() {
    let live = |ready| Input::Live(Live { faces: 1, ready, ..Live::default() });
    let holding = |slip: u64| {
        let mut s = Scenario::new();
        s.until_capture();
        s.put(live(true));
        s.pass(500);
        s.put(live(false));
        s.pass(slip);
        s.put(live(false));
        s.put(live(true));
        s.pass(400);
        s.asked_for(|e| matches!(production(e), Some(ProductionRequest::Burst { .. })))
    };
    assert_eq!((holding(100), holding(600)), (1, 0));
}

#[test]
fn a_second_face_is_no_slip() {
    let mut s = Scenario::new();
    s.until_capture();
    s.put(Input::Live(Live { faces: 1, ready: true, ..Live::default() }));
    s.pass(700);
    s.put(Input::Live(Live { faces: 2, ready: false, ..Live::default() }));
    s.pass(200);
    assert_eq!(s.asked_for(|e| matches!(production(e), Some(ProductionRequest::Burst { .. }))), 0);
}
