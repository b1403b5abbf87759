//! The owner thread: opens, takes frames, decodes, and comes back after every fault.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use crate::decode::decode;
use crate::feed::{Feed, Wanted as _};
use crate::frame::{LostReason, State};
use crate::handle::{STALL, Shared};

/// Delay before the first new try.
const FIRST_DELAY: Duration = Duration::from_millis(500);
/// Longest delay between tries.
const LONGEST_DELAY: Duration = Duration::from_secs(5);

/// Runs until the last handle is gone.
pub(crate) fn run(shared: &Shared, mut feed: impl Feed) {
    let mut number = 0;
    let mut delay = FIRST_DELAY;
    while !shared.closing() {
        let before = number;
        // The driver's library panics in some of its faults, in destructors too; a panic ends the session, not the kiosk.
        let session = catch_unwind(AssertUnwindSafe(|| session(shared, &mut feed, &mut number)));
        let reason = match session {
            Ok(Ok(())) => return,
            Ok(Err(reason)) => reason,
            Err(_) => LostReason::Driver("it panicked".into()),
        };
        delay = if number > before { FIRST_DELAY } else { delay };
        tracing::warn!(code = reason.code(), %reason, retry_in_ms = delay.as_millis(), "camera lost");
        shared.set_state(State::Lost { reason, retry_in: delay });
        if !shared.pause(delay) {
            return;
        }
        delay = (delay * 2).min(LONGEST_DELAY);
    }
}

/// One opening of the camera: `Ok` when nobody wants frames any more.
fn session(shared: &Shared, feed: &mut impl Feed, number: &mut u64) -> Result<(), LostReason> {
    let mut stream = feed.start()?;
    let identity = stream.identity();
    let mut live = false;
    let mut last_good = Instant::now();
    while !shared.closing() {
        let raw = match stream.next(shared) {
            Ok(raw) => raw,
            Err(_) if shared.closing() => return Ok(()),
            Err(reason) => return Err(reason),
        };
        match decode(&raw) {
            Ok((image, jpeg)) => {
                last_good = Instant::now();
                *number += 1;
                let (width, height) = image.dimensions();
                shared.put(*number, image, jpeg);
                if !live {
                    live = true;
                    tracing::info!(camera = %identity.name, width, height, fps = identity.fps, "camera live");
                    shared.set_state(State::Live {
                        name: identity.name.clone(),
                        width,
                        height,
                        fps: identity.fps,
                    });
                }
            }
            Err(fault) if last_good.elapsed() > STALL => {
                return Err(LostReason::BadFrames(fault.to_string()));
            }
            Err(fault) => tracing::debug!(%fault, "a frame was dropped"),
        }
    }
    Ok(())
}
