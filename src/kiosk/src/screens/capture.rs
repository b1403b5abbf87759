//! C: one instruction at a time beside the mirrored preview.

use super::{OnTouch, Scene};
use slint::ComponentHandle as _;
use standard::Instruction;
use ui::{AppWindow, Arrow, CaptureView};
use visit::{CaptureStage, Touch};

pub(super) fn wire(window: &AppWindow, touch: &OnTouch) {
    let t = touch.clone();
    window.global::<CaptureView<'_>>().on_shoot(move || t(Touch::Shutter));
}

pub(super) fn show(scene: &Scene<'_>, stage: &CaptureStage) {
    let view = scene.window.global::<CaptureView<'_>>();
    let held = stage.ready_since.map(|s| scene.visit.now().millis.saturating_sub(s));
    let (code, arrow) = match (stage.taking, stage.live.instruction) {
        (true, _) => ("coach.taking", Arrow::None),
        (false, Some(i)) => coach(i),
        (false, None) if held.is_some() => ("coach.good", Arrow::None),
        (false, None) => ("coach.look_here", Arrow::Look),
    };
    view.set_instruction(scene.say(code));
    view.set_detail(scene.mend(code, &[]));
    view.set_arrow(arrow);
    view.set_holding(held.is_some() || stage.taking);
    let hold = scene.visit.timings().hold.max(1);
    view.set_hold(if stage.taking { 1.0 } else { held.map_or(0.0, |h| (h as f32 / hold as f32).min(1.0)) });
    let ticks = stage.live.ticks;
    view.set_distance_good(ticks.distance);
    view.set_place_good(ticks.position);
    view.set_pose_good(ticks.pose);
    view.set_light_good(ticks.light);
    view.set_eyes_good(ticks.eyes);
    view.set_can_shoot(!stage.taking);
    // Three drawings of the rules stand there from the start; the flash belongs to the moment of the picture.
    view.set_taken(false);
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
