//! A recording in place of a camera, for the demo, for scripts, tests and benches.
//!
//! It plays pictures as a camera would see them: rendered into whole frames, moved by a hand, encoded as JPEG and decoded
//! again by the owner thread of every camera. A [`Director`] says what stands before it. Neither knows of faces, codes or
//! verdicts.

mod backdrop;
mod clip;
mod file;
mod motion;
mod phone;
mod reel;
mod sample;
mod scene;

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use image::RgbImage;

pub use clip::{Clip, ClipError, Motion, Show, Step};
pub(crate) use file::FileFeed;
pub use reel::Reel;

use crate::config::Turn;
use crate::feed::{Coding, Feed, Identity, Purpose, Raw, Stream, Wanted};
use crate::frame::LostReason;
use crate::handle::Camera;
use scene::Scene;

/// Quality of the frames' JPEG; cameras use about that.
const QUALITY: u8 = 90;
/// Scenes that are kept for being played again without loading.
const KEPT: usize = 8;

/// Opens recordings.
#[derive(Debug)]
pub struct Recording;

/// Why a recording cannot be opened.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RecordingError {
    /// Size or rate is zero or absurd.
    #[error("a recording of {width} x {height} pixels at {fps} frames a second cannot be played")]
    Size {
        /// Wanted width.
        width: u32,
        /// Wanted height.
        height: u32,
        /// Wanted rate.
        fps: u32,
    },
}

/// Says what stands before a recorded camera. Clones direct the same one.
#[derive(Clone, Debug)]
pub struct Director {
    stage: Arc<Stage>,
}

/// What director and camera share.
#[derive(Debug)]
struct Stage {
    width: u32,
    height: u32,
    fps: u32,
    /// Size of its stills, where that is more.
    stills: Option<(u32, u32)>,
    act: Mutex<Act>,
    kept: Mutex<VecDeque<Kept>>,
}

/// A scene that was drawn, and for what.
#[derive(Debug)]
struct Kept {
    clip: Clip,
    base: PathBuf,
    size: (u32, u32),
    scene: Arc<Scene>,
}

#[derive(Debug)]
struct Act {
    /// What plays, unless nothing does: an empty room then.
    played: Option<(Clip, PathBuf)>,
    scene: Arc<Scene>,
    since: Instant,
}

impl Recording {
    /// A camera of that size and rate that sees an empty room, and its director.
    ///
    /// # Errors
    /// [`RecordingError::Size`] for sides outside 16..=4096 or rates outside 1..=120.
    pub fn open(width: u32, height: u32, fps: u32) -> Result<(Camera, Director), RecordingError> {
        Self::on(Stage::new(width, height, fps, None)?)
    }

    /// The same with a camera whose stills are larger than its preview.
    ///
    /// # Errors
    /// [`RecordingError::Size`] for sizes or rates as above.
    pub fn open_with_stills(
        (width, height): (u32, u32),
        fps: u32,
        stills: (u32, u32),
    ) -> Result<(Camera, Director), RecordingError> {
        Self::on(Stage::new(width, height, fps, Some(stills))?)
    }

    fn on(stage: Arc<Stage>) -> Result<(Camera, Director), RecordingError> {
        let camera = Camera::with_feed(StageFeed { stage: Arc::clone(&stage) }, Turn::None);
        Ok((camera, Director { stage }))
    }
}

impl Director {
    /// Plays `clip` from now on; its pictures are relative to `base`. The first time this decodes and scales pictures on
    /// the calling thread (some 50 ms each), after that it is instant.
    ///
    /// # Errors
    /// [`ClipError`] names the picture or the field that is wrong; what was playing goes on.
    pub fn play(&self, clip: &Clip, base: &Path) -> Result<(), ClipError> {
        let scene = self.stage.scene(clip, base, self.stage.size())?;
        let played = Some((clip.clone(), base.to_owned()));
        *self.stage.act() = Act { played, scene, since: Instant::now() };
        Ok(())
    }
}

impl Stage {
    fn new(
        width: u32,
        height: u32,
        fps: u32,
        stills: Option<(u32, u32)>,
    ) -> Result<Arc<Self>, RecordingError> {
        let side = 16..=4096;
        for (width, height) in [Some((width, height)), stills].into_iter().flatten() {
            if !side.contains(&width) || !side.contains(&height) || !(1..=120).contains(&fps) {
                return Err(RecordingError::Size { width, height, fps });
            }
        }
        let scene = Arc::new(Scene::empty(width, height));
        let act = Mutex::new(Act { played: None, scene, since: Instant::now() });
        let stills = stills.filter(|(w, h)| w * h > width * height);
        Ok(Arc::new(Self { width, height, fps, stills, act, kept: Mutex::default() }))
    }

    fn size(&self) -> (u32, u32) {
        (self.width, self.height)
    }

