//! The frames of a scene at the camera's rate, rendered and encoded.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::encode::encoded;
use super::scene::{Moment, Scene};
use super::scene_state::SceneState;
use crate::backend::{CaptureBackend, Coding, FrameStream, Purpose, RawFrame, StopSignal, StreamInfo};
use crate::frame::LostReason;

/// The scene of a [`super::SceneControl`] as a camera.
pub(super) struct SceneBackend {
    pub(super) state: Arc<SceneState>,
}

impl CaptureBackend for SceneBackend {
    fn start(&mut self, purpose: Purpose) -> Result<Box<dyn FrameStream + '_>, LostReason> {
        if self.state.is_unplugged() {
            return Err(LostReason::NoCamera);
        }
        let stills = self.state.stills.filter(|_| purpose == Purpose::Still);
        let size = stills.unwrap_or(self.state.size());
        Ok(Box::new(SceneStream::new(Arc::clone(&self.state), size, "Recording".into())))
    }
}

/// A running stream of a scene.
pub(super) struct SceneStream {
    state: Arc<SceneState>,
    size: (u32, u32),
    name: String,
    due: Instant,
    /// The last frame's bytes with its scene and moment: a still picture is encoded once.
    last: Option<(Arc<Scene>, Moment, Vec<u8>)>,
}

impl SceneStream {
    pub(super) fn new(state: Arc<SceneState>, size: (u32, u32), name: String) -> Self {
        Self { state, size, name, due: Instant::now(), last: None }
    }
}

impl FrameStream for SceneStream {
    fn info(&self) -> StreamInfo {
        StreamInfo {
            name: self.name.clone(),
            width: self.size.0,
            height: self.size.1,
            fps: self.state.fps,
            has_sensor: false,
            larger_stills: self.state.stills.is_some(),
            settings: Vec::new(),
        }
    }

    fn next(&mut self, stop: &dyn StopSignal) -> Result<Option<RawFrame>, LostReason> {
        let now = Instant::now();
        if !stop.continues_after(self.due.saturating_duration_since(now)) {
            return Ok(None);
        }
        // After a late frame the rate stays the same: cameras drop frames, they do not catch up.
        self.due = self.due.max(now) + Duration::from_secs(1) / self.state.fps;
        let (scene, since) = self.state.now(self.size)?;
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
        let at = Instant::now();
        Ok(Some(RawFrame { coding: Coding::Mjpeg, width, height, bytes, at, incomplete: false }))
    }
}
