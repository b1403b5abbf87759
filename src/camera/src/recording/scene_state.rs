//! The scene that a recorded camera shows now, shared by the camera and its control.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use super::clip::{Clip, ClipError};
use super::scene::Scene;
use crate::frame::LostReason;

/// Scenes that are kept for being played again without loading.
const MAX_CACHED: usize = 8;

/// Why a recording cannot be opened.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RecordingError {
    /// Size or rate is zero or too large.
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

/// Size, rate and current scene of a recorded camera.
#[derive(Debug)]
pub(super) struct SceneState {
    width: u32,
    height: u32,
    pub(super) fps: u32,
    /// Size of its stills, where that is larger.
    pub(super) stills: Option<(u32, u32)>,
    current: Mutex<Current>,
    cache: Mutex<VecDeque<Cached>>,
}

/// A scene that was drawn, and for which clip.
#[derive(Debug)]
struct Cached {
    clip: Clip,
    base: PathBuf,
    size: (u32, u32),
    scene: Arc<Scene>,
}

#[derive(Debug)]
struct Current {
    /// The clip and its base folder; `None` is an empty room.
    clip: Option<(Clip, PathBuf)>,
    scene: Arc<Scene>,
    since: Instant,
}

impl SceneState {
    /// An empty room of that size, at that rate, with `stills` of another size.
    pub(super) fn new(
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
        let current = Mutex::new(Current { clip: None, scene, since: Instant::now() });
        let stills = stills.filter(|(w, h)| w * h > width * height);
        Ok(Arc::new(Self { width, height, fps, stills, current, cache: Mutex::default() }))
    }

    pub(super) fn size(&self) -> (u32, u32) {
        (self.width, self.height)
    }

    /// Shows `clip` from now on.
    pub(super) fn play(&self, clip: &Clip, base: &Path) -> Result<(), ClipError> {
        let scene = self.scene(clip, base, self.size())?;
        let clip = Some((clip.clone(), base.to_owned()));
        *self.current() = Current { clip, scene, since: Instant::now() };
        Ok(())
    }

    pub(super) fn is_unplugged(&self) -> bool {
        self.current().scene.is_unplugged()
    }

    /// The scene that is shown now, in that size, and since when it plays.
    pub(super) fn now(&self, size: (u32, u32)) -> Result<(Arc<Scene>, Instant), LostReason> {
        let (clip, scene, since) = {
            let current = self.current();
            (current.clip.clone(), Arc::clone(&current.scene), current.since)
        };
        let scene = match clip {
            _ if size == self.size() || scene.is_unplugged() => scene,
            Some((clip, base)) => {
                self.scene(&clip, &base, size).map_err(|error| LostReason::Driver(error.to_string()))?
            }
            None => Arc::new(Scene::empty(size.0, size.1)),
        };
        Ok((scene, since))
    }

    fn current(&self) -> MutexGuard<'_, Current> {
        self.current.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn scene(&self, clip: &Clip, base: &Path, size: (u32, u32)) -> Result<Arc<Scene>, ClipError> {
        let mut cache = self.cache.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(cached) = cache.iter().find(|c| c.clip == *clip && c.base == base && c.size == size) {
            return Ok(Arc::clone(&cached.scene));
        }
        let scene = Arc::new(Scene::load(clip, base, size.0, size.1)?);
        let cached = Cached { clip: clip.clone(), base: base.to_owned(), size, scene: Arc::clone(&scene) };
        cache.push_front(cached);
        cache.truncate(MAX_CACHED);
        Ok(scene)
    }
}
