//! The owner thread: opens, takes frames, and comes back after every fault. Nothing else touches the camera.
//!
//! An opening is a session. In it a second thread decodes, so that a slow picture never makes the driver wait; both end
//! together, which is why a late frame of a session that is over cannot appear.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use crate::bench::Bench;
use crate::config::Turn;
use crate::desk::Desk;
use crate::feed::{Feed, Purpose, Stream, Wanted as _};
use crate::frame::{LostReason, State};
use crate::handle::Shared;
use crate::stills;

/// Delay before the first new try.
const FIRST_DELAY: Duration = Duration::from_millis(500);
/// Longest delay between tries: how long a student waits, at worst, after somebody has put the plug back.
const LONGEST_DELAY: Duration = Duration::from_secs(5);

/// Why a session ended without a fault.
enum End {
    /// Nobody wants frames any more.
    Closed,
    /// Somebody wants stills.
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
                take_stills(shared, &mut feed, &mut desk);
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

/// Takes pictures at the largest size and hands them to whoever waits.
fn take_stills(shared: &Shared, feed: &mut impl Feed, desk: &mut Desk) {
    let wishes = shared.begin_still();
    let taken = catch_unwind(AssertUnwindSafe(|| stills::take(shared, feed, desk, &wishes)));
    let taken = taken.unwrap_or_else(|_| Err(LostReason::Driver("it panicked".into())));
    if let Err(reason) = &taken {
        tracing::warn!(code = reason.code(), %reason, "no stills");
    }
    for wish in wishes {
        wish.answer(taken.clone());
    }
}
