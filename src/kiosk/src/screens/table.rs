//! The table of screens: the one place that names them all. Wiring at the start, showing a stage and clearing after a visit go
//! through it, so that no screen can be forgotten by one of the three.

use super::scene::{Face, Scene, Shown};
use super::{
    Keyboard, OnTouch, ask, birth, capture, chrome, covers, entry, help, identity, keyboard, loading, pick,
    receipt, result, scanning, school, sentence, staff, staff_panel, tasks, who,
};
use ui::AppWindow;
use visit::{StaffPanel, Stage, Visit};

/// A row is an adapter, with the stages that it shows. The match over the stages has no wildcard: a stage without a row does not
/// compile.
macro_rules! screens {
    ($( $adapter:ident: [ $( $stage:pat => $shown:expr ),* ] )*) => {
        /// Connects every callback once.
        pub fn wire(window: &AppWindow, touch: &OnTouch, keyboard: &Keyboard) {
            keyboard::wire(window, touch, keyboard);
            $( $adapter::wire(window, touch); )*
        }

        /// Sets everything that screens were given to what it was before the first visit: nothing of a student, or of what staff
        /// looked at, stays in the window.
        pub fn clear(window: &AppWindow, keyboard: &Keyboard) {
            keyboard::clear(window, keyboard);
            $( $adapter::clear(window); )*
        }

        fn of_stage(stage: &Stage) -> &dyn Shown {
            match stage {
                $( $( $stage => $shown, )* )*
            }
        }
    };
}

screens! {
    scanning: [Stage::Scan(stage) => stage]
    help: [Stage::Help(_) => &help::Help]
    loading: [Stage::Loading(_) => &loading::Loading]
    school: [Stage::School(stage) => stage]
    entry: [Stage::Entry(stage) => stage, Stage::Payment(stage) => stage]
    who: [Stage::Who(_) => &who::Who]
    ask: [Stage::Manual(stage) => stage, Stage::Address(stage) => stage]
    birth: [Stage::Birth(stage) => stage]
    identity: [Stage::Identity(stage) => stage]
    capture: [Stage::Capture(stage) => stage]
    pick: [Stage::Pick(stage) => stage]
    staff: [Stage::Staff(stage) => stage]
    result: [Stage::Result(stage) => stage]
    receipt: [Stage::Receipt(stage) => stage]
    tasks: [Stage::Tasks(stage) => stage]
    sentence: [Stage::Sentence(stage) => stage, Stage::Paused(stage) => stage]
    staff_panel: []
    covers: []
    chrome: []
}

/// What is shown now: a page of the staff panel while it is open, else the stage of the visit.
fn shown<'a>(visit: &'a Visit, panel: &'a StaffPanel) -> &'a dyn Shown {
    if panel.is_open() { panel.stage() } else { of_stage(visit.stage()) }
}

fn face(visit: &Visit, panel: &StaffPanel) -> Face {
    let face = shown(visit, panel).face();
    if panel.is_open() { face } else { covers::over(visit.cover(), face) }
}

/// Sets the screen from the visit.
pub fn show(scene: &Scene<'_>) {
    chrome::show(scene);
    covers::show(scene);
    let shown = shown(scene.visit, scene.panel);
    if !shown.has_keyboard() {
        scene.keyboard.rest(scene.window);
    }
    shown.show(scene);
    let Some(screen) = face(scene.visit, scene.panel).screen else { return };
    if scene.window.get_screen() != screen {
        scene.window.set_screen(screen);
    }
}

/// The screen's name in reports; screens that look different have different names.
#[must_use]
pub fn name(visit: &Visit, panel: &StaffPanel) -> &'static str {
    face(visit, panel).name
}
