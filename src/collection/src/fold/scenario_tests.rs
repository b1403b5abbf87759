//! Scenarios of one enrolment, one test each.

use super::*;
use crate::rights::{Act, Actor, permits, submission_act};
use crate::{
    CENTRAL, CaseKind, Category, Comparing, ComparisonBand, DeviceId, EntryId, Hlc, PictureHash,
    ReviewOutcome, Settings, StaffId, Task, TaskId, quota,
};
use jiff::civil::{Date, date};
use sentences::{Code, codes};

const ID: EnrolmentId = EnrolmentId::from_bytes([1; 16]);
const DAY: Date = date(2026, 3, 10);

pub(crate) fn task() -> Task {
    Task {
        id: TaskId::new("spring-2026").unwrap(),
        version: 1,
        school: "示范大学".to_owned(),
        school_code: "99001".to_owned(),
        name: "2026 届毕业生图像采集".to_owned(),
        category: Category::Undergraduate,
        notice: "请按通知时间到馆拍摄。".to_owned(),
        notice_version: 1,
        purposes: vec!["学历证书电子注册".to_owned()],
        preset: "chsi".to_owned(),
        background: standard::BackgroundName::literal("blue"),
        opens: date(2026, 3, 1),
        closes: date(2026, 3, 31),
        time_zone: "Asia/Shanghai".to_owned(),
        registry_phone: "8000".to_owned(),
        settings: Settings::default(),
        comparing: Comparing::default(),
        payment: vec![crate::PaymentMode::SchoolPays],
        ctid: false,
        show_admission_photo: true,
        decoders: vec![crate::Decoder::Token],
        matching_key: "11".repeat(32),
    }
}

/// A journal being written, one entry a line, a minute apart.
#[derive(Default)]
struct Journal(Vec<Entry>);

impl Journal {
    fn write(&mut self, device: &str, about: Option<EntryId>, kind: Kind) -> EntryId {
        let number = self.0.len() as u64 + 1;
        let id = EntryId(uuid::Uuid::from_u128(u128::from(number)));
        self.0.push(Entry {
            id,
            about,
            enrolment: ID,
            task: task().id,
            task_version: 1,
            device: DeviceId::new(device).unwrap(),
            sequence: number,
            clock: Hlc { millis: number * 60_000, counter: 0 },
            doubtful: false,
            kind,
        });
        id
    }

    fn produce(&mut self, device: &str) -> EntryId {
        self.write(device, None, Kind::Produced { day: DAY, comparison: ComparisonBand::Pass })
    }

    fn hand_in(&mut self, device: &str) -> EntryId {
        let produced = self.produce(device);
        let seed = [self.0.len() as u8];
        let kind = Kind::Submitted {
            portrait: PictureHash::of(&seed),
            original: PictureHash::of(&[seed[0], 0]),
            preset: String::new(),
            comparison: ComparisonBand::Pass,
            score_tenths: Some(900),
            replaces: self.state().candidate().map(|c| c.id),
        };
        self.write(device, Some(produced), kind)
    }

    fn approve(&mut self, submitted: EntryId) {
        self.write(CENTRAL, Some(submitted), Kind::Reviewed(ReviewOutcome::Approved));
    }

    fn reject(&mut self, submitted: EntryId) {
        let outcome = ReviewOutcome::Rejected { reason: "review.ears_covered".to_owned() };
        self.write(CENTRAL, Some(submitted), Kind::Reviewed(outcome));
    }

    fn state(&self) -> Enrolment {
        fold(ID, &self.0, &Versions::of(&task()))
    }

    fn photo(&self) -> PhotoState {
        self.state().photo_state(Durable::Server)
    }

    fn may(&self, act: Act) -> Result<(), Code> {
        permits(Actor::Verified, act, &self.state(), &task(), DAY).map_err(|r| r.reason.code())
    }
}

#[test]
fn three_productions_a_day_and_the_fourth_is_told_when_it_reopens() {
    let mut j = Journal::default();
    for left in [3, 2, 1] {
        assert_eq!(quota::productions_left(&j.state(), &task(), DAY), left);
        j.produce("kiosk-1");
    }
    let refusal = permits(Actor::Verified, Act::Produce, &j.state(), &task(), DAY).unwrap_err();
    assert_eq!(refusal.code(), codes::RIGHTS_QUOTA_USED);
    assert_eq!(refusal.reopens(), Some(date(2026, 3, 11).at(0, 0, 0, 0)));
    assert_eq!(permits(Actor::Verified, Act::Produce, &j.state(), &task(), date(2026, 3, 11)), Ok(()));
}

