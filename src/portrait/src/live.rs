//! The live verdict on one preview frame: one instruction at a time.
//!
//! The frame is the camera's whole picture, unmirrored. Faces are searched in all of it, so that a second person outside the
//! preview is found before the burst is refused. The oval lies in the frame's centre, which the preview shows (`standard::framing`), where the
//! portrait's frame has the head, so that a face that fills the oval gives a portrait.

use crate::assess::{Light, laplacian_energy};
use crate::find::{Detection, Mesh, Pose, people};
use crate::geometry::{FaceBox, Point};
use crate::matte::person::OVAL;
use crate::models::{EngineError, Models};
use crate::plane::Mask;
use crate::produce::main_face;
use image::RgbImage;
use serde::Serialize;
use standard::{CheckName, Instruction, Preset, Rule, Verdict, framing};

/// Long side of the copy on which faces are looked for, pixels.
const SIDE: u32 = 320;
/// The face's width that fills the oval, over the oval's width.
pub(crate) const FILLED: f32 = 0.86;
/// How much smaller or larger than that is still fine. Who is nearer may leave too little below the shoulders for a placement;
/// the solver's tests hold it against this.
pub(crate) const SIZES: (f32, f32) = (0.80, 1.12);
/// How far the face may be from the oval's middle, over the frame's width and height.
pub(crate) const OFFSET: (f32, f32) = (0.055, 0.05);
/// Sharpness of the mesh's own crop below which the frame is shaken, per cent of luma.
const SHAKEN: f64 = 4.0;

/// How the main face lies in the oval.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct OvalFit {
    /// Offset of the face to the image's right, over the width of the frame's 3:4 centre.
    pub x: f32,
    /// Offset downwards, over its height.
    pub y: f32,
    /// Size over the one that fills the oval: 1 is right, less is too far away.
    pub size: f32,
}

/// What one look found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Live {
    /// Every face, the main one first, pixels of the frame.
    pub faces: Vec<FaceBox>,
    /// How the main face lies in the oval; zero without a face.
    pub oval: OvalFit,
    /// The most important instruction, if any.
    pub coaching: Option<Instruction>,
    /// There is no instruction left, so that the shutter may fire.
    pub ready: bool,
}

/// Judges one frame.
pub(crate) fn judge(models: &Models, frame: &RgbImage, preset: &Preset) -> Result<Live, EngineError> {
    let found = people(models, frame, SIDE)?;
    let faces = found.iter().map(|f| f.area).collect();
    let Some(main) = found.first() else {
        return Ok(Live {
            faces,
            oval: OvalFit::default(),
            coaching: Some(Instruction::NoFace),
            ready: false,
        });
    };
    let mesh = Mesh::measure(models, frame, main)?;
    let oval = fit(frame, &mesh);
    let coaching = coach(&found, &mesh, oval, preset);
    Ok(Live { faces, oval, coaching, ready: coaching.is_none() })
}

/// The centre of a frame, which the preview shows: its left and upper edge, width and height, pixels.
fn shown(frame: &RgbImage) -> (f32, f32, f32, f32) {
    let crop = framing::centre_of(frame.dimensions(), framing::PREVIEW);
    (crop.x as f32, crop.y as f32, crop.width as f32, crop.height as f32)
}

fn fit(frame: &RgbImage, mesh: &Mesh) -> OvalFit {
    let (x, y, w, h) = shown(frame);
    let (left, right) = (mesh.at(234), mesh.at(454));
    let eyes = mesh.at(33).midpoint(mesh.at(263));
    let filled = FILLED * 2.0 * framing::OVAL.radii.0 * w;
    OvalFit {
        x: (left.midpoint(right).x - x) / w - framing::OVAL.centre.0,
        // The eyes lie in the middle of a head, so they belong to the middle of the oval.
        y: (eyes.y - y) / h - framing::OVAL.centre.1,
        size: left.distance(right) / filled,
    }
}

