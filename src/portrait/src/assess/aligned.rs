//! ISO's aligned face: 616 x 616 pixels, eyes level at row 272, and the regions that the measures look at.
//!
//! Points, targets and regions after OFIQ 1.0.3; landmarks are MediaPipe's nearest ones, and the fit is least squares
//! where OFIQ takes the least median. Shifts of a few pixels against OFIQ follow from both.

use crate::find::Mesh;
use crate::geometry::{Point, Similarity, fill, hull};
use crate::plane::Mask;
use crate::resample::{Colour, linear, warp};
use image::RgbImage;

/// Side of the aligned face, pixels.
pub(super) const SIDE: usize = 616;
/// Eye centres, tip of the nose, corners of the mouth.
const TARGETS: [Point; 5] = [
    Point::new(251.0, 272.0),
    Point::new(364.0, 272.0),
    Point::new(308.0, 336.0),
    Point::new(262.0, 402.0),
    Point::new(355.0, 402.0),
];
/// Contour from ear to ear below, and the brows: the forehead is not part of ISO's face region.
const REGION: [usize; 32] = [
    127, 234, 93, 132, 58, 172, 136, 150, 149, 176, 148, 152, 377, 400, 378, 379, 365, 397, 288, 361, 323,
    454, 356, 70, 63, 105, 66, 107, 336, 296, 334, 293,
];

/// The aligned face.
pub(super) struct Aligned {
    pub(super) picture: Colour,
    /// Linear luminance, 0..=255 (ISO's L).
    pub(super) luminance: Vec<u8>,
    /// ISO's face region.
    pub(super) face: Mask,
    pub(super) to_aligned: Similarity,
    /// Distance of the eye centres and of their middle from the mouth, pixels of the aligned face.
    pub(super) eyes_apart: f32,
    pub(super) eyes_to_mouth: f32,
    /// Eye centres, image-left first.
    pub(super) eyes: [Point; 2],
}

impl Aligned {
    pub(super) fn new(picture: &RgbImage, mesh: &Mesh) -> Aligned {
        let [left, right] = mesh.eye_centres();
        let to_aligned = Similarity::fit(&[left, right, mesh.at(1), mesh.at(61), mesh.at(291)], &TARGETS);
        let picture = warp(picture, &to_aligned, SIDE);
        let byte = |v: f32| (v * 255.0 + 0.5) as u8;
        let light = |p: &[f32; 3]| {
            let [r, g, b] = p.map(|v| linear(byte(v)));
            (255.0 * (0.2126 * r + 0.7152 * g + 0.0722 * b) + 0.5) as u8
        };
        let luminance = picture.data.iter().map(light).collect();
        let outline: Vec<Point> = mesh.pick(&REGION).into_iter().map(|p| to_aligned.apply(p)).collect();
        let mut face = Mask::new(SIDE, SIDE);
        fill(&hull(&outline), SIDE as u32, SIDE as u32, |y, from, to| {
            face.data[y * SIDE + from..y * SIDE + to].fill(true);
        });
        let eyes = [left, right].map(|p| to_aligned.apply(p));
        let mouth = to_aligned.apply(mesh.at(13).midpoint(mesh.at(14)));
        Aligned {
            picture,
            luminance,
            face,
            to_aligned,
            eyes_apart: eyes[0].distance(eyes[1]),
            eyes_to_mouth: eyes[0].midpoint(eyes[1]).distance(mouth),
            eyes,
        }
    }

    /// The two cheek squares, image-left first, as (left, top, side), clipped to the frame.
    pub(super) fn cheeks(&self) -> [(usize, usize, usize); 2] {
        let side = (0.3 * self.eyes_apart).max(0.0) as usize;
        let down = (self.eyes_to_mouth / 2.0) as usize;
        let square = |x: f32, y: f32| {
            let last = SIDE.saturating_sub(side + 1);
            ((x.max(0.0) as usize).min(last), (y.max(0.0) as usize + down).min(last), side)
        };
        let [l, r] = self.eyes;
        [square(l.x, l.y), square(r.x - side as f32, r.y)]
    }

    /// Luminance values of the face region.
    pub(super) fn face_luminance(&self) -> impl Iterator<Item = u8> + '_ {
        self.luminance.iter().zip(&self.face.data).filter(|(_, inside)| **inside).map(|(l, _)| *l)
    }
}
