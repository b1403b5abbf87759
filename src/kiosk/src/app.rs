//! The one loop: touch, frame verdict, timer and reply become an input; the visit steps; its effects go to the workers; the
//! screen is set from the visit. All of it on the UI thread, none of it waiting for anything.

mod clock;
mod view;

pub use clock::Clock;

use crate::demo::DemoStudent;
use crate::inbox::{Admission, Event, Inbox, Outline, Post};
use crate::link::Link;
use crate::preview::PreviewOrder;
use crate::production::{BY_EYE, Job};
use crate::records::Ask;
use crate::screens::{self, Pictures, Scene};
use crate::vault::Vault;
use crate::vision;
use camera::{Camera, State};
use collection::Task;
use scan::{Stroke, Wand};
use slint::{ComponentHandle as _, Image};
use standard::Preset;
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::time::{Duration, Instant};
use ui::{AppWindow, CaptureView, Chrome};
use visit::{Cover, Effect, Input, MakeOutcome, Reply, StaffPanel, Stage, Touch, Visit, Watch};
use zeroize::Zeroizing;

/// Time between two ticks.
const TICK: Duration = Duration::from_millis(50);
/// Two touches within this time count as one.
const DOUBLE_TAP: Duration = Duration::from_millis(300);

/// Where work goes.
pub struct Workers {
    /// Bursts, comparisons, portraits.
    pub production: Sender<Job>,
    /// Everything that is kept or looked up.
    pub records: Sender<Ask>,
    /// What frames are looked at for.
    pub vision: vision::Order,
    /// Which preview is wanted.
    pub preview: PreviewOrder,
    /// The server.
    pub link: Link,
    /// The camera, to be tried again at once.
    pub camera: Camera,
}

/// What is known of the student in front besides the visit: set when a code is matched, gone with the visit.
#[derive(Default)]
struct Context {
    preset: Option<Arc<Preset>>,
    task: Option<Task>,
    admission_bytes: Option<Zeroizing<Vec<u8>>>,
    admission: Option<Image>,
}

/// The kiosk on the UI thread.
pub struct App {
    window: AppWindow,
    visit: RefCell<Visit>,
    panel: RefCell<StaffPanel>,
    inbox: Inbox,
    post: Post,
    workers: Workers,
    vault: Vault,
    pictures: Pictures,
    keyboard: screens::Keyboard,
    context: RefCell<Context>,
    clock: Clock,
    last_tick: Cell<Option<Instant>>,
    last_touch: Cell<Option<(Touch, Instant)>>,
    dirty: Cell<bool>,
    waiting: Cell<u64>,
    outline: Cell<Option<Outline>>,
    /// A handheld scanner; the window gives every key to it and to nothing else.
    wand: RefCell<Wand>,
    frame: Cell<(u32, u32)>,
    demo: RefCell<Option<DemoStudent>>,
    /// The window's size when its scale was chosen, pixels.
    fitted: Cell<(u32, u32)>,
}

