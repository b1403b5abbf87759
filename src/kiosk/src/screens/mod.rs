//! The screens' adapters: one file a screen, each the only place that sets that screen's global. The screen is a function of
//! the visit; nothing here decides anything.

mod ask;
mod birth;
mod capture;
mod chrome;
mod covers;
mod desk;
mod entry;
mod identity;
mod keyboard;
mod payment;
mod pick;
mod picture;
mod receipt;
mod result;
mod scanning;
mod school;
mod sentence;
mod staff;
mod tasks;

pub use keyboard::Keyboard;
pub use picture::Pictures;

use crate::vault::Vault;
use sentences::Lang;
use std::rc::Rc;
use ui::{AppWindow, Screen};
use visit::{Cover, PickPhase, StaffPanel, StaffStep, Stage, Touch, Visit};

/// Hands touches to the loop.
pub type OnTouch = Rc<dyn Fn(Touch)>;

/// What adapters need besides the visit.
pub struct Scene<'a> {
    /// The window.
    pub window: &'a AppWindow,
    /// The visit.
    pub visit: &'a Visit,
    /// The staff's desk, which lies over a kiosk at rest.
    pub panel: &'a StaffPanel,
    /// The pictures of the visit.
    pub vault: &'a Vault,
    /// Pictures already turned into what the screen shows.
    pub pictures: &'a Pictures,
    /// What is being written, where a screen has a keyboard.
    pub keyboard: &'a Keyboard,
}

