//! Nothing of a visit stays in the window, however it ends: every text, picture and model of every screen's global is filled with
//! markers, and none is left afterwards. The list of properties is generated from the `.slint` files, so a new one is covered.

use super::*;
use crate::inbox::inbox;
use crate::school_day::SchoolDay;
use crate::vault::Capture;
use collection::{Category, Comparing, Enrolment, EnrolmentId, Matching, PaymentMode, RosterEntry};
use collection::{Settings, Task, TaskId, UniqueNumber};
use headless::Headless;
use jiff::civil::date;
use sentences::codes;
use slint::{Model as _, ModelRc, Rgb8Pixel, SharedPixelBuffer, VecModel};
use standard::{BackgroundName, Verdict};
use std::sync::mpsc::{Receiver, channel};
use store::{Store, StoreKey};
use ui::*;
use visit::{
    Assessed, CodeOutcome, Consent, IdentifiedBy, Made, MakeOutcome, Moment, Receipt, Reply, StoreOutcome,
    Subject, Timings,
};

/// The marker in every text.
const MARK: &str = "marker";
/// Side of the marker picture, pixels; no real picture has it.
const SIDE: u32 = 7;
/// The kiosk's own school, shown while nobody is here.
const HOME: &str = "青屿大学";

/// Properties that are the kiosk's and not the student's, with the reason why they outlive a visit.
const KIOSKS_OWN: [(&str, &str, &str); 3] = [
    ("Chrome", "device", "the kiosk's name is set once at the start"),
    ("Chrome", "clock", "the time of day is set by every tick"),
    ("Chrome", "credit", "the credit of the demo's recording is set once at the start"),
];

fn mark_text() -> slint::SharedString {
    MARK.into()
}

fn mark_picture() -> Image {
    Image::from_rgb8(SharedPixelBuffer::<Rgb8Pixel>::new(SIDE, SIDE))
}

fn mark_model<T: Clone + Default + 'static>() -> ModelRc<T> {
    ModelRc::new(VecModel::from(vec![T::default()]))
}

macro_rules! mark {
    (text $view:ident $set:ident) => {
        $view.$set(mark_text())
    };
    (picture $view:ident $set:ident) => {
        $view.$set(mark_picture())
    };
    (model $view:ident $set:ident) => {
        $view.$set(mark_model())
    };
    (value $view:ident $set:ident) => {
        let _ = &$view;
    };
}

macro_rules! is_marked {
    (text $view:ident $get:ident) => {
        $view.$get().contains(MARK)
    };
    (picture $view:ident $get:ident) => {
        $view.$get().size().width == SIDE
    };
    (model $view:ident $get:ident) => {
        $view.$get().row_count() > 0
    };
    (value $view:ident $get:ident) => {{
        let _ = &$view;
        false
    }};
}

