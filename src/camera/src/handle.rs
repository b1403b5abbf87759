//! The handle to a camera: the slot with the newest frame, the state, and the end of the thread when nobody holds it.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::config::{Config, Source};
use crate::feed::{Feed, Wanted};
use crate::frame::{Frame, LostReason, State};
use crate::recording::FolderFeed;
use crate::supervise;
use crate::usb::UsbFeed;

/// Without a frame for this long a camera that calls itself live is reported as stalled.
pub(crate) const STALL: Duration = Duration::from_secs(3);

/// A handle to a camera; clones share it. When the last one is dropped the camera is closed.
#[derive(Clone)]
pub struct Camera {
    shared: Arc<Shared>,
    /// Counts the handles: the owner thread keeps `shared` too, but not this.
    _alive: Arc<Alive>,
}

/// What handles and the owner thread share.
pub(crate) struct Shared {
    slot: Mutex<Slot>,
    news: Condvar,
    opened: Instant,
}

struct Slot {
    latest: Option<Arc<Frame>>,
    state: State,
    /// Since when the state or the last frame stands.
    since: Instant,
    closing: bool,
    /// Somebody does not want to wait for the next try.
    hurry: bool,
}

struct Alive(Arc<Shared>);

impl Drop for Alive {
    fn drop(&mut self) {
        self.0.lock().closing = true;
        self.0.news.notify_all();
    }
}

impl Camera {
    /// Opens the camera in a thread of its own and comes back at once, in [`State::Starting`].
    #[must_use]
    pub fn open(config: Config) -> Camera {
        let Config { source, width, height, fps } = config;
        match source {
            Source::Usb { pick } => Self::with_feed(UsbFeed { pick, width, height, fps }),
            Source::Recording(folder) => Self::with_feed(FolderFeed::new(folder, width, height, fps)),
        }
    }

    pub(crate) fn with_feed(feed: impl Feed + 'static) -> Camera {
        let slot = Slot {
            latest: None,
            state: State::Starting,
            since: Instant::now(),
            closing: false,
            hurry: false,
        };
        let shared =
            Arc::new(Shared { slot: Mutex::new(slot), news: Condvar::new(), opened: Instant::now() });
        let mine = Arc::clone(&shared);
        let thread = std::thread::Builder::new().name("camera".into());
        if let Err(error) = thread.spawn(move || supervise::run(&mine, feed)) {
            let reason = LostReason::Driver(error.to_string());
            shared.set_state(State::Lost { reason, retry_in: Duration::MAX });
        }
        Camera { _alive: Arc::new(Alive(Arc::clone(&shared))), shared }
    }

    /// The newest frame, if one has come since the camera was opened. After a loss the last one stays here; look at
    /// [`Camera::state`] before believing it.
    #[must_use]
    pub fn latest(&self) -> Option<Arc<Frame>> {
        self.shared.lock().latest.clone()
    }

    /// Waits up to `wait` for a frame with a higher number than `number` and gives the newest.
    #[must_use]
    pub fn newer_than(&self, number: u64, wait: Duration) -> Option<Arc<Frame>> {
        let older = |slot: &mut Slot| slot.latest.as_ref().is_none_or(|frame| frame.number <= number);
        let waited = self.shared.news.wait_timeout_while(self.shared.lock(), wait, older);
        let (slot, timed_out) = waited.unwrap_or_else(PoisonError::into_inner);
        if timed_out.timed_out() { None } else { slot.latest.clone() }
    }

    /// Tries a lost camera again now instead of after its delay.
    pub fn retry(&self) {
        self.shared.lock().hurry = true;
        self.shared.news.notify_all();
    }

    /// How the camera is now. A driver that blocks without giving frames is reported as stalled although its thread
    /// cannot be freed before the driver lets it go.
    #[must_use]
    pub fn state(&self) -> State {
        let slot = self.shared.lock();
        match &slot.state {
            State::Live { .. } | State::Starting if slot.since.elapsed() > patience(&slot.state) => {
                State::Lost { reason: LostReason::Stalled, retry_in: Duration::ZERO }
            }
            state => state.clone(),
        }
    }
}

/// How long no frame is no news: a camera that is being opened may take its time.
fn patience(state: &State) -> Duration {
    if matches!(state, State::Starting) { 3 * STALL } else { STALL }
}

impl std::fmt::Debug for Camera {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Camera").field("state", &self.state()).finish_non_exhaustive()
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Slot> {
        // A slot is whole after every statement, so a panic elsewhere does not spoil it.
        self.slot.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn set_state(&self, state: State) {
        let mut slot = self.lock();
        slot.since = Instant::now();
        slot.state = state;
        drop(slot);
        self.news.notify_all();
    }

    /// Lays a frame into the slot; the one before is gone for whoever did not take it.
    pub(crate) fn put(&self, number: u64, image: image::RgbImage, jpeg: Option<Vec<u8>>) {
        let at = self.opened.elapsed();
        let frame = Frame { number, at, image: Arc::new(image), jpeg: jpeg.map(Arc::from) };
        let mut slot = self.lock();
        slot.latest = Some(Arc::new(frame));
        slot.since = Instant::now();
        drop(slot);
        self.news.notify_all();
    }

    pub(crate) fn closing(&self) -> bool {
        self.lock().closing
    }
}

impl Wanted for Shared {
    fn pause(&self, time: Duration) -> bool {
        let waited = self.news.wait_timeout_while(self.lock(), time, |slot| !slot.closing && !slot.hurry);
        let (mut slot, _) = waited.unwrap_or_else(PoisonError::into_inner);
        slot.hurry = false;
        !slot.closing
    }
}