#[test]
fn on_the_last_day_a_used_quota_does_not_reopen() {
    let state = (0..3).fold(Enrolment::new(ID), |mut s, _| {
        s.count_production(task().closes);
        s
    });
    let refusal = permits(Actor::Verified, Act::Produce, &state, &task(), task().closes).unwrap_err();
    assert_eq!((refusal.code(), refusal.reopens()), (codes::RIGHTS_QUOTA_USED_LAST_DAY, None));
}

#[test]
fn staff_adds_one_production() {
    let mut j = Journal::default();
    for _ in 0..3 {
        j.produce("kiosk-1");
    }
    assert_eq!(j.may(Act::Produce), Err(codes::RIGHTS_QUOTA_USED));
    j.write("kiosk-1", None, Kind::ProductionGranted { staff: StaffId::new("lin").unwrap(), day: DAY });
    assert_eq!(j.may(Act::Produce), Ok(()));
}

#[test]
fn surplus_productions_of_two_offline_kiosks_are_only_counted() {
    let mut j = Journal::default();
    for _ in 0..3 {
        j.produce("kiosk-1");
    }
    for _ in 0..2 {
        j.produce("kiosk-2");
    }
    assert_eq!(j.state().productions_on(DAY), 5);
    assert!(j.state().cases.is_empty() && j.state().ignored.is_empty());
    assert_eq!(quota::productions_left(&j.state(), &task(), DAY), 0);
}

#[test]
fn one_replacement_before_review_begins() {
    let mut j = Journal::default();
    let first = j.hand_in("kiosk-1");
    assert_eq!((submission_act(&j.state()), j.may(Act::Replace)), (Act::Replace, Ok(())));
    let second = j.hand_in("kiosk-1");
    assert_eq!(j.state().candidate().unwrap().id, second);
    assert_ne!(first, second);
    assert_eq!(j.may(Act::Replace), Err(codes::RIGHTS_REPLACEMENT_USED));
    assert_eq!(j.may(Act::Produce), Err(codes::RIGHTS_REPLACEMENT_USED));
}

#[test]
fn no_replacement_once_review_began() {
    let mut j = Journal::default();
    let first = j.hand_in("kiosk-1");
    j.write(CENTRAL, Some(first), Kind::ReviewBegan);
    assert_eq!(j.may(Act::Replace), Err(codes::RIGHTS_REVIEW_BEGAN));
}

#[test]
fn two_resubmissions_after_a_rejection() {
    let mut j = Journal::default();
    let first = j.hand_in("kiosk-1");
    j.reject(first);
    for _ in 0..2 {
        assert_eq!(j.photo(), PhotoState::Rejected);
        assert_eq!((submission_act(&j.state()), j.may(Act::Resubmit)), (Act::Resubmit, Ok(())));
        let next = j.hand_in("kiosk-1");
        assert_eq!(j.photo(), PhotoState::AwaitingReview);
        j.reject(next);
    }
    assert_eq!(j.may(Act::Resubmit), Err(codes::RIGHTS_RESUBMISSIONS_USED));
}

#[test]
fn of_two_first_submissions_the_later_is_the_candidate() {
    let mut j = Journal::default();
    j.hand_in("kiosk-1");
    let later = j.hand_in("kiosk-2");
    let state = j.state();
    assert_eq!(state.candidate().unwrap().id, later);
    assert_eq!((state.replacements_used, state.cases.len()), (1, 0));
}

#[test]
fn of_two_first_submissions_with_review_begun_both_go_into_a_case() {
    let mut j = Journal::default();
    let first = j.hand_in("kiosk-1");
    j.write(CENTRAL, Some(first), Kind::ReviewBegan);
    let later = j.hand_in("kiosk-2");
    let state = j.state();
    assert_eq!(state.candidate().unwrap().id, first);
    assert_eq!(
        state.cases,
        [Case { kind: CaseKind::TwoSubmissions, about: vec![first, later], resolution: None }]
    );
    assert_eq!(state.submissions.len(), 2);
}

