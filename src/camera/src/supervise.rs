//! The owner thread: opens the camera, takes frames, and recovers after every fault. Nothing else touches the camera.
//!
//! An opening is a session. In it a second thread decodes, so that a slow picture never makes the driver wait; both end
//! together, so that a late frame of an ended session cannot appear.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use crate::backend::{CaptureBackend, FrameStream, Purpose, StopSignal as _};
use crate::config::Rotation;
use crate::decoder::Decoder;
use crate::frame::{LostReason, State};
use crate::frame_mailbox::FrameMailbox;
use crate::shared::Shared;
use crate::still_session;

/// Delay before the first new try.
const FIRST_DELAY: Duration = Duration::from_millis(500);
/// Longest delay between tries: the longest wait after somebody has plugged the camera in again.
const MAX_DELAY: Duration = Duration::from_secs(5);

/// Why a session ended without a fault.
enum End {
    /// The last handle is gone.
    Closed,
    /// Stills are requested.
    Still,
}

/// Runs until the last handle is gone.
pub(crate) fn run(shared: &Shared, mut backend: impl CaptureBackend, rotation: Rotation) {
    let mut decoder = Decoder::new(rotation);
    let mut delay = FIRST_DELAY;
    while !shared.is_closing() {
        let before = decoder.number();
        // The driver's library panics in some of its faults; a panic ends the session, not the kiosk.
        let session = catch_unwind(AssertUnwindSafe(|| session(shared, &mut backend, &mut decoder)));
        let reason = match session {
            Ok(Ok(End::Closed)) => return,
            Ok(Ok(End::Still)) => {
                take_stills(shared, &mut backend, &mut decoder);
                continue;
            }
            Ok(Err(reason)) => reason,
            Err(_) => LostReason::Driver("it panicked".into()),
        };
        delay = if decoder.number() > before { FIRST_DELAY } else { delay };
        tracing::warn!(code = %reason.code(), %reason, retry_in_ms = delay.as_millis(), "camera lost");
        shared.set_state(State::Lost { reason, retry_in: delay });
        shared.continues_after(delay);
        delay = (delay * 2).min(MAX_DELAY);
    }
}

/// One opening of the camera.
fn session(
    shared: &Shared,
    backend: &mut impl CaptureBackend,
    decoder: &mut Decoder,
) -> Result<End, LostReason> {
    let mut stream = backend.start(Purpose::Preview)?;
    let info = stream.info();
    shared.set_stream(info.larger_stills, info.settings.clone());
    let mailbox = FrameMailbox::default();
    std::thread::scope(|scope| {
        // Ends the decoder even if the stream panics: a scope waits for its threads.
        let _close = mailbox.close_on_drop();
        let thread = std::thread::Builder::new().name("camera-decode".into());
        thread
            .spawn_scoped(scope, || decoder.run(shared, &mailbox, &info))
            .map_err(|error| LostReason::Driver(error.to_string()))?;
        pump(shared, &mut *stream, &mailbox)
    })
}

/// Carries raw frames from the stream to the mailbox until the session has to end.
fn pump(shared: &Shared, stream: &mut dyn FrameStream, mailbox: &FrameMailbox) -> Result<End, LostReason> {
    loop {
        if shared.is_closing() {
            return Ok(End::Closed);
        }
        if shared.wants_still() {
            return Ok(End::Still);
        }
        if let Some(raw) = stream.next(shared)?
            && mailbox.put(raw)
        {
            shared.count(|tally| tally.overtaken += 1);
        }
        if let Some(fault) = mailbox.fault() {
            return Err(fault);
        }
    }
}

/// Takes pictures at the largest size and answers all pending requests with them.
fn take_stills(shared: &Shared, backend: &mut impl CaptureBackend, decoder: &mut Decoder) {
    let requests = shared.begin_stills();
    let taken = catch_unwind(AssertUnwindSafe(|| still_session::take(shared, backend, decoder, &requests)));
    let taken = taken.unwrap_or_else(|_| Err(LostReason::Driver("it panicked".into())));
    if let Err(reason) = &taken {
        tracing::warn!(code = %reason.code(), %reason, "no stills");
    }
    for request in requests {
        request.answer(taken.clone());
    }
}