impl App {
    /// Puts the kiosk together; callbacks are wired, nothing runs yet.
    #[must_use]
    pub fn new(
        window: AppWindow,
        inbox: Inbox,
        post: Post,
        workers: Workers,
        vault: Vault,
        clock: Clock,
    ) -> Rc<App> {
        let app = Rc::new(App {
            window,
            visit: RefCell::new(Visit::new(visit::Timings::default())),
            panel: RefCell::new(StaffPanel::new(visit::Timings::default())),
            inbox,
            post,
            workers,
            vault,
            pictures: Pictures::default(),
            keyboard: screens::Keyboard::default(),
            context: RefCell::default(),
            clock,
            last_tick: Cell::new(None),
            last_touch: Cell::new(None),
            dirty: Cell::new(true),
            waiting: Cell::new(0),
            outline: Cell::new(None),
            wand: RefCell::default(),
            frame: Cell::new((1280, 720)),
            demo: RefCell::new(None),
            fitted: Cell::new((0, 0)),
        });
        let weak: Weak<App> = Rc::downgrade(&app);
        let touch: screens::OnTouch = Rc::new(move |touch| {
            if let Some(app) = weak.upgrade() {
                app.touched(touch);
            }
        });
        screens::wire(&app.window, &touch, &app.keyboard);
        let weak: Weak<App> = Rc::downgrade(&app);
        app.window.global::<Chrome<'_>>().on_key_pressed(move |text| {
            if let Some(app) = weak.upgrade() {
                app.key(&text);
            }
        });
        app
    }

    /// A key of whatever keyboard is plugged in: a handheld scanner's code while one is looked for, else nothing.
    fn key(&self, text: &str) {
        let mut wand = self.wand.borrow_mut();
        if !matches!(self.visit.borrow().stage(), Stage::Scan(_)) {
            wand.clear();
        } else if let Stroke::Code(payload) = wand.key(text, self.clock.elapsed()) {
            self.post.input(Input::Code(payload));
        }
    }

    /// Lets a demo student stand before the camera, and says whose pictures these are.
    pub fn play_demo(&self, student: DemoStudent, credit: &str) {
        *self.demo.borrow_mut() = Some(student);
        self.mark_demo(credit);
    }

    /// Says 演示 on the screen.
    pub fn mark_demo(&self, credit: &str) {
        let chrome = self.window.global::<Chrome<'_>>();
        chrome.set_demo(true);
        chrome.set_credit(credit.into());
        self.visit.borrow_mut().demonstrate();
    }

    /// Staff had stopped the kiosk before it was switched off: it stays stopped.
    pub fn stay_paused(&self, notice: visit::Sentence) {
        self.panel.borrow_mut().remember_pause(notice.clone());
        self.step(Input::Pause(Some(notice)));
    }

    /// Names school, registry and device in the top bar while nobody is there.
    pub fn introduce(&self, school: &str, phone: &str, device: &str) {
        let chrome = self.window.global::<Chrome<'_>>();
        chrome.set_school(school.into());
        chrome.set_phone(phone.into());
        chrome.set_device(device.into());
    }

    /// Tells the workers what the first screen needs.
    pub fn start(&self) {
        let watch = self.visit.borrow().watch();
        self.watch(watch);
    }

    /// The window.
    #[must_use]
    pub fn window(&self) -> &AppWindow {
        &self.window
    }

    /// The screen's name in reports.
    #[must_use]
    pub fn screen_name(&self) -> String {
        self.name().to_owned()
    }

    fn name(&self) -> &'static str {
        screens::name(&self.visit.borrow(), &self.panel.borrow())
    }

    /// Entries that have not reached the server.
    #[must_use]
    pub fn waiting(&self) -> u64 {
        self.waiting.get()
    }

    /// One turn of the loop: everything that was posted, a tick if one is due, and the screen.
    pub fn turn(&self) {
        while let Some(event) = self.inbox.take() {
            self.take(event);
        }
        if self.last_tick.get().is_none_or(|t| t.elapsed() >= TICK) {
            self.last_tick.set(Some(Instant::now()));
            self.step(Input::Tick(self.clock.now()));
            self.show_time();
            self.fit();
        }
        if self.dirty.replace(false) {
            self.show();
        }
    }

    fn take(&self, event: Event) {
        match event {
            Event::Input(input) => self.step(input),
            Event::Preview(buffer) => {
                self.show_preview(Image::from_rgb8(buffer));
                self.workers.preview.taken();
            }
            Event::Outline(outline) => {
                self.outline.set(outline);
                self.show_outline();
            }
            Event::Camera(State::Live { width, height, .. }) => self.frame.set((width, height)),
            Event::Camera(_) => {}
            Event::Link(news) => self.linked(&news),
            Event::Subject { visit, task, preset, admission } if visit == self.visit.borrow().number() => {
                self.meet(*task, preset, admission);
            }
            // Of a visit that has ended: the next student's screen must not know of it.
            Event::Subject { .. } => {}
        }
    }

    fn touched(&self, touch: Touch) {
        let now = Instant::now();
        // Keypads are meant to be tapped quickly, and different buttons are different wishes.
        let same =
            self.last_touch.get().is_some_and(|(t, at)| t == touch && now.duration_since(at) < DOUBLE_TAP);
        let key = matches!(touch, Touch::Digit(_) | Touch::Key(_) | Touch::Backspace);
        if same && !key {
            return;
        }
        self.last_touch.set(Some((touch, now)));
        // Through the inbox, because a callback may not change the screen it is called from.
        self.post.input(Input::Touch(touch));
    }

    /// Who gets the input: the staff panel, or the visit. A kiosk whose panel is open rests; only its camera may still come back.
    fn step(&self, input: Input) {
        let open = self.panel.borrow().is_open();
        let knocks = matches!(input, Input::Touch(Touch::StaffDoor)) && self.visit.borrow().is_at_rest();
        let looks = matches!(input, Input::Touch(Touch::Language | Touch::LargeText | Touch::Contrast));
        match &input {
            Input::Reply(ticket, _) if StaffPanel::owns(*ticket) => self.step_panel(input),
            Input::Reply(..) | Input::Camera(_) | Input::Pause(_) => self.step_visit(input),
            _ if knocks || open && !looks => self.step_panel(input),
            _ => self.step_visit(input),
        }
    }

    fn step_panel(&self, input: Input) {
        let (tick, before) = (matches!(input, Input::Tick(_)), self.panel.borrow().is_open());
        let effects = self.panel.borrow_mut().step(input);
        let open = self.panel.borrow().is_open();
        if open != before {
            // Nobody is looked at while staff reads lists; afterwards the kiosk waits for a code again.
            let watch = if open { Watch::Rest } else { self.visit.borrow().watch() };
            self.watch(watch);
        }
        if !tick || !effects.is_empty() {
            self.dirty.set(true);
        }
        self.carry_out(effects);
    }

    fn carry_out(&self, effects: Vec<Effect>) {
        if !effects.is_empty() {
            self.dirty.set(true);
        }
        for effect in effects {
            self.perform(effect);
        }
    }

    fn step_visit(&self, input: Input) {
        let tick = matches!(input, Input::Tick(_));
        let before = self.name();
        let effects = self.visit.borrow_mut().step(input);
        let counts = {
            let visit = self.visit.borrow();
            visit.cover().is_some() || matches!(visit.stage(), Stage::Capture(_) | Stage::Receipt(_))
        };
        // Most ticks change nothing that is seen; only countdowns and the hold arc live from them.
        if !tick || counts || !effects.is_empty() || self.name() != before {
            self.dirty.set(true);
        }
        for effect in effects {
            self.perform(effect);
        }
    }

    fn meet(&self, task: Task, preset: Arc<Preset>, admission: Option<Admission>) {
        let mut context = self.context.borrow_mut();
        let (bytes, shown) = admission.map(|photo| (photo.bytes, photo.shown)).unzip();
        context.admission = shown.flatten().map(Image::from_rgb8);
        context.admission_bytes = bytes;
        context.task = Some(task);
        self.workers.vision.preset(Some(Arc::clone(&preset)));
        context.preset = Some(preset);
    }

    fn perform(&self, effect: Effect) {
        match effect {
            Effect::Watch(watch) => self.watch(watch),
            Effect::Burst(..) | Effect::Compare(..) | Effect::Make { .. } => self.produce(&effect),
            Effect::Forget(frames) => self.vault.forget(&frames),
            Effect::Wipe => self.wipe(),
            Effect::LoadRegions(ticket, within) => {
                let regions = crate::typing::regions::within(within);
                let rows = regions.iter().map(|r| visit::Region { code: r.code, name: r.name.to_owned() });
                self.post.input(Input::Reply(ticket, Reply::Regions(within, rows.collect())));
            }
            Effect::RetryCamera => self.workers.camera.retry(),
            Effect::SyncNow => self.workers.link.nudge(),
            Effect::LeaveDesk => {}
            Effect::BeginVisit(enrolment) => self.step_visit(Input::Assisted(enrolment)),
            Effect::SetPause(staff, notice) => {
                self.ask(Effect::SetPause(staff, notice.clone()));
                self.step_visit(Input::Pause(notice));
            }
            other => self.ask(other),
        }
    }

    /// Hands work to the production thread. What cannot be begun is answered at once, so that no visit waits for ever.
    fn produce(&self, effect: &Effect) {
        let (ticket, without) = match effect {
            Effect::Burst(ticket, _) => (*ticket, Reply::Burst(Vec::new())),
            Effect::Compare(ticket, ..) => (*ticket, Reply::Compared(BY_EYE)),
            Effect::Make { ticket, .. } => {
                let code = "refusal.engine".to_owned();
                (*ticket, Reply::Make(MakeOutcome::Refused { code, args: Vec::new() }))
            }
            _ => return,
        };
        let job = self.job(effect);
        if job.is_none_or(|job| self.workers.production.send(job).is_err()) {
            tracing::warn!("production could not begin; the photo or the task is not here yet");
            self.post.input(Input::Reply(ticket, without));
        }
    }

    fn job(&self, effect: &Effect) -> Option<Job> {
        let context = self.context.borrow();
        let (task, preset) = (context.task.as_ref()?, context.preset.clone()?);
        Some(match effect {
            Effect::Burst(ticket, _) => Job::Burst(*ticket, preset, task.background),
            Effect::Compare(ticket, frame, _) => {
                Job::Compare(*ticket, *frame, context.admission_bytes.clone()?, task.comparing)
            }
            Effect::Make { ticket, frame, strict, .. } => Job::Make {
                ticket: *ticket,
                frame: *frame,
                preset,
                background: task.background,
                strict: *strict,
            },
            _ => return None,
        })
    }

    fn ask(&self, effect: Effect) {
        let photos = match &effect {
            Effect::Submit { portrait, original, .. } | Effect::RecordProduced { portrait, original, .. } => {
                let portrait = self.vault.with_portrait(*portrait, |bytes| Zeroizing::new(bytes.to_vec()));
                let original = self.vault.with_capture(*original, |c| Zeroizing::new(c.original.clone()));
                portrait.zip(original)
            }
            _ => None,
        };
        drop(self.workers.records.send(Ask { effect, day: self.clock.now().day, photos }));
    }

    fn watch(&self, watch: Watch) {
        self.workers.vision.watch(watch);
        let size = match self.visit.borrow().stage() {
            _ if watch == Watch::Rest => (0, 0),
            Stage::Scan(_) if self.landscape() => ui::size::SCAN_LANDSCAPE,
            Stage::Scan(_) => ui::size::SCAN,
            Stage::Capture(_) if self.landscape() => ui::size::CAPTURE_LANDSCAPE,
            Stage::Capture(_) => ui::size::CAPTURE,
            _ => (0, 0),
        };
        let scale = self.window.window().scale_factor();
        let scaled = |v: u32| (v as f32 * scale).round() as u32;
        self.workers.preview.ask(scaled(size.0), scaled(size.1));
    }

    fn landscape(&self) -> bool {
        let size = self.window.window().size();
        size.width > size.height
    }

    fn wipe(&self) {
        self.vault.wipe();
        self.pictures.wipe();
        self.keyboard.forget();
        self.workers.vision.preset(None);
        *self.context.borrow_mut() = Context::default();
        self.outline.set(None);
        self.wand.borrow_mut().clear();
        // What the last student saw must not flash up for the next one.
        self.window.global::<CaptureView<'_>>().set_preview(Image::default());
        let result = self.window.global::<ui::ResultView<'_>>();
        result.set_portrait(Image::default());
        result.set_beside(Image::default());
        self.window.global::<ui::ReceiptView<'_>>().set_portrait(Image::default());
        self.window.global::<ui::PickView<'_>>().set_frames(slint::ModelRc::default());
    }

    fn show(&self) {
        let visit = self.visit.borrow();
        let context = self.context.borrow();
        screens::show(&Scene {
            window: &self.window,
            visit: &visit,
            panel: &self.panel.borrow(),
            vault: &self.vault,
            pictures: &self.pictures,
            keyboard: &self.keyboard,
            preset: context.preset.as_ref(),
            admission: context.admission.as_ref(),
        });
        if let Some(student) = self.demo.borrow_mut().as_mut() {
            student.look(visit.stage());
        }
        self.show_outline();
    }

    /// Whether a cover lies over the screen, for the idle sound and tests.
    #[must_use]
    pub fn covered(&self) -> bool {
        matches!(self.visit.borrow().cover(), Some(Cover::Idle { .. }))
    }
}
