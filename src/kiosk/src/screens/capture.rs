//! The camera: one instruction at a time next to the mirrored preview.

use super::OnTouch;
use super::scene::{Face, Scene, Shown};
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
            (true, _) => ("coach.taking", Arrow::None),
            (false, Some(i)) => coach(i),
            (false, None) if held.is_some() => ("coach.good", Arrow::None),
            (false, None) => ("coach.look_here", Arrow::Look),
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

fn coach(instruction: Instruction) -> (&'static str, Arrow) {
    match instruction {
        Instruction::NoFace => ("coach.no_face", Arrow::None),
        Instruction::SeveralFaces => ("coach.several_faces", Arrow::None),
        Instruction::Closer => ("coach.closer", Arrow::Closer),
        Instruction::Farther => ("coach.farther", Arrow::Farther),
        Instruction::Left => ("coach.left", Arrow::Left),
        Instruction::Right => ("coach.right", Arrow::Right),
        Instruction::Up => ("coach.up", Arrow::Up),
        Instruction::Down => ("coach.down", Arrow::Down),
        Instruction::Straighten => ("coach.straighten", Arrow::None),
        Instruction::LookHere => ("coach.look_here", Arrow::Look),
        Instruction::MoreLight => ("coach.more_light", Arrow::None),
        Instruction::EvenLight => ("coach.even_light", Arrow::None),
        Instruction::HoldStill => ("coach.hold_still", Arrow::None),
    }
}
