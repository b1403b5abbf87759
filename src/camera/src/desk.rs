//! The decoding thread's work: raw frames become pictures, damaged ones are dropped and counted, and what is no picture
//! although it arrives in time is told. Numbers and the watch live longer than a session.

use std::time::{Duration, Instant};

use image::RgbImage;

use crate::bench::Bench;
use crate::config::Turn;
use crate::decode::decode;
use crate::feed::Identity;
use crate::frame::{Frame, LostReason, State};
use crate::handle::{STALL, Shared};
use crate::watch::{Sight, Watch};

/// A frozen camera that was opened again has this long to show something new.
const STALE: Duration = Duration::from_secs(1);

/// Where frames are made.
pub(crate) struct Desk {
    turn: Turn,
    number: u64,
    /// Moment of the last frame.
    last: Duration,
    watch: Watch,
}

impl Desk {
    pub(crate) fn new(turn: Turn) -> Self {
        Self { turn, number: 0, last: Duration::ZERO, watch: Watch::default() }
    }

    /// Number of the last frame.
    pub(crate) fn number(&self) -> u64 {
        self.number
    }

    pub(crate) fn turn(&self) -> Turn {
        self.turn
    }

    /// Decodes until the session is over.
    pub(crate) fn work(&mut self, shared: &Shared, bench: &Bench, identity: &Identity) {
        let mut bad_since = None;
        let began = Instant::now();
        while let Some(raw) = bench.take() {
            match decode(&raw, self.turn) {
                Ok((image, jpeg)) => {
                    bad_since = None;
                    match self.watch.see(&image, raw.at, identity.sensor) {
                        Sight::Good => {
                            let (width, height) = image.dimensions();
                            shared.put(self.frame(shared, raw.at, image, jpeg));
                            live(shared, identity, width, height);
                        }
                        // A new opening does not open a cover: the stream goes on, and its first picture is seen at once.
                        Sight::Black => lost(shared, LostReason::Black),
                        // A stream that was just opened may begin with a stale frame.
                        Sight::Frozen if began.elapsed() < STALE => {}
                        Sight::Frozen => bench.report(LostReason::Frozen),
                    }
                }
                Err(fault) => {
                    tracing::debug!(%fault, "a frame was dropped");
                    shared.count(|tally| tally.damaged += 1);
                    if bad_since.get_or_insert_with(Instant::now).elapsed() > STALL {
                        bench.report(LostReason::BadFrames(fault.to_string()));
                    }
                }
            }
        }
    }

    /// The next frame.
    pub(crate) fn frame(
        &mut self,
        shared: &Shared,
        at: Instant,
        image: RgbImage,
        jpeg: Option<Vec<u8>>,
    ) -> Frame {
        self.number += 1;
        self.last = shared.moment(at).max(self.last + Duration::from_nanos(1));
        shared.count(|tally| tally.frames += 1);
        Frame { number: self.number, at: self.last, image: image.into(), jpeg: jpeg.map(Into::into) }
    }
}

fn live(shared: &Shared, identity: &Identity, width: u32, height: u32) {
    if shared.is_live() {
        return;
    }
    let (name, fps) = (identity.name.clone(), identity.fps);
    tracing::info!(camera = %name, width, height, fps, "camera live");
    shared.set_state(State::Live { name, width, height, fps });
}

fn lost(shared: &Shared, reason: LostReason) {
    if !shared.is_lost_for(&reason) {
        tracing::warn!(code = reason.code(), %reason, "camera lost");
        shared.set_state(State::Lost { reason, retry_in: Duration::ZERO });
    }
}
