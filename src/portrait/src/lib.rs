//! The photo engine: judges a captured picture, cuts the person out, places and encodes the portrait, and verifies it.
//!
//! It knows bytes and pixels and nothing else: no camera, no screen, no clock. The steps of a picture are
//! [`decode`] -> [`Engine::live`] while the student stands before the camera -> [`Engine::assess`] on the burst ->
//! [`Engine::make`], which ends in [`Engine::verify`] of its own bytes; [`compare`] answers whether two pictures
//! show one person. Every number of the standard comes from the preset, every sentence is named by its code.

#![deny(clippy::wildcard_enum_match_arm)]

mod assess;
mod compare;
mod decode;
mod find;
mod geometry;
mod jpeg;
mod live;
mod manifest;
mod matte;
mod models;
mod parallel;
mod plane;
mod produce;
mod resample;
mod silhouette;
mod telemetry;
mod verify;

use image::RgbImage;
use models::Models;
use standard::{BackgroundName, CheckName, Phase, Preset};
use std::path::{Path, PathBuf};

pub use assess::{Assessment, IsoComponent};
pub use compare::{CompareError, Comparison, Template, compare};
pub use decode::{DecodeError, decode};
pub use find::{FacePoints, FaceReport};
pub use geometry::{FaceBox, Point};
pub use live::{Live, OvalFit};
pub use matte::route::{ROUTES, Route};
pub use models::EngineError;
pub use produce::{CutOut, EncodeError, MakeError, MakeOptions, PlacementRule, Portrait, Refusal};
pub use telemetry::{TelemetryError, disable_telemetry};
pub use verify::VerifyError;

/// The networks and everything that is done with them. Shared between threads; each network works for one caller at a time.
pub struct Engine {
    models: Models,
}

impl Engine {
    /// Opens the folder of networks. They are loaded and compared with the manifest when first needed.
    ///
    /// # Errors
    /// [`EngineError::Missing`] if a file is not there.
    pub fn open(models: &Path) -> Result<Engine, EngineError> {
        Ok(Engine { models: Models::open(models)? })
    }

    /// Loads every network now.
    ///
    /// # Errors
    /// A file that is missing, has another hash than the manifest's, or is not accepted by the engine.
    pub fn warm(&self) -> Result<(), EngineError> {
        self.models.warm()
    }

    /// One quick look at a whole frame of the camera, unmirrored. Everybody in it counts; the oval stands in its 3:4 centre.
    ///
    /// # Errors
    /// Only if a network fails.
    pub fn live(&self, img: &RgbImage, preset: &Preset) -> Result<Live, EngineError> {
        live::judge(&self.models, img, preset)
    }

    /// Makes every capture check, for the preset's first background. A picture without a face is an assessment that blocks.
    ///
    /// # Errors
    /// Only if a network fails.
    pub fn assess(&self, img: &RgbImage, preset: &Preset) -> Result<Assessment, EngineError> {
        self.assess_for(img, preset, None)
    }

    /// Makes every capture check for the background that the portrait will have: clothes are held against it. `None`, or one
    /// that the preset lacks, stands for its first.
    ///
    /// # Errors
    /// Only if a network fails.
    pub fn assess_for(
        &self,
        img: &RgbImage,
        preset: &Preset,
        background: Option<BackgroundName>,
    ) -> Result<Assessment, EngineError> {
        let faces = produce::faces(&self.models, img)?;
        let Some(main) = faces.first() else {
            return Ok(Assessment::without_face(&assess::names(Phase::Capture)));
        };
        let face = find::Face::measure(&self.models, img, main)?;
        let silhouette = silhouette::Silhouette::quick(&self.models, img, &face, preset)?;
        let placed = produce::window_of(&silhouette, &face, img, preset);
        let asked = background.and_then(|name| preset.background(name));
        let background_rgb = asked.or_else(|| preset.backgrounds.first()).map_or([255; 3], |b| b.rgb);
        let scene = assess::Scene {
            picture: img,
            faces: &faces,
            face: &face,
            close_up: &assess::CloseUp::of(img, &face),
            silhouette: &silhouette,
            placed,
            background_rgb,
            preset,
        };
        Ok(assess::judge(&scene))
    }

    /// Makes the portrait, or refuses with a reason. The same picture gives the same bytes.
    ///
    /// # Errors
    /// [`MakeError::Refused`] for what a person can fix, the others if nothing could be judged.
    pub fn make(
        &self,
        img: &RgbImage,
        preset: &Preset,
        background: BackgroundName,
        options: MakeOptions,
    ) -> Result<Portrait, MakeError> {
        produce::make(&self.models, img, preset, background, options)
    }

    /// Cuts the main person out by one of [`ROUTES`]: for measuring them. `place` as [`CutOut::place`] gives it; the solver
    /// decides if there is none.
    ///
    /// # Errors
    /// As [`Engine::make`], without the rules of the file.
    pub fn cut_out(
        &self,
        img: &RgbImage,
        preset: &Preset,
        route: &Route,
        place: Option<(Point, f32)>,
    ) -> Result<CutOut, MakeError> {
        produce::cut_out(&self.models, img, preset, route, place)
    }

    /// Measures every `file` rule on finished bytes, trusting nothing that the producer knew.
    ///
    /// # Errors
    /// If the bytes are no picture, or a network fails.
    pub fn verify(
        &self,
        jpeg: &[u8],
        preset: &Preset,
        background: BackgroundName,
    ) -> Result<Assessment, VerifyError> {
        verify::verify(&self.models, jpeg, preset, background)
    }

    /// The main face's mesh: `[x, y, depth]` of MediaPipe's 468 points, pixels, smaller depths nearer to the camera. For those who
    /// measure the engine; `None` without a face.
    ///
    /// # Errors
    /// Only if a network fails.
    pub fn mesh(&self, img: &RgbImage) -> Result<Option<Vec<[f32; 3]>>, EngineError> {
        let faces = find::people(&self.models, img, produce::FIND_SIDE)?;
        let Some(main) = faces.first() else { return Ok(None) };
        Ok(Some(find::Mesh::measure(&self.models, img, main)?.solids()))
    }

    /// The template of the main face, for [`compare`].
    ///
    /// # Errors
    /// If there is no face or more than one person, or a network fails.
    pub fn template(&self, img: &RgbImage) -> Result<Template, CompareError> {
        compare::template(&self.models, img)
    }
}

/// Where the networks lie: `asked` if given, else `$KIOSK_MODELS`, else `models/cache` in the working directory or the
/// nearest folder above it.
#[must_use]
pub fn find_models(asked: Option<&Path>) -> PathBuf {
    if let Some(folder) = asked {
        return folder.to_owned();
    }
    if let Some(folder) = std::env::var_os("KIOSK_MODELS").filter(|v| !v.is_empty()) {
        return PathBuf::from(folder);
    }
    let here = std::env::current_dir().unwrap_or_default();
    let above = here.ancestors().map(|folder| folder.join("models/cache")).find(|folder| folder.is_dir());
    above.unwrap_or_else(|| PathBuf::from("models/cache"))
}

/// Every capture check that this engine knows by name, made or not.
#[must_use]
pub fn capture_checks() -> Vec<CheckName> {
    assess::names(Phase::Capture)
}
