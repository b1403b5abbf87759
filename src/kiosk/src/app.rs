//! The one loop: touch, frame verdict, timer and reply become an input; the visit steps; its requests go to the workers; the
//! screen is set from the visit. All of it on the UI thread, none of it waiting for anything.

mod clock;
mod requests;
mod view;

pub use clock::Clock;

use crate::demo::DemoStudent;
use crate::inbox::{Event, Inbox, Outline, Post};
use crate::link::Link;
use crate::preview::PreviewOrder;
use crate::production;
use crate::records::Ask;
use crate::screens::{self, Pictures, Scene};
use crate::vault::Vault;
use crate::vision::WatchRequest;
use camera::{Camera, State};
use scan::{KeyOutcome, KeyboardWedge};
use slint::{ComponentHandle as _, Image};
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use std::sync::mpsc::Sender;
use std::time::{Duration, Instant};
use ui::{AppWindow, Chrome};
use visit::{Cover, Input, Keystroke, Request, StaffPanel, Stage, Touch, Visit, Watch};

/// Time between two ticks.
const TICK: Duration = Duration::from_millis(50);
/// Two touches within this time count as one.
const DOUBLE_TAP: Duration = Duration::from_millis(300);

/// Where work goes.
pub struct Workers {
    /// Bursts, comparisons, portraits.
    pub production: Sender<production::Question>,
    /// Everything that is kept or looked up.
    pub records: Sender<Ask>,
    /// What frames are looked at for.
    pub vision: WatchRequest,
    /// Which preview is wanted.
    pub preview: PreviewOrder,
    /// The server.
    pub link: Link,
    /// The camera, to be tried again at once.
    pub camera: Camera,
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
    home: RefCell<screens::Home>,
    clock: Clock,
    last_tick: Cell<Option<Instant>>,
    last_touch: Cell<Option<(Touch, Instant)>>,
    dirty: Cell<bool>,
    waiting: Cell<u64>,
    outline: Cell<Option<Outline>>,
    /// A handheld scanner, which types like a keyboard; the window gives every key to it and to nothing else.
    wedge: RefCell<KeyboardWedge>,
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
            home: RefCell::default(),
            clock,
            last_tick: Cell::new(None),
            last_touch: Cell::new(None),
            dirty: Cell::new(true),
            waiting: Cell::new(0),
            outline: Cell::new(None),
            wedge: RefCell::default(),
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
        let mut wedge = self.wedge.borrow_mut();
        if !matches!(self.visit.borrow().stage(), Stage::Scan(_)) {
            wedge.clear();
        } else if let KeyOutcome::Code(payload) = wedge.key(text, self.clock.elapsed()) {
            self.post.input(Input::Code(payload.into()));
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
        *self.home.borrow_mut() = screens::Home { school: school.to_owned(), phone: phone.to_owned() };
        self.window.global::<Chrome<'_>>().set_device(device.into());
        self.dirty.set(true);
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
        }
    }

    fn touched(&self, touch: Touch) {
        let now = Instant::now();
        // Keypads are meant to be tapped quickly, and different buttons are different wishes.
        let same =
            self.last_touch.get().is_some_and(|(t, at)| t == touch && now.duration_since(at) < DOUBLE_TAP);
        let key =
            matches!(touch, Touch::Key(Keystroke::Digit(_) | Keystroke::Char(_) | Keystroke::Backspace));
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
        let panels = match &input {
            Input::Reply(ticket, _) => StaffPanel::owns(*ticket),
            Input::Camera(_) | Input::Pause(_) => false,
            Input::Touch(Touch::StaffDoor) => open || self.visit.borrow().is_at_rest(),
            Input::Touch(Touch::Language | Touch::LargeText | Touch::Contrast) => false,
            Input::Touch(_)
            | Input::Tick(_)
            | Input::Code(_)
            | Input::CodeSeen(_)
            | Input::Live(_)
            | Input::Uploaded
            | Input::Assisted(_) => open,
        };
        if panels { self.step_panel(input) } else { self.step_visit(input) }
    }

    fn step_panel(&self, input: Input) {
        let (tick, before) = (matches!(input, Input::Tick(_)), self.panel.borrow().is_open());
        let requests = self.panel.borrow_mut().step(input);
        let open = self.panel.borrow().is_open();
        if open != before {
            // Nobody is looked at while staff reads lists; afterwards the kiosk waits for a code again.
            let watch = if open { Watch::Rest } else { self.visit.borrow().watch() };
            self.watch(watch);
        }
        if !tick || !requests.is_empty() {
            self.dirty.set(true);
        }
        self.perform_all(requests);
    }

    fn perform_all(&self, requests: Vec<Request>) {
        for request in requests {
            self.perform(request);
        }
    }

    fn step_visit(&self, input: Input) {
        let tick = matches!(input, Input::Tick(_));
        let before = self.name();
        let requests = self.visit.borrow_mut().step(input);
        let counts = {
            let visit = self.visit.borrow();
            visit.cover().is_some() || matches!(visit.stage(), Stage::Capture(_) | Stage::Receipt(_))
        };
        // Most ticks change nothing that is seen; only countdowns and the hold arc live from them.
        if !tick || counts || !requests.is_empty() || self.name() != before {
            self.dirty.set(true);
        }
        self.perform_all(requests);
    }

    fn landscape(&self) -> bool {
        let size = self.window.window().size();
        size.width > size.height
    }

    fn show(&self) {
        let visit = self.visit.borrow();
        screens::show(&Scene {
            window: &self.window,
            home: &self.home.borrow(),
            visit: &visit,
            panel: &self.panel.borrow(),
            vault: &self.vault,
            pictures: &self.pictures,
            keyboard: &self.keyboard,
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

#[cfg(test)]
mod end_tests;