    fn act(&self) -> MutexGuard<'_, Act> {
        self.act.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn scene(&self, clip: &Clip, base: &Path, size: (u32, u32)) -> Result<Arc<Scene>, ClipError> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(kept) = kept.iter().find(|k| k.clip == *clip && k.base == base && k.size == size) {
            return Ok(Arc::clone(&kept.scene));
        }
        let scene = Arc::new(Scene::load(clip, base, size.0, size.1)?);
        kept.push_front(Kept { clip: clip.clone(), base: base.to_owned(), size, scene: Arc::clone(&scene) });
        kept.truncate(KEPT);
        Ok(scene)
    }

    /// What is to be seen now in that size, and since when it plays.
    fn seen(&self, size: (u32, u32)) -> Result<(Arc<Scene>, Instant), LostReason> {
        let (played, scene, since) = {
            let act = self.act();
            (act.played.clone(), Arc::clone(&act.scene), act.since)
        };
        let scene = match played {
            _ if size == self.size() || scene.is_unplugged() => scene,
            Some((clip, base)) => {
                self.scene(&clip, &base, size).map_err(|error| LostReason::Driver(error.to_string()))?
            }
            None => Arc::new(Scene::empty(size.0, size.1)),
        };
        Ok((scene, since))
    }
}

/// A stage as a camera.
struct StageFeed {
    stage: Arc<Stage>,
}

/// A folder of pictures as a camera: in the order of their names, over and over.
pub(crate) struct FolderFeed {
    folder: PathBuf,
    size: (u32, u32, u32),
}

impl FolderFeed {
    pub(crate) fn new(folder: PathBuf, width: u32, height: u32, fps: u32) -> Self {
        Self { folder, size: (width, height, fps) }
    }
}

impl Feed for StageFeed {
    fn start(&mut self, purpose: Purpose) -> Result<Box<dyn Stream + '_>, LostReason> {
        if self.stage.act().scene.is_unplugged() {
            return Err(LostReason::NoCamera);
        }
        let stills = self.stage.stills.filter(|_| purpose == Purpose::Still);
        let size = stills.unwrap_or(self.stage.size());
        Ok(Box::new(StageStream::new(Arc::clone(&self.stage), size, "Recording".into())))
    }
}

impl Feed for FolderFeed {
    fn start(&mut self, _purpose: Purpose) -> Result<Box<dyn Stream + '_>, LostReason> {
        let refused = |error: &dyn std::fmt::Display| LostReason::Driver(error.to_string());
        let (width, height, fps) = self.size;
        let stage = Stage::new(width, height, fps, None).map_err(|e| refused(&e))?;
        let folder = self.folder.display().to_string();
        let entries = std::fs::read_dir(&self.folder).map_err(|_| LostReason::NotThere(folder.clone()))?;
        let known = |path: &PathBuf| {
            let extension = path.extension().and_then(|e| e.to_str()).unwrap_or_default().to_lowercase();
            ["jpg", "jpeg", "png", "webp", "bmp"].contains(&extension.as_str())
        };
        let mut pictures: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).filter(known).collect();
        pictures.sort();
        if pictures.is_empty() {
            return Err(LostReason::NotThere(folder));
        }
        let clip = Clip::frames(pictures, fps as f32, true);
        let scene = stage.scene(&clip, Path::new(""), stage.size()).map_err(|e| refused(&e))?;
        *stage.act() = Act { played: Some((clip, PathBuf::new())), scene, since: Instant::now() };
        let size = stage.size();
        Ok(Box::new(StageStream::new(stage, size, folder)))
    }
}

struct StageStream {
    stage: Arc<Stage>,
    size: (u32, u32),
    name: String,
    due: Instant,
    /// The last frame's bytes with what it showed: a picture that stands still is encoded once.
    last: Option<(Arc<Scene>, scene::Moment, Vec<u8>)>,
}

impl StageStream {
    fn new(stage: Arc<Stage>, size: (u32, u32), name: String) -> Self {
        Self { stage, size, name, due: Instant::now(), last: None }
    }
}

impl Stream for StageStream {
    fn identity(&self) -> Identity {
        Identity {
            name: self.name.clone(),
            width: self.size.0,
            height: self.size.1,
            fps: self.stage.fps,
            sensor: false,
            larger_stills: self.stage.stills.is_some(),
            settings: Vec::new(),
        }
    }

    fn next(&mut self, wanted: &dyn Wanted) -> Result<Option<Raw>, LostReason> {
        let now = Instant::now();
        if !wanted.pause(self.due.saturating_duration_since(now)) {
            return Ok(None);
        }
        // A late frame does not make the next ones hurry: cameras drop, they do not catch up.
        self.due = self.due.max(now) + Duration::from_secs(1) / self.stage.fps;
        let (scene, since) = self.stage.seen(self.size)?;
        if scene.is_unplugged() {
            return Err(LostReason::Unplugged);
        }
        let moment = scene.at(since.elapsed());
        let same = self.last.as_ref().filter(|(s, m, _)| Arc::ptr_eq(s, &scene) && *m == moment);
        let bytes = match same {
            Some((_, _, bytes)) => bytes.clone(),
            None => encoded(&scene.render(moment))?,
        };
        self.last = Some((scene, moment, bytes.clone()));
        let (width, height) = self.size;
        Ok(Some(Raw { coding: Coding::Mjpeg, width, height, bytes, at: Instant::now(), flagged: false }))
    }
}

fn encoded(frame: &RgbImage) -> Result<Vec<u8>, LostReason> {
    let mut bytes = Vec::new();
    // Sides are at most 4096, see `Stage::new`.
    let (width, height) = (frame.width() as u16, frame.height() as u16);
    let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, QUALITY);
    encoder.set_sampling_factor(jpeg_encoder::SamplingFactor::R_4_2_2);
    encoder
        .encode(frame.as_raw(), width, height, jpeg_encoder::ColorType::Rgb)
        .map_err(|error| LostReason::Driver(error.to_string()))?;
    Ok(bytes)
}
