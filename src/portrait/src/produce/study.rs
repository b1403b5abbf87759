//! One route to a matte at a time, with what lies between picture and portrait: for the tables of docs/MEASUREMENTS.md.

use super::attempt::{Attempt, Developed};
use super::refusal::{MakeError, Refusal};
use super::{Met, face_is_whole, faces, main_face, meet, refused};
use crate::find::Mesh;
use crate::geometry::{Point, Window};
use crate::matte::{self, route::Route};
use crate::models::Models;
use image::RgbImage;
use standard::Preset;

/// A person cut out at the portrait's size, and where the portrait lies in the picture.
#[derive(Clone, Debug)]
pub struct CutOut {
    developed: Developed,
    window: Window,
}

impl CutOut {
    /// Share of the person in each pixel, `0.0..=1.0`, row by row.
    #[must_use]
    pub fn alpha(&self) -> &[f32] {
        &self.developed.alpha.data
    }

    /// What was captured there, before anything was cut out.
    #[must_use]
    pub fn captured(&self) -> RgbImage {
        self.developed.seen.to_bytes()
    }

    /// The person before one colour.
    #[must_use]
    pub fn before(&self, background_rgb: [u8; 3]) -> RgbImage {
        matte::compose(&self.developed.alpha, &self.developed.foreground, background_rgb)
    }

    /// The picture's point at the portrait's upper left corner, and pixels of the portrait per pixel of the picture.
    #[must_use]
    pub fn place(&self) -> (Point, f32) {
        (self.window.origin, self.window.scale)
    }
}

/// Cuts the main person out by `route`; where the portrait lies, `place` says or else the solver.
pub(crate) fn cut_out(
    models: &Models,
    picture: &RgbImage,
    preset: &Preset,
    route: &Route,
    place: Option<(Point, f32)>,
) -> Result<CutOut, MakeError> {
    let faces = faces(models, picture)?;
    let mesh = Mesh::measure(models, picture, main_face(&faces).map_err(refused)?)?;
    face_is_whole(&mesh, picture).map_err(refused)?;
    let Met { silhouette, placed, .. } = meet(models, route, picture, &faces[0], &mesh, preset)?;
    let window = match place {
        Some((origin, scale)) => Window::new(origin, scale),
        None => placed.map_err(|why| refused(Refusal::from(why)))?,
    };
    let background = preset.backgrounds.first().ok_or_else(|| refused(Refusal::Background))?;
    let (background_rgb, background) = (background.rgb, background.name);
    let attempt =
        Attempt { models, route, picture, silhouette: &silhouette, preset, background, background_rgb };
    Ok(CutOut { developed: attempt.develop(&window, false), window })
}