impl Scene<'_> {
    /// The language the screen speaks.
    #[must_use]
    pub fn lang(&self) -> Lang {
        if self.visit.presentation().english { Lang::En } else { Lang::Zh }
    }

    /// A sentence without placeholders, in the screen's language.
    #[must_use]
    pub fn say(&self, code: &str) -> slint::SharedString {
        sentences::say(code, self.lang(), &[]).into()
    }

    /// A sentence with placeholders, in the screen's language.
    #[must_use]
    pub fn say_with(&self, code: &str, args: &[(&'static str, String)]) -> slint::SharedString {
        let args: Vec<(&str, &str)> = args.iter().map(|(k, v)| (*k, v.as_str())).collect();
        sentences::say(code, self.lang(), &args).into()
    }

    /// What to do about it: the sentence's second half, or nothing.
    #[must_use]
    pub fn mend(&self, code: &str, args: &[(&'static str, String)]) -> slint::SharedString {
        let code = format!("{code}.mend");
        if sentences::has(&code) { self.say_with(&code, args) } else { slint::SharedString::default() }
    }
}

/// Connects every callback once.
pub fn wire(window: &AppWindow, touch: &OnTouch, keyboard: &Keyboard) {
    keyboard::wire(window, touch, keyboard);
    school::wire(window, touch);
    ask::wire(window, touch);
    scanning::wire(window, touch);
    identity::wire(window, touch);
    birth::wire(window, touch);
    capture::wire(window, touch);
    pick::wire(window, touch);
    staff::wire(window, touch);
    result::wire(window, touch);
    receipt::wire(window, touch);
    tasks::wire(window, touch);
    sentence::wire(window, touch);
    covers::wire(window, touch);
    entry::wire(window, touch);
    desk::wire(window, touch);
    chrome::wire(window, touch);
}

/// Sets the screen from the visit.
pub fn show(scene: &Scene<'_>) {
    chrome::show(scene);
    covers::show(scene);
    if scene.panel.is_open() {
        desk::show(scene);
        set_screen(scene, desk::screen_of(scene.panel));
        return;
    }
    if !matches!(scene.visit.stage(), Stage::School(_) | Stage::Manual(_) | Stage::Address(_)) {
        scene.keyboard.rest(scene);
    }
    match scene.visit.stage() {
        Stage::Scan(stage) => scanning::show(scene, stage),
        Stage::Help(_) => {}
        // What was shown before stays; it takes less time than a change of screens would.
        Stage::Loading(_) => return,
        Stage::Paused(stage) => sentence::show_paused(scene, &stage.notice),
        Stage::School(stage) if stage.is_loading() => return,
        Stage::School(stage) => school::show(scene, stage),
        Stage::Manual(stage) => ask::show_manual(scene, stage),
        Stage::Address(stage) => ask::show_address(scene, stage),
        Stage::Entry(stage) => entry::show(scene, stage),
        Stage::Who(_) => entry::show_who(scene),
        Stage::Payment(stage) => payment::show(scene, stage),
        Stage::Birth(stage) => birth::show(scene, stage),
        Stage::Identity(stage) => identity::show(scene, stage.agreed),
        Stage::Capture(stage) => capture::show(scene, stage),
        Stage::Pick(stage) => pick::show(scene, stage),
        Stage::Staff(stage) => staff::show(scene, stage),
        Stage::Result(stage) => result::show(scene, stage),
        Stage::Receipt(stage) => receipt::show(scene, stage),
        Stage::Tasks(stage) => tasks::show(scene, stage),
        Stage::Sentence(stage) => sentence::show_stage(scene, stage),
    }
    if let Some(screen) = screen_of(scene.visit) {
        set_screen(scene, screen);
    }
}

fn set_screen(scene: &Scene<'_>, screen: Screen) {
    if scene.window.get_screen() != screen {
        scene.window.set_screen(screen);
    }
}

/// The screen of a stage; `None` when the one that is there stays.
fn screen_of(visit: &Visit) -> Option<Screen> {
    if matches!(visit.cover(), Some(Cover::CameraLost { .. })) {
        return Some(Screen::CameraLost);
    }
    Some(match visit.stage() {
        Stage::Loading(_) => return None,
        Stage::School(s) if s.is_loading() => return None,
        Stage::School(_) => Screen::School,
        Stage::Manual(_) | Stage::Address(_) => Screen::Ask,
        Stage::Scan(_) => Screen::Scan,
        Stage::Help(_) => Screen::Help,
        Stage::Entry(_) => Screen::NumberEntry,
        Stage::Who(_) => Screen::Who,
        Stage::Birth(_) => Screen::SecondFactor,
        Stage::Identity(_) => Screen::ConfirmIdentity,
        Stage::Payment(p) if p.mode == collection::PaymentMode::Voucher => Screen::NumberEntry,
        Stage::Capture(_) => Screen::Capture,
        Stage::Pick(p) => match p.phase {
            PickPhase::ComparisonFailed(_) | PickPhase::Refused(_) => Screen::Sentence,
            PickPhase::Choosing | PickPhase::Comparing | PickPhase::Confirming | PickPhase::Making => {
                Screen::Pick
            }
        },
        Stage::Staff(s) => match s.step {
            StaffStep::Pin { .. } => Screen::StaffPin,
            StaffStep::Reason { .. } => Screen::StaffReason,
        },
        Stage::Result(_) => Screen::Result,
        Stage::Receipt(_) => Screen::Receipt,
        Stage::Tasks(_) => Screen::Tasks,
        Stage::Sentence(_) | Stage::Paused(_) | Stage::Payment(_) => Screen::Sentence,
    })
}

/// The screen's name in reports; screens that look different have different names.
#[must_use]
pub fn name(visit: &Visit, panel: &StaffPanel) -> &'static str {
    if panel.is_open() {
        return desk::name(panel);
    }
    match visit.cover() {
        Some(Cover::Leaving) => return "leaving",
        Some(Cover::Idle { .. }) => return "idle",
        Some(Cover::CameraLost { .. }) => return "camera-lost",
        None => {}
    }
    match visit.stage() {
        Stage::Scan(s) if s.notice.is_some() => "scan-notice",
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
        Stage::Payment(_) => "payment",
        Stage::Birth(_) => "birth",
        Stage::Identity(_) => "identity",
        Stage::Capture(_) => "capture",
        Stage::Pick(p) => match p.phase {
            PickPhase::Choosing if p.blocked() => "pick-blocked",
            PickPhase::Choosing => "pick",
            PickPhase::Comparing => "pick-comparing",
            PickPhase::Confirming => "confirm",
            PickPhase::Making => "making",
            PickPhase::ComparisonFailed(_) => "comparison-failed",
            PickPhase::Refused(_) => "refused",
        },
        Stage::Staff(s) => match s.step {
            StaffStep::Pin { .. } => "staff-pin",
            StaffStep::Reason { .. } => "staff-reason",
        },
        Stage::Result(r) if r.draft => "draft",
        Stage::Result(_) => "result",
        Stage::Receipt(_) => "receipt",
        Stage::Tasks(_) => "tasks",
        Stage::Sentence(_) => "sentence",
    }
}
