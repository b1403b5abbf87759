//! Stills as a handle gives them: pictures in the camera's largest size, or the next frames where the preview has that size.

use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use crate::frame::{Frame, LostReason, State};
use crate::handle::Camera;
use crate::still_request::StillRequest;

impl Camera {
    /// Whether [`Camera::stills`] gives larger pictures than the preview's, as far as is known now.
    #[must_use]
    pub fn has_larger_stills(&self) -> bool {
        self.shared.has_larger_stills()
    }

    /// Takes one still, as [`Camera::stills`] does.
    ///
    /// # Errors
    /// As [`Camera::stills`].
    pub fn still(&self, wait: Duration) -> Result<Arc<Frame>, LostReason> {
        self.stills(1, 0, wait)?.pop().ok_or(LostReason::Stalled)
    }

    /// Takes `count` pictures in the largest size the camera has, with `gap` frames between two, waiting up to `wait` for all
    /// of them. Where that size is larger than the preview's, the preview stops for about a second, which is not reported as a
    /// loss; otherwise they are the next frames. They do not become the [`Camera::latest`] frame.
    ///
    /// # Errors
    /// Why the camera is lost, what went wrong at the larger size, or [`LostReason::Stalled`] when `wait` was too short;
    /// the preview comes back by itself in every case.
    pub fn stills(&self, count: usize, gap: u32, wait: Duration) -> Result<Vec<Arc<Frame>>, LostReason> {
        if let State::Lost { reason, .. } = self.state() {
            return Err(reason);
        }
        if !self.has_larger_stills() {
            return self.next_frames(count, gap, wait);
        }
        let (reply, taken) = channel();
        self.shared.request_stills(StillRequest { count, gap, reply });
        match taken.recv_timeout(wait) {
            Ok(taken) => taken,
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => Err(self.why_no_frame()),
        }
    }

    fn next_frames(&self, count: usize, gap: u32, wait: Duration) -> Result<Vec<Arc<Frame>>, LostReason> {
        let until = Instant::now() + wait;
        let mut last = self.latest().map_or(0, |frame| frame.number);
        let mut frames = Vec::new();
        while frames.len() < count {
            let left = until.saturating_duration_since(Instant::now());
            let frame = self.newer_than(last, left).ok_or_else(|| self.why_no_frame())?;
            last = frame.number + u64::from(gap);
            frames.push(frame);
        }
        Ok(frames)
    }

    fn why_no_frame(&self) -> LostReason {
        if let State::Lost { reason, .. } = self.state() { reason } else { LostReason::Stalled }
    }
}
