//! Finding: every face of a picture, and for the main one dense points, pupils and the head's pose.

mod detection;
mod iris;
mod mesh;
mod pose;
pub(crate) mod yunet;

use crate::geometry::{FaceBox, Point};
use crate::models::{EngineError, Models};
use image::RgbImage;
use serde::Serialize;

pub(crate) use detection::Detection;
pub(crate) use iris::pupils;
pub(crate) use mesh::Mesh;
pub(crate) use pose::Pose;

/// The main face, measured.
#[derive(Clone, Debug)]
pub(crate) struct Face {
    pub(crate) detection: Detection,
    pub(crate) mesh: Mesh,
    /// Middle of each iris, image-left first.
    pub(crate) pupils: [Point; 2],
    pub(crate) pose: Pose,
}

/// Points of the main face that others may draw, pixels of the input picture.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FacePoints {
    /// Pupils, image-left first.
    pub pupils: [Point; 2],
    /// Tip of the nose.
    pub nose: Point,
    /// Corners of the mouth, image-left first.
    pub mouth: [Point; 2],
    /// Lowest point of the chin.
    pub chin: Point,
    /// Cheeks, image-left first: the face's width lies between them.
    pub cheeks: [Point; 2],
}

/// Where the main face is.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FaceReport {
    /// The detector's box.
    #[serde(rename = "box")]
    pub area: FaceBox,
    /// A few named points.
    pub points: FacePoints,
}

/// Another face wider than this share of the main one counts as a second person.
pub(crate) const BYSTANDER: f32 = 1.0 / 3.0;

/// From this long side on a copy is meant for judging, not for the live path, and a picture without a face is looked at again.
const CAREFUL: u32 = 640;

/// Every face, the largest first. What the detector takes for a second person must be a face to the mesh too: the detector
/// alone sees faces in blurred crowds and on curtains.
pub(crate) fn people(
    models: &Models,
    picture: &RgbImage,
    long_side: u32,
) -> Result<Vec<Detection>, EngineError> {
    let mut all = yunet::faces(models, picture, long_side)?;
    if all.is_empty() && long_side >= CAREFUL && picture.width().max(picture.height()) > long_side {
        // A small face in a large picture: worth a closer look, which only pictures without any other face cost.
        all = yunet::faces(models, picture, long_side * 3)?;
    }
    let Some(main) = all.iter().max_by(|a, b| weight(a).total_cmp(&weight(b))).cloned() else {
        return Ok(all);
    };
    let mut kept = Vec::with_capacity(all.len());
    for face in all {
        let doubtful = face != main && face.area.w > BYSTANDER * main.area.w;
        if !doubtful || Mesh::measure(models, picture, &face)?.presence > 0.0 {
            kept.push(face);
        }
    }
    Ok(kept)
}

/// Size, with a bonus for being sure: a vague large blob is not the main face.
fn weight(face: &Detection) -> f32 {
    face.area.area() * face.score.powi(4)
}

impl Face {
    /// Measures the main face of `picture`.
    pub(crate) fn measure(
        models: &Models,
        picture: &RgbImage,
        detection: &Detection,
    ) -> Result<Face, EngineError> {
        let mesh = Mesh::measure(models, picture, detection)?;
        let pupils = pupils(models, picture, &mesh)?;
        Ok(Face::new(detection.clone(), mesh, pupils))
    }

    /// Puts together what was measured.
    pub(crate) fn new(detection: Detection, mesh: Mesh, pupils: [Point; 2]) -> Face {
        let pose = Pose::of(&mesh);
        Face { detection, mesh, pupils, pose }
    }

    /// Middle between the pupils.
    pub(crate) fn eyes(&self) -> Point {
        self.pupils[0].midpoint(self.pupils[1])
    }

    /// Angle of the line through the pupils, degrees, positive where the image-right eye is lower.
    pub(crate) fn pupil_angle(&self) -> f32 {
        let [l, r] = self.pupils;
        (r.y - l.y).atan2(r.x - l.x).to_degrees()
    }

    /// Cheek to cheek, pixels.
    pub(crate) fn width(&self) -> f32 {
        self.mesh.width()
    }

    /// The cheek points, image-left first.
    pub(crate) fn cheeks(&self) -> [Point; 2] {
        self.mesh.cheeks()
    }

    /// Column of the face's axis: half way between the pupils' middle and the cheeks' middle, so that neither a turned
    /// head nor a squint moves it far.
    pub(crate) fn axis(&self) -> f32 {
        let [l, r] = self.cheeks();
        f32::midpoint(self.eyes().x, f32::midpoint(l.x, r.x))
    }

    pub(crate) fn chin(&self) -> Point {
        self.mesh.chin()
    }

    pub(crate) fn report(&self) -> FaceReport {
        FaceReport {
            area: self.detection.area,
            points: FacePoints {
                pupils: self.pupils,
                nose: self.mesh.at(1),
                mouth: [self.mesh.at(61), self.mesh.at(291)],
                chin: self.chin(),
                cheeks: self.cheeks(),
            },
        }
    }
}
