//! The decoding thread's work: raw frames become pictures, damaged ones are dropped and counted, and pictures that are black
//! or frozen are reported. Frame numbers and the stall detector outlive a session.

use std::time::{Duration, Instant};

use image::RgbImage;

use crate::backend::{STALL_TIMEOUT, StreamInfo};
use crate::config::Rotation;
use crate::decode::decode;
use crate::frame::{Frame, LostReason, State};
use crate::frame_mailbox::FrameMailbox;
use crate::shared::Shared;
use crate::stall_detector::{FrameHealth, StallDetector};

/// Time in which a frozen camera that was reopened has to show something new.
const STALE_TIMEOUT: Duration = Duration::from_secs(1);

/// Decodes the frames of all sessions of one camera.
pub(crate) struct Decoder {
    rotation: Rotation,
    number: u64,
    /// Time of the last frame since the camera was opened.
    last: Duration,
    stalls: StallDetector,
}

impl Decoder {
    pub(crate) fn new(rotation: Rotation) -> Self {
        Self { rotation, number: 0, last: Duration::ZERO, stalls: StallDetector::default() }
    }

    /// Number of the last frame.
    pub(crate) fn number(&self) -> u64 {
        self.number
    }

    pub(crate) fn rotation(&self) -> Rotation {
        self.rotation
    }

    /// Decodes until the session is over.
    pub(crate) fn run(&mut self, shared: &Shared, mailbox: &FrameMailbox, stream: &StreamInfo) {
        let mut bad_since = None;
        let began = Instant::now();
        while let Some(raw) = mailbox.take() {
            match decode(&raw, self.rotation) {
                Ok((image, jpeg)) => {
                    bad_since = None;
                    match self.stalls.check(&image, raw.at, stream.has_sensor) {
                        FrameHealth::Good => {
                            let (width, height) = image.dimensions();
                            shared.put(self.frame(shared, raw.at, image, jpeg));
                            set_live(shared, stream, width, height);
                        }
                        // Reopening does not uncover a lens: the stream goes on, so that its first picture is shown at once.
                        FrameHealth::Black => set_lost(shared, LostReason::Black),
                        // A stream that was just opened may begin with a stale frame.
                        FrameHealth::Frozen if began.elapsed() < STALE_TIMEOUT => {}
                        FrameHealth::Frozen => mailbox.report(LostReason::Frozen),
                    }
                }
                Err(fault) => {
                    tracing::debug!(%fault, "a frame was dropped");
                    shared.count(|tally| tally.damaged += 1);
                    if bad_since.get_or_insert_with(Instant::now).elapsed() > STALL_TIMEOUT {
                        mailbox.report(LostReason::BadFrames(fault.to_string()));
                    }
                }
            }
        }
    }

    /// Numbers and dates the next frame.
    pub(crate) fn frame(
        &mut self,
        shared: &Shared,
        at: Instant,
        image: RgbImage,
        jpeg: Option<Vec<u8>>,
    ) -> Frame {
        self.number += 1;
        self.last = shared.since_opening(at).max(self.last + Duration::from_nanos(1));
        shared.count(|tally| tally.frames += 1);
        Frame { number: self.number, at: self.last, image: image.into(), jpeg: jpeg.map(Into::into) }
    }
}

fn set_live(shared: &Shared, stream: &StreamInfo, width: u32, height: u32) {
    if shared.is_live() {
        return;
    }
    let (name, fps) = (stream.name.clone(), stream.fps);
    tracing::info!(camera = %name, width, height, fps, "camera live");
    shared.set_state(State::Live { name, width, height, fps });
}

fn set_lost(shared: &Shared, reason: LostReason) {
    if !shared.is_lost_for(&reason) {
        tracing::warn!(code = %reason.code(), %reason, "camera lost");
        shared.set_state(State::Lost { reason, retry_in: Duration::ZERO });
    }
}
