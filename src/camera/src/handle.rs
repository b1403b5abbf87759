//! The handle to a camera: the newest frame, the state, and the end of the camera's threads when nobody holds a handle.

use std::sync::Arc;
use std::time::Duration;

use crate::backend::CaptureBackend;
use crate::config::Rotation;
use crate::frame::{Frame, LostReason, Setting, State, Tally};
use crate::shared::Shared;
use crate::supervise;

/// A handle to a camera; clones share it. When the last one is dropped the camera is closed.
#[derive(Clone)]
pub struct Camera {
    pub(crate) shared: Arc<Shared>,
    /// Counts the handles: the owner thread keeps `shared` too, but not this.
    _alive: Arc<Alive>,
}

struct Alive(Arc<Shared>);

impl Drop for Alive {
    fn drop(&mut self) {
        self.0.close();
    }
}

impl Camera {
    pub(crate) fn with_backend(backend: impl CaptureBackend + 'static, rotation: Rotation) -> Camera {
        let shared = Arc::new(Shared::new());
        let owner = Arc::clone(&shared);
        let thread = std::thread::Builder::new().name("camera".into());
        if let Err(error) = thread.spawn(move || supervise::run(&owner, backend, rotation)) {
            let reason = LostReason::Driver(error.to_string());
            shared.set_state(State::Lost { reason, retry_in: Duration::MAX });
        }
        Camera { _alive: Arc::new(Alive(Arc::clone(&shared))), shared }
    }

    /// The newest frame, if one has come since the camera was opened. After a loss the last one stays here; check
    /// [`Camera::state`] before using it.
    #[must_use]
    pub fn latest(&self) -> Option<Arc<Frame>> {
        self.shared.latest()
    }

    /// Waits up to `wait` for a frame with a higher number than `number` and returns the newest.
    #[must_use]
    pub fn newer_than(&self, number: u64, wait: Duration) -> Option<Arc<Frame>> {
        self.shared.newer_than(number, wait)
    }

    /// Tries a lost camera again now instead of after its delay.
    pub fn retry(&self) {
        self.shared.retry_now();
    }

    /// The outcome of each wanted control at the last opening; empty for a recording.
    #[must_use]
    pub fn settings(&self) -> Vec<Setting> {
        self.shared.settings()
    }

    /// Counts of frames and losses since the camera was opened.
    #[must_use]
    pub fn tally(&self) -> Tally {
        self.shared.tally()
    }

    /// How the camera is now. A driver that blocks inside the kernel is reported as stalled although its thread cannot be
    /// freed before the kernel returns.
    #[must_use]
    pub fn state(&self) -> State {
        self.shared.state()
    }
}

impl std::fmt::Debug for Camera {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Camera").field("state", &self.state()).finish_non_exhaustive()
    }
}
