//! Who is in the picture, how large, and with how much room. ISO's geometry is measured on the original picture.

use super::features::eyes_to_chin;
use super::iso::IsoComponent as Iso;
use super::scene::{Finding, Scene};
use crate::geometry::Point;
use crate::produce::main_face;
use standard::{CheckName as C, Verdict};

pub(super) fn measure(scene: &Scene<'_>) -> Vec<Finding> {
    let mesh = &scene.face.mesh;
    let (w, h) = (f64::from(scene.picture.width()), f64::from(scene.picture.height()));
    let [left, right] = mesh.eye_centres();
    let apart = f64::from(left.distance(right)).max(1.0);
    let tall = f64::from(eyes_to_chin(mesh));
    let middle = f64::from(left.midpoint(right).y);
    let facing = f64::from(scene.face.pose.yaw).to_radians().cos().max(0.05);
    let areas: Vec<f64> = scene.faces.iter().map(|f| f64::from(f.area.area())).collect();
    let second = areas.get(1).map_or(0.0, |a| a / areas[0].max(1.0));
    vec![
        (C::SingleFacePresent, Some(Iso::SingleFacePresent.score(second))),
        (C::InterEyeDistance, Some(Iso::InterEyeDistance.score(apart / facing))),
        (C::HeadSize, Some(Iso::HeadSize.score(tall / h))),
        // ISO's reference numbers contain the eye farther from the border; followed to the letter.
        (
            C::LeftwardCropOfTheFaceImage,
            Some(Iso::LeftwardCropOfTheFaceImage.score(f64::from(right.x) / apart)),
        ),
        (
            C::RightwardCropOfTheFaceImage,
            Some(Iso::RightwardCropOfTheFaceImage.score((w - f64::from(left.x)) / apart)),
        ),
        (C::MarginAboveOfTheFaceImage, Some(Iso::MarginAboveOfTheFaceImage.score(middle / tall))),
        (C::MarginBelowOfTheFaceImage, Some(Iso::MarginBelowOfTheFaceImage.score((h - middle) / tall))),
        // Ours: scale from the captured picture to the portrait, by the solver that will place it.
        (C::EnlargementFactor, scene.placed.ok().map(|w| f64::from(w.scale))),
        (C::HeadInside, Some(f64::from(u8::from(head_inside(scene))))),
    ]
}

/// The verdict on the number of faces. ISO's score compares areas, the standard widths ([`crate::find::BYSTANDER`]), and `make`
/// refuses by widths: where the two differ by the shape of a box, the standard decides.
pub(super) fn alone(scene: &Scene<'_>, by_score: Verdict) -> Verdict {
    if main_face(scene.faces).is_err() { Verdict::Block } else { by_score.min(Verdict::Warn) }
}

/// Ours: 1 if hair, chin and both cheeks are inside of the picture, else 0.
fn head_inside(scene: &Scene<'_>) -> bool {
    let (w, h) = (scene.picture.width() as f32, scene.picture.height() as f32);
    let inside = |p: Point| p.x >= 1.0 && p.y >= 1.0 && p.x <= w - 1.0 && p.y <= h - 1.0;
    inside(scene.face.chin())
        && scene.face.cheeks().into_iter().all(inside)
        && !scene.silhouette.hair_is_cut(scene.face)
}
