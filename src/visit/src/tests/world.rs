//! The world around a visit in a scenario: one task, one student, a clock, and whoever answers.

use crate::*;
use collection::{
    Category, Comparing, ComparisonBand, DeviceId, Disowned, Enrolment, EnrolmentId, Entry, EntryId, Hlc,
    Kind, Matching, PaymentMode, PictureHash, ReviewOutcome, RosterEntry, Settings, Task, TaskId,
    UniqueNumber,
};
use jiff::civil::{Date, date};
use standard::{BackgroundName, Check, CheckName, Phase, Preset, Threshold, Verdict};
use std::sync::{Arc, LazyLock};

pub(super) const DAY: Date = date(2027, 5, 12);

pub(super) fn task() -> Task {
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
        background: BackgroundName::literal("blue"),
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

/// The default standard, read once.
fn preset() -> Arc<Preset> {
    static PRESET: LazyLock<Arc<Preset>> = LazyLock::new(|| {
        let text = include_str!("../../../../kiosk-config/presets/chsi.toml");
        Arc::new(Preset::parse(text).expect("the default preset"))
    });
    Arc::clone(&PRESET)
}

pub(super) fn is_wipe(request: &Request) -> bool {
    *request == Request::Ui(UiRequest::Wipe)
}

pub(super) fn subject() -> Subject {
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
        admission_photo: Some(PictureHash::of(b"photo")),
    };
    Subject {
        task: task(),
        preset: preset(),
        entry,
        enrolment: Enrolment::new(enrolment),
        identified_by: IdentifiedBy::Code,
        admission_photo: None,
    }
}

pub(super) fn check(verdict: Verdict) -> Check {
    Check {
        name: CheckName::HeadPoseRoll,
        phase: Phase::Capture,
        value: Some(1.0),
        unit: CheckName::HeadPoseRoll.unit(),
        threshold: Threshold::default(),
        verdict,
        code: CheckName::HeadPoseRoll.code(),
    }
}

pub(super) fn shot(id: u64, verdict: Verdict) -> Assessed {
    Assessed { frame: FrameId(id), verdict, checks: vec![check(verdict)], rank: 0.0 }
}

/// Plays the outside: carries a visit forward and keeps what it asked for.
pub(super) struct Scenario {
    pub(super) visit: Visit,
    pub(super) asked: Vec<Request>,
    pub(super) millis: u64,
}

impl Scenario {
    pub(super) fn new() -> Self {
        let mut s = Scenario { visit: Visit::new(Timings::default()), asked: Vec::new(), millis: 0 };
        s.pass(1);
        s.put(Input::Camera(CameraNews::Live));
        s
    }

    pub(super) fn put(&mut self, input: Input) {
        let requests = self.visit.step(input);
        self.asked.extend(requests);
    }

    pub(super) fn pass(&mut self, millis: u64) {
        self.millis += millis;
        self.put(Input::Tick(Moment { millis: self.millis, day: DAY }));
    }

    pub(super) fn touch(&mut self, touch: Touch) {
        self.put(Input::Touch(touch));
    }

    pub(super) fn answer(&mut self, reply: Reply) {
        self.put(Input::Reply(self.visit.ticket(), reply));
    }

    pub(super) fn until_capture(&mut self) {
        self.put(Input::Code(b"code".to_vec().into()));
        self.answer(Reply::Code(CodeOutcome::Matched(Box::new(subject()))));
        self.touch(Touch::Consent(Consent::Service));
        self.touch(Touch::Consent(Consent::Comparison));
        self.touch(Touch::Start);
    }

    pub(super) fn until_pick(&mut self, verdict: Verdict) {
        self.until_capture();
        let ready = Live { faces: 1, ready: true, ..Live::default() };
        self.put(Input::Live(ready));
        self.pass(900);
        self.answer(Reply::Burst(vec![shot(1, verdict), shot(2, verdict), shot(3, verdict)]));
    }