/// The first thing to correct, in this order: number of faces, distance, position, pose, light.
fn coach(found: &[Detection], mesh: &Mesh, oval: OvalFit, preset: &Preset) -> Option<Instruction> {
    if main_face(found).is_err() {
        return Some(Instruction::SeveralFaces);
    }
    place(oval).or_else(|| head(&Pose::of(mesh), preset)).or_else(|| light(mesh, preset))
}

fn place(oval: OvalFit) -> Option<Instruction> {
    if oval.size < SIZES.0 {
        return Some(Instruction::Closer);
    }
    if oval.size > SIZES.1 {
        return Some(Instruction::Farther);
    }
    // The image's left is the student's right, so a face too far to the image's left has to move to its own left.
    let (across, down) = (oval.x / OFFSET.0, oval.y / OFFSET.1);
    if across.abs() >= down.abs() {
        (across < -1.0).then_some(Instruction::Left).or((across > 1.0).then_some(Instruction::Right))
    } else {
        (down < -1.0).then_some(Instruction::Down).or((down > 1.0).then_some(Instruction::Up))
    }
}

fn head(pose: &Pose, preset: &Preset) -> Option<Instruction> {
    // Coached into the comfortable range, not to the edge of the permitted one.
    let outside = |name: CheckName, value: f32| {
        let Rule { warn, block } = preset.rule(name);
        !warn.holds(f64::from(value)) || !block.holds(f64::from(value))
    };
    if outside(CheckName::HeadPoseRoll, pose.roll) {
        return Some(Instruction::Straighten);
    }
    let away = outside(CheckName::HeadPoseYaw, pose.yaw) || outside(CheckName::HeadPosePitch, pose.pitch);
    away.then_some(Instruction::LookHere)
}

fn light(mesh: &Mesh, preset: &Preset) -> Option<Instruction> {
    let light = Light::on(mesh);
    let blocks = |name: CheckName, value: f64| preset.rule(name).judge(value).0 == Verdict::Block;
    if blocks(CheckName::LuminanceMean, light.mean_score()) && light.mean < 0.5 {
        return Some(Instruction::MoreLight);
    }
    if blocks(CheckName::IlluminationSymmetry, light.loss) {
        return Some(Instruction::EvenLight);
    }
    (sharpness(mesh) < SHAKEN).then_some(Instruction::HoldStill)
}

/// Sharpness of the face on the mesh network's own crop, per cent of its luma.
fn sharpness(mesh: &Mesh) -> f64 {
    let side = mesh.crop.width;
    let outline: Vec<Point> = mesh.pick(&OVAL).into_iter().map(|p| mesh.to_crop.apply(p)).collect();
    let mut region = Mask::new(side, side);
    crate::geometry::fill(&crate::geometry::hull(&outline), side as u32, side as u32, |y, from, to| {
        region.data[y * side + from..y * side + to].fill(true);
    });
    laplacian_energy(&mesh.crop, &region)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shown_centre_is_three_by_four() {
        assert_eq!(shown(&RgbImage::new(1280, 720)), (370.0, 0.0, 540.0, 720.0));
        assert_eq!(shown(&RgbImage::new(720, 1280)), (0.0, 160.0, 720.0, 960.0));
    }

    #[test]
    fn instructions_are_in_the_students_own_terms() {
        let fit = |x, y, size| place(OvalFit { x, y, size });
        assert_eq!(fit(0.0, 0.0, 1.0), None);
        assert_eq!(fit(0.0, 0.0, 0.5), Some(Instruction::Closer));
        assert_eq!(fit(0.0, 0.0, 1.5), Some(Instruction::Farther));
        assert_eq!(fit(-0.2, 0.0, 1.0), Some(Instruction::Left));
        assert_eq!(fit(0.2, 0.0, 1.0), Some(Instruction::Right));
        assert_eq!(fit(0.0, 0.2, 1.0), Some(Instruction::Up));
        assert_eq!(fit(0.0, -0.2, 1.0), Some(Instruction::Down));
    }
}
