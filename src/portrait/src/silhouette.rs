//! The person's outline in the picture, for placement and the checks: where the hair begins, and which of the picture's edges the
//! person touches.

use crate::find::{Face, Mesh};
use crate::geometry::{Point, Window};
use crate::matte::person::{face_pixels, keep_main};
use crate::matte::region::Region;
use crate::models::{EngineError, Models, Network};
use crate::plane::Plane;
use crate::resample::{Space, cut};
use image::RgbImage;
use standard::Preset;

/// Alpha from which a pixel is foreground.
pub(crate) const FOREGROUND: f32 = 0.5;
/// Share of the face's columns that must be foreground for a row to count as hair.
pub(crate) const HAIR_SHARE: f32 = 0.06;
/// Hair that begins this near to the picture's upper edge is cut, over the face's width. Measured: six cut heads lie at 0.7 to
/// 2.0 per cent (the outline of cut hair fades a little before the edge), 37 whole ones from 2.7 per cent on.
const HAIR_ROOM: f32 = 0.023;
/// Side of the quick mask network's input, pixels.
const SIDE: usize = 256;
/// Columns and rows this near to the picture's edge count as its edge, pixels of the matte.
const EDGE: f32 = 1.5;

/// A matte of the main person, and the window of the picture that it covers.
#[derive(Clone, Debug)]
pub(crate) struct Silhouette {
    pub(crate) alpha: Plane,
    pub(crate) window: Window,
    size: (f32, f32),
}

/// For each edge of the picture the highest (for the sides) source row at which the person touches it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Touch {
    pub(crate) left: Option<f32>,
    pub(crate) right: Option<f32>,
    pub(crate) top: bool,
    pub(crate) bottom: bool,
}

impl Silhouette {
    /// The main person of a matte.
    pub(crate) fn of_matte(mut alpha: Plane, window: Window, mesh: &Mesh, picture: &RgbImage) -> Silhouette {
        let (w, h) = (picture.width() as f32, picture.height() as f32);
        let seed = face_pixels(mesh, &window, alpha.width, alpha.height);
        keep_main(&mut alpha, &seed);
        Silhouette { alpha, window, size: (w, h) }
    }

    /// A quick outline by MediaPipe's selfie segmentation (Apache-2.0), good to about a hundredth of the picture.
    pub(crate) fn quick(
        models: &Models,
        picture: &RgbImage,
        face: &Face,
        preset: &Preset,
    ) -> Result<Silhouette, EngineError> {
        let window =
            Region::guess(&face.mesh, preset).within(&Region::of_picture(picture)).window(SIDE, SIDE);
        let seen = cut(picture, &window, SIDE, SIDE, Space::Encoded);
        let input: Vec<f32> = seen.data.iter().flatten().copied().collect();
        let outputs = models.run(Network::Mask, &[1, SIDE, SIDE, 3], &input)?;
        let malformed = || EngineError::Failed { name: "selfie.onnx", reason: "unexpected output".into() };
        let data =
            outputs.into_iter().map(|(_, v)| v).find(|v| v.len() == SIDE * SIDE).ok_or_else(malformed)?;
        let alpha = Plane { width: SIDE, height: SIDE, data };
        Ok(Silhouette::of_matte(alpha, window, &face.mesh, picture))
    }

    /// Source row of the first hair: the first with enough foreground across the face's columns.
    pub(crate) fn hair_top(&self, face: &Face) -> Option<f32> {
        let [l, r] = face.cheeks().map(|p| self.window.forward(p).x.clamp(0.0, self.alpha.width as f32));
        let row = first_hair_row(&self.alpha, l, r)?;
        Some(self.window.back(Point::new(0.0, row as f32)).y)
    }

    /// Whether the picture's upper edge cuts the hair.
    pub(crate) fn hair_is_cut(&self, face: &Face) -> bool {
        self.hair_top(face).is_some_and(|y| y < HAIR_ROOM * face.width())
    }

    /// Which edges of the picture the person touches, as far as this matte sees them.
    pub(crate) fn touch(&self) -> Touch {
        let (w, h) = self.size;
        let (iw, ih) = (self.alpha.width as f32, self.alpha.height as f32);
        let low = self.window.forward(Point::new(w, h));
        let high = self.window.forward(Point::default());
        let rows = high.y.max(0.0) as usize..(low.y.min(ih) as usize);
        let columns = high.x.max(0.0) as usize..(low.x.min(iw) as usize);
        let side = |x: f32| {
            let seen = (0.0..iw).contains(&x);
            let row = rows.clone().find(|y| seen && self.alpha.at(x as usize, *y) >= FOREGROUND);
            row.map(|y| self.window.back(Point::new(0.0, y as f32)).y)
        };
        let level = |y: f32| {
            (0.0..ih).contains(&y) && columns.clone().any(|x| self.alpha.at(x, y as usize) >= FOREGROUND)
        };
        Touch {
            left: side(high.x + EDGE),
            right: side(low.x - EDGE),
            top: level(high.y + EDGE),
            bottom: level(low.y - EDGE),
        }
    }

    /// Alpha at a source point; nothing is known, and nothing claimed, outside of the window.
    pub(crate) fn at(&self, p: Point) -> Option<f32> {
        let q = self.window.forward(p);
        let inside =
            q.x >= 0.0 && q.y >= 0.0 && q.x <= self.alpha.width as f32 && q.y <= self.alpha.height as f32;
        inside.then(|| self.alpha.bilinear(q))
    }
}

/// First row with at least [`HAIR_SHARE`] foreground between the columns `left` and `right`.
pub(crate) fn first_hair_row(alpha: &Plane, left: f32, right: f32) -> Option<usize> {
    let (from, to) = (left.floor().max(0.0) as usize, (right.ceil() as usize).min(alpha.width));
    if from >= to {
        return None;
    }
    let needed = (HAIR_SHARE * (to - from) as f32).max(1.0);
    (0..alpha.height).find(|y| {
        let hits = alpha.row(*y)[from..to].iter().filter(|a| **a >= FOREGROUND).count();
        hits as f32 >= needed
    })
}
