//! The camera: one instruction at a time next to the mirrored preview.

use super::OnTouch;
use super::scene::{Face, Scene, Shown};
use sentences::{Code, codes};
use slint::ComponentHandle as _;
use standard::Instruction;
use standard::framing::OVAL;
use ui::{AppWindow, Arrow, CaptureView, Framing, Reset as _, Screen};
use visit::{CaptureStage, Touch};

pub(super) fn wire(window: &AppWindow, touch: &OnTouch) {
    let t = touch.clone();
    window.global::<CaptureView<'_>>().on_shoot(move || t(Touch::Shutter));
    // Not the student's: `clear` leaves it.
    let framing = window.global::<Framing<'_>>();
    framing.set_centre_x(OVAL.centre.0);
    framing.set_centre_y(OVAL.centre.1);
    framing.set_radius_x(OVAL.radii.0);
    framing.set_radius_y(OVAL.radii.1);
}

impl Shown for CaptureStage {
    fn face(&self) -> Face {
        Face::of("capture", Screen::Capture)
    }

    fn show(&self, scene: &Scene<'_>) {
        let view = scene.window.global::<CaptureView<'_>>();
        let held = self.ready_since.map(|s| scene.visit.now().millis.saturating_sub(s));
        let (code, arrow) = match (self.taking, self.live.instruction) {
            (true, _) => (codes::COACH_TAKING, Arrow::None),
            (false, Some(i)) => coach(i),
            (false, None) if held.is_some() => (codes::COACH_GOOD, Arrow::None),
            (false, None) => (codes::COACH_LOOK_HERE, Arrow::Look),
        };
        view.set_instruction(scene.say(code));
        view.set_detail(scene.remedy(code, &[]));
        view.set_arrow(arrow);
        view.set_holding(held.is_some() || self.taking);
        let hold = scene.visit.timings().hold.max(1);
        view.set_hold(if self.taking {
            1.0
        } else {
            held.map_or(0.0, |h| (h as f32 / hold as f32).min(1.0))
        });
        let ticks = self.live.ticks;
        view.set_distance_good(ticks.distance);
        view.set_place_good(ticks.position);
        view.set_pose_good(ticks.pose);
        view.set_light_good(ticks.light);
        view.set_eyes_good(ticks.eyes);
        view.set_can_shoot(!self.taking);
        // Three drawings of the rules are there from the start; the flash is only for the moment of the picture.
        view.set_taken(false);
    }
}

pub(super) fn clear(window: &AppWindow) {
    window.global::<CaptureView<'_>>().reset();
}

fn coach(instruction: Instruction) -> (Code, Arrow) {
    match instruction {
        Instruction::NoFace => (codes::COACH_NO_FACE, Arrow::None),
        Instruction::SeveralFaces => (codes::COACH_SEVERAL_FACES, Arrow::None),
        Instruction::Closer => (codes::COACH_CLOSER, Arrow::Closer),
        Instruction::Farther => (codes::COACH_FARTHER, Arrow::Farther),
        Instruction::Left => (codes::COACH_LEFT, Arrow::Left),
        Instruction::Right => (codes::COACH_RIGHT, Arrow::Right),
        Instruction::Up => (codes::COACH_UP, Arrow::Up),
        Instruction::Down => (codes::COACH_DOWN, Arrow::Down),
        Instruction::Straighten => (codes::COACH_STRAIGHTEN, Arrow::None),
        Instruction::LookHere => (codes::COACH_LOOK_HERE, Arrow::Look),
        Instruction::MoreLight => (codes::COACH_MORE_LIGHT, Arrow::None),
        Instruction::EvenLight => (codes::COACH_EVEN_LIGHT, Arrow::None),
        Instruction::HoldStill => (codes::COACH_HOLD_STILL, Arrow::None),
    }
}
