//! Opens a recorded camera, and chooses what it shows.

use std::path::Path;
use std::sync::Arc;

use super::clip::{Clip, ClipError};
use super::scene_state::{RecordingError, SceneState};
use super::scene_stream::SceneBackend;
use crate::config::Rotation;
use crate::handle::Camera;

/// Opens recordings.
#[derive(Debug)]
pub struct Recording;

/// Chooses the scene of a recorded camera. Clones control the same camera.
#[derive(Clone, Debug)]
pub struct SceneControl {
    state: Arc<SceneState>,
}

impl Recording {
    /// A camera of that size and rate that shows an empty room, and its control.
    ///
    /// # Errors
    /// [`RecordingError::Size`] for sides outside 16..=4096 or rates outside 1..=120.
    pub fn open(width: u32, height: u32, fps: u32) -> Result<(Camera, SceneControl), RecordingError> {
        Ok(Self::with_state(SceneState::new(width, height, fps, None)?))
    }

    /// The same with a camera whose stills are larger than its preview.
    ///
    /// # Errors
    /// [`RecordingError::Size`] for sizes or rates as above.
    pub fn open_with_stills(
        (width, height): (u32, u32),
        fps: u32,
        stills: (u32, u32),
    ) -> Result<(Camera, SceneControl), RecordingError> {
        Ok(Self::with_state(SceneState::new(width, height, fps, Some(stills))?))
    }

    fn with_state(state: Arc<SceneState>) -> (Camera, SceneControl) {
        let camera = Camera::with_backend(SceneBackend { state: Arc::clone(&state) }, Rotation::None);
        (camera, SceneControl { state })
    }
}

impl SceneControl {
    /// Plays `clip` from now on; its pictures are relative to `base`. The first time this decodes and scales pictures on
    /// the calling thread (some 50 ms each), after that it is immediate.
    ///
    /// # Errors
    /// [`ClipError`] names the picture or the field that is wrong; the clip before it goes on.
    pub fn play(&self, clip: &Clip, base: &Path) -> Result<(), ClipError> {
        self.state.play(clip, base)
    }
}
