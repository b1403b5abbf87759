//! The pupils, by MediaPipe Iris (Apache-2.0): a 64-pixel square of 2.3 times the eye's width; the network knows one side
//! only, so the other eye is shown to it in a mirror.

use super::mesh::Mesh;
use crate::geometry::{Point, Similarity};
use crate::models::{EngineError, Models, Network};
use crate::resample::warp;
use image::RgbImage;

/// Side of what the network sees, pixels.
const SIDE: usize = 64;
/// Side of the square over the distance of the eye's corners.
const ROOM: f32 = 2.3;

/// Middle of each iris, image-left first.
pub(crate) fn pupils(models: &Models, picture: &RgbImage, mesh: &Mesh) -> Result<[Point; 2], EngineError> {
    // The network was trained on the subject's left eye, which the picture shows on its right.
    Ok([pupil(models, picture, mesh, [33, 133], true)?, pupil(models, picture, mesh, [362, 263], false)?])
}

fn pupil(
    models: &Models,
    picture: &RgbImage,
    mesh: &Mesh,
    corners: [usize; 2],
    mirror: bool,
) -> Result<Point, EngineError> {
    let [from, to] = corners.map(|i| mesh.at(i));
    let angle = (to.y - from.y).atan2(to.x - from.x);
    let to_crop = Similarity::square(from.midpoint(to), from.distance(to) * ROOM, angle, SIDE as f32);
    let crop = warp(picture, &to_crop, SIDE);
    let column = |x: usize| if mirror { SIDE - 1 - x } else { x };
    let input: Vec<f32> =
        (0..SIDE * SIDE).flat_map(|i| crop.data[i / SIDE * SIDE + column(i % SIDE)]).collect();
    let outputs = models.run(Network::Iris, &[1, SIDE, SIDE, 3], &input)?;
    let malformed =
        || EngineError::Failed { name: Network::Iris.name(), reason: "unexpected outputs".into() };
    let iris = outputs.iter().find(|(_, v)| v.len() == 15).map(|(_, v)| v).ok_or_else(malformed)?;
    let x = if mirror { SIDE as f32 - iris[0] } else { iris[0] };
    Ok(to_crop.inverse().apply(Point::new(x, iris[1])))
}
