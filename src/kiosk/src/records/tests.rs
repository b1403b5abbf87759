//! From the production to the receipt at a real store: 提交成功 stands for a submission that counts, whatever the store refused
//! on the way to it. The store's refusals are real ones: pictures larger than it takes, and a kiosk that is no device yet.

use super::*;
use crate::inbox::inbox;
use collection::{ComparisonBand, Durable, Enrolment, IgnoreReason, PhotoState, PictureHash, Signer, Task};
use jiff::civil::date;
use protocol::{Change, ChangePage};
use sentences::codes;
use store::{Identity, StoreKey};
use visit::{Agreed, FrameId, JournalEvent, Production, Sentence, StoreOutcome, Submission};

const DAY: Date = date(2026, 11, 23);
const NEXT_DAY: Date = date(2026, 11, 24);
const WHO: EnrolmentId = EnrolmentId::from_bytes([7; 16]);

/// A records worker with its store.
struct Desk {
    worker: RecordsWorker,
    _runtime: tokio::runtime::Runtime,
    _folder: tempfile::TempDir,
}

fn task() -> Task {
    serde_json::from_value(serde_json::json!({
        "id": "demo-2027", "version": 3, "school": "示例大学", "school_code": "99001", "name": "2027 届",
        "category": "undergraduate", "notice": "n", "notice_version": 1, "purposes": ["学历注册"], "preset": "chsi",
        "background": "blue", "opens": "2026-03-01", "closes": "2027-03-31", "time_zone": "Asia/Shanghai",
        "registry_phone": "8000", "settings": collection::Settings::default(),
        "comparing": collection::Comparing::default(), "payment": ["school-pays"], "ctid": false,
        "show_admission_photo": true, "decoders": [], "matching_key": "07".repeat(32),
    }))
    .unwrap()
}

fn of() -> EnrolmentRef {
    EnrolmentRef { enrolment: WHO, task: task().id }
}

fn photos(name: &str) -> Photos {
    let bytes = |role: &str| Zeroizing::new(format!("{role} {name}").into_bytes());
    (bytes("portrait"), bytes("original"))
}

/// What no store takes.
fn too_large() -> Photos {
    (Zeroizing::new(vec![1; protocol::MAX_PICTURE_BYTES + 1]), Zeroizing::new(vec![1]))
}

fn production(portrait: u64) -> JournalRequest {
    JournalRequest::Produced(Production {
        of: of(),
        portrait: FrameId(portrait),
        original: FrameId(portrait + 100),
        day: DAY,
        comparison: ComparisonBand::Pass,
    })
}

fn consent(comparison: bool) -> JournalRequest {
    let agreed = Agreed { service: true, comparison, ctid: false };
    JournalRequest::Happened(of(), JournalEvent::Consented(agreed))
}

fn submission(portrait: u64) -> Submission {
    Submission {
        of: of(),
        portrait: FrameId(portrait),
        original: FrameId(portrait + 100),
        comparison: ComparisonBand::Pass,
        score_tenths: Some(900),
    }
}

impl Desk {
    /// A kiosk that is no device yet: the store refuses every entry.
    fn unenrolled() -> Desk {
        let folder = tempfile::tempdir().unwrap();
        let open = |name: &str| Store::open(&folder.path().join(name), StoreKey::random()).unwrap();
        let (store, idle) = (open("store"), open("idle"));
        let changes = vec![Change::Task(Box::new(task()))];
        store.admit(&ChangePage { epoch: "e".to_owned(), changes, cursor: 1, more: false }).unwrap();
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let (post, _) = inbox(|| {});
        // The traffic of another store, which is never enrolled: nothing is sent anywhere.
        let sync = sync::Sync::spawn(idle, sync::Config::default(), runtime.handle());
        let context = RecordsContext {
            decoders: Decoders::default(),
            link: Link::watch(sync, post.clone(), runtime.handle()),
            pages: None,
            vault: Vault::default(),
            zone: TimeZone::UTC,
        };
        let worker = RecordsWorker { store, context, post, pins: Pins::default(), in_hand: HashMap::new() };
        Desk { worker, _runtime: runtime, _folder: folder }
    }

    fn enrol(&self) {
        let server = Signer::from_seed(&[7; 32]).unwrap();
        let identity = Identity {
            device: collection::DeviceId::new("k-1").unwrap(),
            server_url: "https://127.0.0.1:1".to_owned(),
            ca_pem: String::new(),
            certificate_pem: String::new(),
            tls_key_pem: String::new(),
            server_journal_key: server.public_key().to_string(),
        };
        self.worker.store.enrolled(&identity).unwrap();
    }

    /// A kiosk whose student has agreed.
    fn agreed() -> Desk {
        let mut desk = Desk::unenrolled();
        desk.enrol();
        desk.worker.record(consent(true), None);
        desk
    }

    fn submit(&mut self, portrait: u64, photos: &Photos) -> StoreOutcome {
        // Midnight passes between the production and the submission.
        self.worker.submit(&submission(portrait), NEXT_DAY, Some(photos))
    }

    fn state(&self) -> Enrolment {
        self.worker.store.enrolment(WHO).unwrap()
    }

    fn kinds(&self) -> Vec<Kind> {
        self.worker.store.entries(WHO).unwrap().into_iter().map(|e| e.kind).collect()
    }