macro_rules! properties {
    ($($global:ident $name:ident $kind:ident $set:ident $get:ident;)*) => {
        fn mark_all(window: &AppWindow) {
            $( { let view = window.global::<$global<'_>>(); mark!($kind view $set); } )*
        }

        /// Every property that holds a marker, as (global, property).
        fn marked(window: &AppWindow) -> Vec<(&'static str, &'static str)> {
            let mut found = Vec::new();
            $( {
                let view = window.global::<$global<'_>>();
                if is_marked!($kind view $get) {
                    found.push((stringify!($global), stringify!($name)));
                }
            } )*
            found
        }

        /// How many properties can hold a marker.
        fn markable() -> usize {
            [$( stringify!($kind) ),*].iter().filter(|kind| **kind != "value").count()
        }
    };
}

ui::each_property!(properties);

fn task() -> Task {
    Task {
        id: TaskId::new("spring").expect("a slug"),
        version: 1,
        school: "云州大学".into(),
        school_code: "99001".into(),
        name: "2027 届本科".into(),
        category: Category::Undergraduate,
        notice: String::new(),
        notice_version: 1,
        purposes: Vec::new(),
        preset: "chsi".into(),
        background: BackgroundName::literal("blue"),
        // The kiosk's day is today's.
        opens: date(2000, 1, 1),
        closes: date(2100, 1, 1),
        time_zone: "Asia/Shanghai".into(),
        registry_phone: "8001".into(),
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
        admission_photo: None,
    };
    let preset = include_str!("../../../../kiosk-config/presets/chsi.toml");
    Subject {
        task: task(),
        preset: std::sync::Arc::new(standard::Preset::parse(preset).expect("the default preset")),
        entry,
        enrolment: Enrolment::new(enrolment),
        identified_by: IdentifiedBy::Code,
        admission_photo: None,
    }
}

/// A kiosk whose workers are this test.
pub(super) struct Kiosk {
    pub app: Rc<App>,
    post: Post,
    pub asked: Receiver<Ask>,
    jobs: Receiver<visit::Asked<visit::ProductionRequest>>,
    /// Milliseconds; later than the real clock, so that only these ticks count.
    now: Cell<u64>,
    pub traffic: sync::SyncHandle,
    pub runtime: tokio::runtime::Runtime,
    _folder: tempfile::TempDir,
}

impl Kiosk {
    pub fn new() -> Kiosk {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(folder.path(), StoreKey::from_bytes([42; 32])).expect("an empty store");
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .expect("a runtime");
        let (post, inbox) = inbox(|| {});
        let (camera, _) = camera::Recording::open(64, 48, 5).expect("a recorded camera");
        let sync = sync::Sync::spawn(store.clone(), sync::Config::default(), runtime.handle());
        let link = Link::watch(sync.clone(), post.clone(), runtime.handle());
        let ((production, jobs), (records, asked)) = (channel(), channel());
        let (vision, preview) = (WatchRequest::default(), PreviewOrder::default());
        let workers = Workers { production, records, vision, preview, link, camera };
        let zone = jiff::tz::TimeZone::UTC;
        let day = SchoolDay::watch(store, zone.clone(), runtime.handle()).expect("a readable store");
        let window = AppWindow::new().expect("a headless window");
        window.show().expect("a headless window shows");
        let clock = Clock::new(zone, day);
        let app = App::new(window, inbox, post.clone(), workers, Vault::default(), clock);
        app.introduce(HOME, "8000", "K7");
        Kiosk { app, post, asked, jobs, now: Cell::new(10_000_000), traffic: sync, runtime, _folder: folder }
    }

    pub fn put(&self, input: Input) {
        self.post.input(input);
        self.app.turn();
    }

    pub fn touch(&self, touches: &[Touch]) {
        touches.iter().for_each(|touch| self.put(Input::Touch(*touch)));
    }

    pub fn pass(&self, millis: u64) {
        self.now.set(self.now.get() + millis);
        self.put(Input::Tick(Moment { millis: self.now.get(), day: date(2027, 5, 12) }));
    }

    /// Answers the newest question to the records worker.
    fn answer_records(&self, reply: Reply) {
        let ticket = self.asked.try_iter().filter_map(|ask| match ask.job {
            crate::records::Job::Records(asked, _) => Some(asked.ticket),
            crate::records::Job::Staff(_)
            | crate::records::Job::Journal(..)
            | crate::records::Job::Forget => None,
        });
        let ticket = ticket.last().expect("the records worker is asked");
        self.put(Input::Reply(ticket, reply));
    }

    fn answer_production(&self, reply: Reply) {
        let asked = self.jobs.try_recv().expect("the production worker is asked");
        self.put(Input::Reply(asked.ticket, reply));
    }

    fn until_identity(&self) {
        self.put(Input::Code(b"code".to_vec().into()));
        self.answer_records(Reply::Code(CodeOutcome::Matched(Box::new(subject()))));
        assert_eq!(self.app.screen_name(), "identity");
    }

    fn until_capture(&self) {
        self.until_identity();
        self.touch(&[Touch::Consent(Consent::Service), Touch::Start]);
        assert_eq!(self.app.screen_name(), "capture");
    }

    fn until_receipt(&self) {
        self.until_capture();
        self.touch(&[Touch::Shutter]);
        let capture = Capture { image: image::RgbImage::new(60, 80), original: vec![1; 9] };
        let frame = self.app.vault.put_capture(capture);
        let shot = Assessed { frame, verdict: Verdict::Pass, checks: Vec::new(), rank: 0.0 };
        self.answer_production(Reply::Burst(vec![shot]));
        self.touch(&[Touch::Use, Touch::Make]);
        let portrait = self.app.vault.put_portrait(vec![1; 9]);
        let made = Made { portrait, bytes: 33_000, checks: Vec::new() };
        self.answer_production(Reply::Make(MakeOutcome::Made(made)));
        self.touch(&[Touch::Submit]);
        let receipt = Receipt { number: "K7-1".into(), page: "https://a.example".into(), uploaded: false };
        self.answer_records(Reply::Stored(StoreOutcome::Stored(receipt)));
        assert_eq!(self.app.screen_name(), "receipt");
    }

    /// Fills the window and ends the visit: nothing but the kiosk's own is left.
    fn ends_clean(&self, how: &str, end: impl FnOnce()) {
        let window = self.app.window();
        let before = self.app.visit.borrow().number();
        mark_all(window);
        assert_eq!(marked(window).len(), markable(), "{how}: every property takes its marker");
        self.app.keyboard.compose("linzhixia");
        end();
        self.app.turn();
        assert_ne!(self.app.visit.borrow().number(), before, "{how}: the visit has ended");
        self.is_clean(how);
    }

    fn is_clean(&self, how: &str) {
        let window = self.app.window();
        let own = |found: &(&str, &str)| KIOSKS_OWN.iter().any(|(g, p, _)| (*g, *p) == *found);
        let left: Vec<_> = marked(window).into_iter().filter(|found| !own(found)).collect();
        assert_eq!(left, [], "{how}");
        assert!(self.app.keyboard.is_empty(), "{how}: letters are still composed");
        assert!(self.app.vault.is_empty(), "{how}: pictures are still held");
        let chrome = window.global::<Chrome<'_>>();
        assert_eq!((chrome.get_school().as_str(), chrome.get_phone().as_str()), (HOME, "8000"), "{how}");
    }
}

#[test]
fn nothing_of_a_visit_stays_in_the_window_however_it_ends() {
    let _screen = Headless::install(1080, 1920).expect("the only platform of this process");
    let kiosk = Kiosk::new();
    kiosk.pass(1);
    kiosk.put(Input::Camera(visit::CameraNews::Live));
    let times = Timings::default();

    kiosk.until_identity();
    kiosk.ends_clean("the button", || kiosk.touch(&[Touch::Exit]));

    kiosk.until_capture();
    kiosk.ends_clean("idle", || {
        kiosk.pass(times.idle);
        assert_eq!(kiosk.app.screen_name(), "idle");
        kiosk.pass(times.countdown);
    });

    kiosk.until_receipt();
    kiosk.ends_clean("the receipt's time", || kiosk.pass(times.receipt));

    kiosk.until_receipt();
    kiosk.ends_clean("the receipt's button", || kiosk.touch(&[Touch::Done]));

    kiosk.until_capture();
    kiosk.put(Input::Camera(visit::CameraNews::Lost { code: codes::CAMERA_UNPLUGGED }));
    kiosk.ends_clean("a lost camera", || kiosk.pass(times.idle + times.countdown));
    kiosk.put(Input::Camera(visit::CameraNews::Live));

    kiosk.until_capture();
    kiosk.touch(&[Touch::Shutter]);
    kiosk.answer_production(Reply::Burst(Vec::new()));
    assert_eq!(kiosk.app.screen_name(), "sentence");
    kiosk.ends_clean("an error", || kiosk.touch(&[Touch::Exit]));

    kiosk.ends_clean("a pause", || kiosk.put(Input::Pause(Some(visit::Sentence::plain(codes::PAUSE_LUNCH)))));
    kiosk.put(Input::Pause(None));

    kiosk.touch(&[Touch::StaffDoor]);
    assert_eq!(kiosk.app.screen_name(), "panel-pin");
    mark_all(kiosk.app.window());
    kiosk.touch(&[Touch::Exit]);
    kiosk.is_clean("the staff panel");
}

#[test]
fn every_exception_is_a_property_and_says_why() {
    macro_rules! names {
        ($($global:ident $name:ident $kind:ident $set:ident $get:ident;)*) => {
            [$( (stringify!($global), stringify!($name)) ),*]
        };
    }
    let all = ui::each_property!(names);
    for (global, property, why) in KIOSKS_OWN {
        assert!(all.contains(&(global, property)), "{global}.{property} does not exist");
        assert!(!why.is_empty());
    }
}
