//! The handle to a camera: the slot with the newest frame, the state, and the end of the thread when nobody holds it.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::config::{Config, Source, Turn};
use crate::feed::{Feed, Wanted};
use crate::frame::{Frame, LostReason, Setting, State, Tally};
use crate::recording::{FileFeed, FolderFeed};
use crate::stills::Wish;
use crate::supervise;
use crate::usb::UsbFeed;

/// Without a frame for this long a camera that calls itself live is stalled. Cameras take up to a second for their first
/// frame in the dark; three are long enough for every one that was seen.
pub(crate) const STALL: Duration = Duration::from_secs(3);

/// A handle to a camera; clones share it. When the last one is dropped the camera is closed.
#[derive(Clone)]
pub struct Camera {
    pub(crate) shared: Arc<Shared>,
    /// Counts the handles: the owner thread keeps `shared` too, but not this.
    _alive: Arc<Alive>,
}

/// What handles and the camera's threads share.
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
    /// All who wait for a still.
    stills: Vec<Wish>,
    /// The camera is being switched to its stills and back.
    switching: bool,
    larger_stills: bool,
    settings: Vec<Setting>,
    tally: Tally,
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
        let Config { source, width, height, fps, turn, controls } = config;
        match source {
            Source::Usb { pick } => Self::with_feed(UsbFeed { pick, width, height, fps, controls }, turn),
            Source::Recording(file) if file.is_file() => Self::with_feed(FileFeed::new(file, fps), turn),
            Source::Recording(folder) => Self::with_feed(FolderFeed::new(folder, width, height, fps), turn),
        }
    }

    pub(crate) fn with_feed(feed: impl Feed + 'static, turn: Turn) -> Camera {
        let slot = Slot {
            latest: None,
            state: State::Starting,
            since: Instant::now(),
            closing: false,
            hurry: false,
            stills: Vec::new(),
            switching: false,
            larger_stills: false,
            settings: Vec::new(),
            tally: Tally::default(),
        };
        let shared =
            Arc::new(Shared { slot: Mutex::new(slot), news: Condvar::new(), opened: Instant::now() });
        let mine = Arc::clone(&shared);
        let thread = std::thread::Builder::new().name("camera".into());
        if let Err(error) = thread.spawn(move || supervise::run(&mine, feed, turn)) {
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

    /// What became of the wanted controls at the last opening; empty for a recording.
    #[must_use]
    pub fn settings(&self) -> Vec<Setting> {
        self.shared.lock().settings.clone()
    }

    /// What has come and gone since the camera was opened.
    #[must_use]
    pub fn tally(&self) -> Tally {
        self.shared.lock().tally
    }

    /// How the camera is now. A driver that blocks inside the kernel is reported as stalled although its thread cannot be
    /// freed before the kernel lets it go.
    #[must_use]
    pub fn state(&self) -> State {
        let slot = self.shared.lock();
        match &slot.state {
            State::Live { .. } | State::Starting if slot.since.elapsed() > slot.patience() => {
                State::Lost { reason: LostReason::Stalled, retry_in: Duration::ZERO }
            }
            state => state.clone(),
        }
    }
}

impl Slot {
    /// How long no frame is no news: a camera that is being opened or switched may take its time, and one that is live is
    /// told by its own thread first.
    fn patience(&self) -> Duration {
        if self.switching || matches!(self.state, State::Starting) { 4 * STALL } else { 2 * STALL }
    }
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
        if let State::Lost { reason, .. } = &state {
            let again = matches!(&slot.state, State::Lost { reason: before, .. } if before == reason);
            slot.tally.losses += u64::from(!again);
            // Whoever waits for a still learns it now.
            for wish in slot.stills.drain(..) {
                wish.answer(Err(reason.clone()));
            }
        }
        slot.state = state;
        drop(slot);
        self.news.notify_all();
    }

    pub(crate) fn is_live(&self) -> bool {
        matches!(self.lock().state, State::Live { .. })
    }

    pub(crate) fn is_lost_for(&self, why: &LostReason) -> bool {
        matches!(&self.lock().state, State::Lost { reason, .. } if reason == why)
    }

    /// What a stream says of itself when it is opened for the preview.
    pub(crate) fn introduce(&self, larger_stills: bool, settings: Vec<Setting>) {
        let mut slot = self.lock();
        (slot.larger_stills, slot.settings, slot.switching) = (larger_stills, settings, false);
        slot.since = Instant::now();
    }

    /// Lays a frame into the slot; the one before is gone for whoever did not take it.
    pub(crate) fn put(&self, frame: Frame) {
        let mut slot = self.lock();
        slot.latest = Some(Arc::new(frame));
        slot.since = Instant::now();
        drop(slot);
        self.news.notify_all();
    }

    /// A moment as handles see it: since the camera was opened.
    pub(crate) fn moment(&self, at: Instant) -> Duration {
        at.saturating_duration_since(self.opened)
    }

    pub(crate) fn count(&self, what: impl FnOnce(&mut Tally)) {
        what(&mut self.lock().tally);
    }

    pub(crate) fn closing(&self) -> bool {
        self.lock().closing
    }

    pub(crate) fn wants_still(&self) -> bool {
        !self.lock().stills.is_empty()
    }

    /// Whether the camera is live and has larger pictures than the preview's.
    pub(crate) fn has_larger_stills(&self) -> bool {
        let slot = self.lock();
        slot.larger_stills && matches!(slot.state, State::Live { .. })
    }

    /// Notes a wish for stills, which ends the preview's session.
    pub(crate) fn wish(&self, wish: Wish) {
        self.lock().stills.push(wish);
        self.news.notify_all();
    }

    /// Takes the wishes for stills; from now on the camera is being switched.
    pub(crate) fn begin_still(&self) -> Vec<Wish> {
        let mut slot = self.lock();
        (slot.switching, slot.since) = (true, Instant::now());
        std::mem::take(&mut slot.stills)
    }
}

/// Stills go on while others wish for more: those are served by the next switching.
pub(crate) struct UntilClosed<'a>(pub(crate) &'a Shared);

impl Wanted for UntilClosed<'_> {
    fn pause(&self, time: Duration) -> bool {
        let waited = self.0.news.wait_timeout_while(self.0.lock(), time, |slot| !slot.closing);
        !waited.unwrap_or_else(PoisonError::into_inner).0.closing
    }

    fn goes_on(&self) -> bool {
        !self.0.closing()
    }
}

impl Wanted for Shared {
    fn pause(&self, time: Duration) -> bool {
        let rests = |slot: &mut Slot| !slot.closing && !slot.hurry && slot.stills.is_empty();
        let waited = self.news.wait_timeout_while(self.lock(), time, rests);
        let (mut slot, _) = waited.unwrap_or_else(PoisonError::into_inner);
        slot.hurry = false;
        !slot.closing && slot.stills.is_empty()
    }

    fn goes_on(&self) -> bool {
        let slot = self.lock();
        !slot.closing && slot.stills.is_empty()
    }
}