    /// What 提交成功 promises: production, submission and both pictures are in the store, and the submission counts.
    fn counts(&self, photos: &Photos) {
        let state = self.state();
        assert_eq!(state.ignored, [], "nothing of it is ignored");
        let candidate = state.candidate().expect("it counts");
        let produced = self.worker.store.entry(candidate.produced).unwrap().expect("its production is there");
        assert!(matches!(produced.kind, Kind::Produced { day: DAY, .. }), "{:?}", produced.kind);
        let kept = |bytes: &[u8]| self.worker.store.picture(PictureHash::of(bytes)).unwrap().is_some();
        assert!(kept(&photos.0) && kept(&photos.1));
        let device = collection::DeviceId::new("k-1").unwrap();
        let here = Durable::Kiosk { device: &device, sequence: 0 };
        assert_eq!(state.photo_state(here), PhotoState::SavedAwaitingUpload);
    }
}

fn is_stored(outcome: &StoreOutcome) -> bool {
    matches!(outcome, StoreOutcome::Stored(_))
}

#[test]
fn a_submission_whose_production_could_not_be_kept_keeps_both_and_counts() {
    let mut desk = Desk::agreed();
    desk.worker.record(production(1), Some(&too_large()));
    assert_eq!(desk.state().productions.len(), 0, "the store refused it");
    assert!(is_stored(&desk.submit(1, &photos("a"))));
    desk.counts(&photos("a"));
    assert_eq!(desk.state().productions, [(DAY, 1)].into(), "it counts once, on the day when it was shown");
}

#[test]
fn a_submission_of_a_production_that_nobody_remembers_counts_all_the_same() {
    let mut desk = Desk::agreed();
    assert!(is_stored(&desk.worker.submit(&submission(1), DAY, Some(&photos("a")))));
    desk.counts(&photos("a"));
}

#[test]
fn a_submission_is_about_the_production_of_its_own_portrait_and_no_other() {
    let mut desk = Desk::agreed();
    desk.worker.record(production(1), Some(&photos("a")));
    let first = desk.state().draft.expect("the first was kept");
    desk.worker.record(production(2), Some(&too_large()));
    assert!(is_stored(&desk.submit(2, &photos("b"))));
    desk.counts(&photos("b"));
    let state = desk.state();
    assert_ne!(state.candidate().unwrap().produced, first);
    assert_eq!(state.productions, [(DAY, 2)].into());
    let gone = desk.worker.store.picture(PictureHash::of(&photos("a").0)).unwrap();
    assert!(gone.is_none(), "the portrait that was not chosen goes");
}

#[test]
fn a_submission_that_cannot_be_kept_leaves_nothing_says_so_and_can_be_tried_again() {
    let mut desk = Desk::agreed();
    desk.worker.record(production(1), Some(&too_large()));
    let before = desk.kinds();
    let told = Sentence::plain(codes::STORE_PICTURE_TOO_LARGE);
    assert_eq!(desk.submit(1, &too_large()), StoreOutcome::Failed(told));
    assert_eq!(desk.kinds(), before, "neither production nor submission");
    assert!(is_stored(&desk.submit(1, &photos("a"))));
    desk.counts(&photos("a"));
    assert_eq!(desk.state().productions, [(DAY, 1)].into());
}

#[test]
fn a_production_that_was_kept_is_not_kept_again() {
    let mut desk = Desk::agreed();
    desk.worker.record(production(1), Some(&photos("a")));
    assert!(is_stored(&desk.submit(1, &photos("a"))));
    desk.counts(&photos("a"));
    assert_eq!(desk.state().productions, [(DAY, 1)].into());
}

#[test]
fn what_a_submission_rests_on_is_kept_with_it_when_it_could_not_be_kept_before() {
    let mut desk = Desk::unenrolled();
    desk.worker.record(consent(false), None);
    desk.worker.record(JournalRequest::Happened(of(), JournalEvent::PayLater), None);
    desk.worker.record(production(1), Some(&photos("a")));
    assert_eq!(desk.kinds(), [], "a kiosk that is no device keeps nothing");
    let told = Sentence::plain(codes::STORE_NOT_ENROLLED);
    assert_eq!(desk.submit(1, &photos("a")), StoreOutcome::Failed(told));
    desk.enrol();
    assert!(is_stored(&desk.submit(1, &photos("a"))));
    desk.counts(&photos("a"));
    let kinds = desk.kinds();
    assert!(
        matches!(
            &kinds[..],
            [
                Kind::Consented { service: true, .. },
                Kind::PayLater,
                Kind::Produced { .. },
                Kind::Submitted { .. }
            ]
        ),
        "{kinds:?}"
    );
}

#[test]
fn a_consent_that_was_kept_overtakes_an_older_one_that_was_not() {
    let mut desk = Desk::unenrolled();
    desk.worker.record(consent(false), None);
    desk.enrol();
    desk.worker.record(consent(true), None);
    desk.worker.record(production(1), Some(&photos("a")));
    assert!(is_stored(&desk.submit(1, &photos("a"))));
    assert!(desk.state().consent.is_some_and(|given| given.comparison), "the newer one holds");
}

#[test]
fn without_consent_nothing_is_kept_and_the_screen_says_so() {
    let mut desk = Desk::unenrolled();
    desk.enrol();
    desk.worker.record(production(1), Some(&photos("a")));
    assert!(matches!(desk.submit(1, &photos("a")), StoreOutcome::Failed(_)));
    let state = desk.state();
    assert!(state.submissions.is_empty() && state.ignored.iter().all(|i| i.reason != IgnoreReason::About));
}

#[test]
fn what_is_remembered_of_a_student_goes_with_the_visit() {
    let mut desk = Desk::agreed();
    desk.worker.record(production(1), Some(&too_large()));
    desk.worker.work(Ask { job: Job::Forget, day: DAY });
    assert!(desk.worker.in_hand.is_empty());
}