    pub(super) fn until_result(&mut self) {
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

    pub(super) fn asked_for(&self, what: impl Fn(&Request) -> bool) -> usize {
        self.asked.iter().filter(|e| what(e)).count()
    }
}

/// One entry of the journal of this scenario's student.
fn entry(n: u8, about: Option<u8>, device: &str, kind: Kind) -> Entry {
    let id = |n: u8| EntryId(uuid::Uuid::from_bytes([n; 16]));
    Entry {
        id: id(n),
        about: about.map(id),
        enrolment: subject().entry.enrolment,
        task: task().id,
        task_version: 1,
        device: DeviceId::new(device).expect("a slug"),
        sequence: u64::from(n),
        clock: Hlc { millis: 1_000 + u64::from(n), counter: 0 },
        doubtful: false,
        kind,
    }
}

/// The student has submitted a portrait; perhaps a reviewer opened or rejected it.
fn handed_in(review: Option<Kind>) -> Enrolment {
    let hash = |b: u8| PictureHash::from_bytes([b; 32]);
    let consent = Kind::Consented { notice_version: 1, service: true, comparison: true, ctid: false };
    let submitted = Kind::Submitted {
        portrait: hash(1),
        original: hash(2),
        preset: "00".repeat(32),
        comparison: ComparisonBand::Pass,
        score_tenths: Some(900),
        replaces: None,
    };
    let day = DAY.yesterday().expect("a day before");
    let mut entries = vec![
        entry(1, None, "k1", consent),
        entry(2, None, "k1", Kind::Produced { day, comparison: ComparisonBand::Pass }),
        entry(3, Some(2), "k1", submitted),
    ];
    if let Some(kind) = review {
        let began = entry(4, Some(3), "central", Kind::ReviewBegan);
        entries.push(began);
        if kind != Kind::ReviewBegan {
            entries.push(entry(5, Some(3), "central", kind));
        }
    }
    collection::fold(subject().entry.enrolment, &entries, &collection::Versions::of(&task()))
}

/// A student of whom something is known already, by the scenario's word.
pub(super) fn known(word: &str) -> Subject {
    let mut subject = subject();
    let limits = Settings::default();
    match word {
        "new" => {}
        "bound" => subject.identified_by = IdentifiedBy::BoundCode,
        "typed" => subject.identified_by = IdentifiedBy::Number,
        "no-photo" => subject.entry.admission_photo = None,
        "ctid" => subject.task.ctid = true,
        "draft" => subject.enrolment.draft = Some(EntryId(uuid::Uuid::from_bytes([9; 16]))),
        "draft-compared" => {
            subject.enrolment = handed_in(None);
            subject.enrolment.submissions.clear();
            subject.enrolment.draft = Some(EntryId(uuid::Uuid::from_bytes([9; 16])));
        }
        "draft-quota" => {
            subject.enrolment.draft = Some(EntryId(uuid::Uuid::from_bytes([9; 16])));
            subject.enrolment.productions.insert(DAY, limits.productions_per_day);
        }
        "quota" => {
            subject.enrolment.productions.insert(DAY, limits.productions_per_day);
        }
        "locked" => {
            subject.enrolment.draft = Some(EntryId(uuid::Uuid::from_bytes([9; 16])));
            subject.enrolment.second_factor_failures = collection::quota::SECOND_FACTOR_TRIES;
        }
        "case" => subject.enrolment.comparison_failures = limits.comparison_failures_to_case,
        "case-open" => {
            let said = entry(1, None, "k1", Kind::NotMe { picture: Disowned::Admission });
            let versions = collection::Versions::of(&task());
            subject.enrolment = collection::fold(subject.entry.enrolment, &[said], &versions);
        }
        "submitted" => subject.enrolment = handed_in(None),
        "in-review" => subject.enrolment = handed_in(Some(Kind::ReviewBegan)),
        "approved" => subject.enrolment = handed_in(Some(Kind::Reviewed(ReviewOutcome::Approved))),
        "rejected" => {
            let reason = "review.ears_covered".to_owned();
            let said = Kind::Reviewed(ReviewOutcome::Rejected { reason });
            subject.enrolment = handed_in(Some(said));
        }
        "wechat" => {
            subject.task.payment =
                vec![PaymentMode::WechatNative, PaymentMode::Voucher, PaymentMode::PayLater];
        }
        "voucher" => subject.task.payment = vec![PaymentMode::Voucher],
        "prints" => subject.task.settings.prints = true,
        "prints-typed" => {
            subject.task.settings.prints = true;
            subject.identified_by = IdentifiedBy::Number;
        }
        "hand" => {
            subject.identified_by = IdentifiedBy::ManualEntry;
            subject.entry.admission_photo = None;
        }
        "not-open" => subject.task.opens = date(2027, 5, 20),
        "closed" => subject.task.closes = date(2027, 5, 2),
        other => panic!("{other} is no student of these scenarios"),
    }
    subject
}