#[test]
fn three_failed_comparisons_are_the_registry_s() {
    let mut j = Journal::default();
    for _ in 0..3 {
        assert_eq!(j.may(Act::Produce), Ok(()));
        j.write("kiosk-1", None, Kind::ComparisonFailed { score_tenths: 412 });
    }
    assert_eq!(j.photo(), PhotoState::ReferredToRegistry);
    assert_eq!(j.may(Act::Produce), Err(codes::RIGHTS_COMPARISON_CASE));
    assert_eq!(j.state().cases[0].kind, CaseKind::ComparisonFailed);
}

#[test]
fn five_wrong_second_factors_lock_and_a_right_one_clears() {
    let mut j = Journal::default();
    for _ in 0..4 {
        j.write("kiosk-1", None, Kind::SecondFactorTried { right: false });
    }
    assert_eq!(quota::second_factor_left(&j.state()), 1);
    let mut cleared = Journal(j.0.clone());
    cleared.write("kiosk-1", None, Kind::SecondFactorTried { right: true });
    assert_eq!(quota::second_factor_left(&cleared.state()), 5);
    j.write("kiosk-2", None, Kind::SecondFactorTried { right: false });
    assert_eq!(j.may(Act::SecondFactor), Err(codes::RIGHTS_SECOND_FACTOR_LOCKED));
}

#[test]
fn the_task_s_days_are_kept() {
    let state = Enrolment::new(ID);
    let early = permits(Actor::Verified, Act::Produce, &state, &task(), date(2026, 2, 28)).unwrap_err();
    assert_eq!(
        (early.code(), early.reopens()),
        (codes::RIGHTS_NOT_OPEN, Some(date(2026, 3, 1).at(0, 0, 0, 0)))
    );
    assert_eq!(
        permits(Actor::Verified, Act::Produce, &state, &task(), date(2026, 4, 1)).unwrap_err().code(),
        codes::RIGHTS_CLOSED
    );
    assert_eq!(permits(Actor::Verified, Act::Produce, &state, &task(), date(2026, 3, 31)), Ok(()));
}

#[test]
fn a_portrait_passes_its_states_in_order() {
    let mut j = Journal::default();
    assert_eq!(j.photo(), PhotoState::AwaitingCapture);
    j.produce("kiosk-1");
    assert_eq!(j.photo(), PhotoState::MadeNotSubmitted);
    let submitted = j.hand_in("kiosk-1");
    let here = DeviceId::new("kiosk-1").unwrap();
    let offline = Durable::Kiosk { device: &here, sequence: 2 };
    assert_eq!(j.state().photo_state(offline), PhotoState::SavedAwaitingUpload);
    assert_eq!(
        j.state().photo_state(Durable::Kiosk { device: &here, sequence: 3 }),
        PhotoState::AwaitingReview
    );
    j.approve(submitted);
    assert_eq!((j.photo(), j.may(Act::Replace)), (PhotoState::Approved, Err(codes::RIGHTS_APPROVED)));
    j.write(CENTRAL, Some(submitted), Kind::HandedOver);
    assert_eq!(j.photo(), PhotoState::Checking);
    j.write(CENTRAL, Some(submitted), Kind::Published);
    assert_eq!((j.photo(), j.may(Act::Produce)), (PhotoState::Published, Err(codes::RIGHTS_PUBLISHED)));
}

#[test]
fn the_same_portrait_submitted_twice_counts_once() {
    let mut j = Journal::default();
    j.hand_in("kiosk-1");
    let again = j.0[1].clone();
    let repeated = j.write("kiosk-1", again.about, again.kind);
    assert_eq!(j.state().submissions.len(), 1);
    assert_eq!(j.state().ignored, [Ignored { entry: repeated, reason: IgnoreReason::Repeated }]);
}

#[test]
fn a_review_of_the_same_portrait_submitted_elsewhere_is_a_review_of_it() {
    let mut j = Journal::default();
    j.hand_in("kiosk-1");
    let again = j.0[1].clone();
    let repeated = j.write("kiosk-3", again.about, again.kind);
    j.write(CENTRAL, Some(repeated), Kind::ReviewBegan);
    assert_eq!(j.may(Act::Replace), Err(codes::RIGHTS_REVIEW_BEGAN));
}

#[test]
fn two_different_entries_under_one_id_are_a_case() {
    let mut j = Journal::default();
    j.produce("kiosk-1");
    let mut other = j.0[0].clone();
    other.sequence = 99;
    j.0.push(other);
    assert_eq!(j.state().productions_on(DAY), 0);
    assert_eq!(j.state().cases[0].kind, CaseKind::ContestedEntry);
}
