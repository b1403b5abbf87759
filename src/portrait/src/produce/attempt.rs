//! One attempt at the finished file: its pixels, its bytes, and their independent verification.

use super::encode;
use super::place::{self, Borders, Head};
use super::refusal::MakeError;
use super::stage::stage;
use crate::assess::Assessment;
use crate::geometry::{Point, Window};
use crate::matte;
use crate::matte::route::Route;
use crate::models::Models;
use crate::plane::{Mask, Plane};
use crate::resample::{Colour, Space, cut};
use crate::silhouette::Silhouette;
use crate::verify::{self, VerifyError};
use image::RgbImage;
use standard::{BackgroundName, CheckName, Preset};

/// Everything that an attempt needs, except its window.
pub(super) struct Attempt<'a> {
    pub(super) models: &'a Models,
    pub(super) route: &'a Route,
    pub(super) picture: &'a RgbImage,
    pub(super) silhouette: &'a Silhouette,
    pub(super) preset: &'a Preset,
    pub(super) background: BackgroundName,
    pub(super) background_rgb: [u8; 3],
}

/// A portrait before its background.
#[derive(Clone, Debug)]
pub(super) struct Developed {
    pub(super) seen: Colour,
    pub(super) alpha: Plane,
    pub(super) foreground: Colour,
}

/// A finished file.
pub(super) struct Made {
    pub(super) window: Window,
    pub(super) alpha: Plane,
    pub(super) jpeg: Vec<u8>,
    pub(super) file: Assessment,
}

impl Attempt<'_> {
    /// Makes the file that shows `window`; `strictly` without the faintest strands of hair.
    pub(super) fn fill(&self, window: &Window, strictly: bool) -> Result<Made, MakeError> {
        let Developed { alpha, foreground, .. } = self.develop(window, strictly);
        let portrait = matte::compose(&alpha, &foreground, self.background_rgb);
        let encoding = stage("encode");
        let jpeg = encode::encode(&portrait, self.preset)?;
        drop(encoding);
        let _verifying = stage("verify");
        let file = match verify::verify(self.models, &jpeg, self.preset, self.background) {
            Ok(file) => file,
            Err(VerifyError::Engine(e)) => return Err(e.into()),
            Err(VerifyError::Decode(e)) => return Err(encode::EncodeError::unreadable(&e).into()),
        };
        Ok(Made { window: *window, alpha, jpeg, file })
    }

    /// What the window sees, the matte refined at its resolution, and the person's own colours.
    pub(super) fn develop(&self, window: &Window, strictly: bool) -> Developed {
        let _developing = stage("develop");
        let (w, h) = (self.preset.size.width as usize, self.preset.size.height as usize);
        let seen = cut(self.picture, window, w, h, Space::Linear);
        let rough = self.silhouette.alpha.redraw(&self.silhouette.window, window, w, h);
        let mut outside = Mask::new(w, h);
        let (pw, ph) = (self.picture.width() as f32, self.picture.height() as f32);
        let beyond = |at: f32, length: f32| at < 0.0 || at > length;
        let column = |x: usize| beyond(window.back(Point::new(x as f32 + 0.5, 0.0)).x, pw);
        let columns: Vec<bool> = (0..w).map(column).collect();
        for (y, row) in outside.data.chunks_exact_mut(w).enumerate() {
            row.copy_from_slice(&columns);
            if beyond(window.back(Point::new(0.0, y as f32 + 0.5)).y, ph) {
                row.fill(true);
            }
        }
        let (alpha, foreground) = matte::refine(self.route, &seen, &rough, &outside, strictly);
        Developed { seen, alpha, foreground }
    }
}

impl Made {
    /// Whether nothing but placement is wrong with the file.
    pub(super) fn misplaced(&self) -> bool {
        use CheckName as C;
        let blocking = self.file.blocking();
        let placement = [C::HairTop, C::EyeLine, C::FaceWidth, C::FaceCentred];
        !blocking.is_empty() && blocking.iter().all(|name| placement.contains(name))
    }

    /// Whether nothing but faint remains on the background is wrong with the file.
    pub(super) fn stained(&self) -> bool {
        self.file.blocking() == [CheckName::BackgroundColour]
    }

    /// Another window, from where the verification measured hair, pupils and cheeks. `None` if there is none.
    pub(super) fn corrected(&self, borders: &Borders, preset: &Preset) -> Option<Window> {
        let points = &self.file.face.as_ref()?.points;
        let hair = self.file.check(CheckName::HairTop)?.value? as f32;
        let [left, right] = points.cheeks;
        let eyes = points.pupils[0].midpoint(points.pupils[1]);
        let axis = f32::midpoint(eyes.x, left.midpoint(right).x);
        let seen = self.window.back(Point::new(axis, eyes.y));
        let head = Head {
            hair_top: self.window.back(Point::new(0.0, hair)).y,
            eye_line: seen.y,
            axis: seen.x,
            width: left.distance(right) / self.window.scale,
        };
        place::place(&head, borders, preset).ok()
    }
}
