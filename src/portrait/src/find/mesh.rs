//! The 468-point face mesh (MediaPipe Face Mesh, Apache-2.0) on a roll-aligned square of 1.5 times the face's box.

use super::detection::Detection;
use crate::geometry::{Point, Similarity};
use crate::models::{EngineError, Models, Network};
use crate::resample::{Colour, warp};
use image::RgbImage;

/// Side of what the network sees, pixels.
const SIDE: usize = 192;
/// Side of the square over the longer side of the face's box.
const ROOM: f32 = 1.5;
/// Points of the mesh.
const COUNT: usize = 468;

/// The mesh in the input picture's pixels.
#[derive(Clone, Debug)]
pub(crate) struct Mesh {
    points: Vec<Point>,
    /// Depth of every point, pixels, smaller is nearer to the camera.
    depths: Vec<f32>,
    /// How sure the network is that it saw a face, logit.
    pub(crate) presence: f32,
    /// What the network saw, and how to get there: the live path measures light and sharpness on it.
    pub(crate) crop: Colour,
    pub(crate) to_crop: Similarity,
}

impl Mesh {
    pub(crate) fn measure(
        models: &Models,
        picture: &RgbImage,
        face: &Detection,
    ) -> Result<Mesh, EngineError> {
        let [left, right, ..] = face.five;
        let angle = (right.y - left.y).atan2(right.x - left.x);
        let side = face.area.w.max(face.area.h) * ROOM;
        let to_crop = Similarity::square(face.area.centre(), side, angle, SIDE as f32);
        let crop = warp(picture, &to_crop, SIDE);
        let input: Vec<f32> = crop.data.iter().flatten().copied().collect();
        let outputs = models.run(Network::Mesh, &[1, SIDE, SIDE, 3], &input)?;
        let malformed =
            || EngineError::Failed { name: Network::Mesh.name(), reason: "unexpected outputs".into() };
        let flat = outputs.iter().find(|(_, v)| v.len() == COUNT * 3).ok_or_else(malformed)?;
        let presence = outputs.iter().find(|(_, v)| v.len() == 1).map_or(0.0, |(_, v)| v[0]);
        let back = to_crop.inverse();
        let unit = back.scale();
        let points = flat.1.chunks_exact(3).map(|p| back.apply(Point::new(p[0], p[1]))).collect();
        let depths = flat.1.chunks_exact(3).map(|p| p[2] * unit).collect();
        Ok(Mesh { points, depths, presence, crop, to_crop })
    }

    /// Point `index` of MediaPipe's mesh (0..=467).
    pub(crate) fn at(&self, index: usize) -> Point {
        self.points[index]
    }

    /// Lowest point of the chin.
    pub(crate) fn chin(&self) -> Point {
        self.at(152)
    }

    /// The cheek points, image-left first.
    pub(crate) fn cheeks(&self) -> [Point; 2] {
        [self.at(234), self.at(454)]
    }

    /// Cheek to cheek, pixels.
    pub(crate) fn width(&self) -> f32 {
        let [l, r] = self.cheeks();
        l.distance(r)
    }

    /// Middle of each eye's corners, image-left eye first: ISO's eye centres, and near the pupils.
    pub(crate) fn eye_centres(&self) -> [Point; 2] {
        [self.at(33).midpoint(self.at(133)), self.at(362).midpoint(self.at(263))]
    }

    /// The points at `indices`.
    pub(crate) fn pick(&self, indices: &[usize]) -> Vec<Point> {
        indices.iter().map(|i| self.points[*i]).collect()
    }

    /// `[x, y, depth]` of every point, pixels.
    pub(crate) fn solids(&self) -> Vec<[f32; 3]> {
        (0..COUNT).map(|i| self.solid(i)).collect()
    }

    /// `[x, y, depth]` of point `index`, pixels.
    pub(crate) fn solid(&self, index: usize) -> [f32; 3] {
        let p = self.points[index];
        [p.x, p.y, self.depths[index]]
    }
}
