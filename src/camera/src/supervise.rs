//! The owner thread: opens, takes frames, and comes back after every fault. Nothing else touches the camera.
//!
//! An opening is a session. In it a second thread decodes, so that a slow picture never makes the driver wait; both end
//! together, which is why a late frame of a session that is over cannot appear.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::bench::Bench;
use crate::config::Turn;
use crate::decode::decode;
use crate::desk::Desk;
use crate::feed::{Feed, Purpose, Stream, Wanted as _};
use crate::frame::{Frame, LostReason, State};
use crate::handle::{STALL, Shared};

/// Delay before the first new try.
const FIRST_DELAY: Duration = Duration::from_millis(500);
/// Longest delay between tries: how long a student waits, at worst, after somebody has put the plug back.
const LONGEST_DELAY: Duration = Duration::from_secs(5);
/// Frames that pass at another size before one is kept: cameras begin with wrong exposure.
const SETTLING: u32 = 3;

/// Why a session ended without a fault.
enum End {
    /// Nobody wants frames any more.
    Closed,
    /// Somebody wants a still.
    Still,
}

/// Runs until the last handle is gone.
pub(crate) fn run(shared: &Shared, mut feed: impl Feed, turn: Turn) {
    let mut desk = Desk::new(turn);
    let mut delay = FIRST_DELAY;
    while !shared.closing() {
        let before = desk.number();
        // The driver's library panics in some of its faults; a panic ends the session, not the kiosk.
        let session = catch_unwind(AssertUnwindSafe(|| session(shared, &mut feed, &mut desk)));
        let reason = match session {
            Ok(Ok(End::Closed)) => return,
            Ok(Ok(End::Still)) => {
                take_still(shared, &mut feed, &mut desk);
                continue;
            }
            Ok(Err(reason)) => reason,
            Err(_) => LostReason::Driver("it panicked".into()),
        };
        delay = if desk.number() > before { FIRST_DELAY } else { delay };
        tracing::warn!(code = reason.code(), %reason, retry_in_ms = delay.as_millis(), "camera lost");
        shared.set_state(State::Lost { reason, retry_in: delay });
        shared.pause(delay);
        delay = (delay * 2).min(LONGEST_DELAY);
    }
}

/// One opening of the camera.
fn session(shared: &Shared, feed: &mut impl Feed, desk: &mut Desk) -> Result<End, LostReason> {
    let mut stream = feed.start(Purpose::Preview)?;
    let identity = stream.identity();
    shared.introduce(identity.larger_stills, identity.settings.clone());
    let bench = Bench::default();
    std::thread::scope(|scope| {
        // Ends the decoder even if the stream panics: a scope waits for its threads.
        let _closing = bench.closes_on_drop();
        let decoder = std::thread::Builder::new().name("camera-decode".into());
        decoder
            .spawn_scoped(scope, || desk.work(shared, &bench, &identity))
            .map_err(|error| LostReason::Driver(error.to_string()))?;
        pump(shared, &mut *stream, &bench)
    })
}

/// Carries raw frames from the stream to the bench until somebody says stop.
fn pump(shared: &Shared, stream: &mut dyn Stream, bench: &Bench) -> Result<End, LostReason> {
    loop {
        if shared.closing() {
            return Ok(End::Closed);
        }
        if shared.wants_still() {
            return Ok(End::Still);
        }
        if let Some(raw) = stream.next(shared)?
            && bench.lay(raw)
        {
            shared.count(|tally| tally.overtaken += 1);
        }
        if let Some(fault) = bench.fault() {
            return Err(fault);
        }
    }
}

/// Takes one picture at the largest size and hands it to whoever waits.
fn take_still(shared: &Shared, feed: &mut impl Feed, desk: &mut Desk) {
    let replies = shared.begin_still();
    let taken = catch_unwind(AssertUnwindSafe(|| still(shared, feed, desk)));
    let taken = taken.unwrap_or_else(|_| Err(LostReason::Driver("it panicked".into())));
    if let Err(reason) = &taken {
        tracing::warn!(code = reason.code(), %reason, "no still");
    }
    for reply in replies {
        // Nobody may wait any more.
        drop(reply.send(taken.clone()));
    }
}

fn still(shared: &Shared, feed: &mut impl Feed, desk: &mut Desk) -> Result<Arc<Frame>, LostReason> {
    let mut stream = feed.start(Purpose::Still)?;
    let mut good = 0;
    let mut since = Instant::now();
    while !shared.closing() {
        let Some(raw) = stream.next(shared)? else { break };
        match decode(&raw, desk.turn()) {
            Ok(_) if good < SETTLING => {
                good += 1;
                since = Instant::now();
            }
            Ok((image, jpeg)) => return Ok(Arc::new(desk.frame(shared, raw.at, image, jpeg))),
            Err(fault) if since.elapsed() > STALL => return Err(LostReason::BadFrames(fault.to_string())),
            Err(_) => shared.count(|tally| tally.damaged += 1),
        }
    }
    Err(LostReason::Stalled)
}
