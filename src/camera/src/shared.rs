//! What handles and the camera's threads share: the slot with the newest frame, the state, and pending requests.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::backend::{STALL_TIMEOUT, StopSignal};
use crate::frame::{Frame, LostReason, Setting, State, Tally};
use crate::still_request::StillRequest;

/// The slot with its lock, and a signal for every change.
pub(crate) struct Shared {
    slot: Mutex<Slot>,
    changed: Condvar,
    opened: Instant,
}

struct Slot {
    latest: Option<Arc<Frame>>,
    state: State,
    /// When the state was set or the last frame came.
    since: Instant,
    closing: bool,
    /// The next try shall not wait for its delay.
    retry_now: bool,
    stills: Vec<StillRequest>,
    /// The camera is being switched to its stills and back.
    switching: bool,
    larger_stills: bool,
    settings: Vec<Setting>,
    tally: Tally,
}

impl Slot {
    /// How long the absence of frames is no stall: opening or switching may take its time, and a live camera's own thread
    /// reports first.
    fn stall_timeout(&self) -> Duration {
        if self.switching || matches!(self.state, State::Starting) {
            4 * STALL_TIMEOUT
        } else {
            2 * STALL_TIMEOUT
        }
    }
}

impl Shared {
    /// An empty slot in [`State::Starting`].
    pub(crate) fn new() -> Self {
        let slot = Slot {
            latest: None,
            state: State::Starting,
            since: Instant::now(),
            closing: false,
            retry_now: false,
            stills: Vec::new(),
            switching: false,
            larger_stills: false,
            settings: Vec::new(),
            tally: Tally::default(),
        };
        Shared { slot: Mutex::new(slot), changed: Condvar::new(), opened: Instant::now() }
    }

    fn lock(&self) -> MutexGuard<'_, Slot> {
        // A slot is consistent after every statement, so a panic in another thread does not invalidate it.
        self.slot.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn latest(&self) -> Option<Arc<Frame>> {
        self.lock().latest.clone()
    }

    pub(crate) fn newer_than(&self, number: u64, wait: Duration) -> Option<Arc<Frame>> {
        let older = |slot: &mut Slot| slot.latest.as_ref().is_none_or(|frame| frame.number <= number);
        let waited = self.changed.wait_timeout_while(self.lock(), wait, older);
        let (slot, timed_out) = waited.unwrap_or_else(PoisonError::into_inner);
        if timed_out.timed_out() { None } else { slot.latest.clone() }
    }

    pub(crate) fn retry_now(&self) {
        self.lock().retry_now = true;
        self.changed.notify_all();
    }

    pub(crate) fn close(&self) {
        self.lock().closing = true;
        self.changed.notify_all();
    }

    pub(crate) fn settings(&self) -> Vec<Setting> {
        self.lock().settings.clone()
    }

    pub(crate) fn tally(&self) -> Tally {
        self.lock().tally
    }

    pub(crate) fn state(&self) -> State {
        let slot = self.lock();
        match &slot.state {
            State::Live { .. } | State::Starting if slot.since.elapsed() > slot.stall_timeout() => {
                State::Lost { reason: LostReason::Stalled, retry_in: Duration::ZERO }
            }
            state => state.clone(),
        }
    }

    pub(crate) fn set_state(&self, state: State) {
        let mut slot = self.lock();
        slot.since = Instant::now();
        if let State::Lost { reason, .. } = &state {
            let again = matches!(&slot.state, State::Lost { reason: before, .. } if before == reason);
            slot.tally.losses += u64::from(!again);
            for request in slot.stills.drain(..) {
                request.answer(Err(reason.clone()));
            }
        }
        slot.state = state;
        drop(slot);
        self.changed.notify_all();
    }

    pub(crate) fn is_live(&self) -> bool {
        matches!(self.lock().state, State::Live { .. })
    }

    pub(crate) fn is_lost_for(&self, why: &LostReason) -> bool {
        matches!(&self.lock().state, State::Lost { reason, .. } if reason == why)
    }

    /// Stores what a stream reports of itself when it is opened for the preview.
    pub(crate) fn set_stream(&self, larger_stills: bool, settings: Vec<Setting>) {
        let mut slot = self.lock();
        (slot.larger_stills, slot.settings, slot.switching) = (larger_stills, settings, false);
        slot.since = Instant::now();
    }

    /// Replaces the newest frame.
    pub(crate) fn put(&self, frame: Frame) {
        let mut slot = self.lock();
        slot.latest = Some(Arc::new(frame));
        slot.since = Instant::now();
        drop(slot);
        self.changed.notify_all();
    }

    /// Time from the opening of the camera to `at`.
    pub(crate) fn since_opening(&self, at: Instant) -> Duration {
        at.saturating_duration_since(self.opened)
    }

    pub(crate) fn count(&self, what: impl FnOnce(&mut Tally)) {
        what(&mut self.lock().tally);
    }

    pub(crate) fn is_closing(&self) -> bool {
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

    /// Stores a request for stills, which ends the preview's session.
    pub(crate) fn request_stills(&self, request: StillRequest) {
        self.lock().stills.push(request);
        self.changed.notify_all();
    }

    /// Takes the pending requests for stills; from now on the camera is being switched.
    pub(crate) fn begin_stills(&self) -> Vec<StillRequest> {
        let mut slot = self.lock();
        (slot.switching, slot.since) = (true, Instant::now());
        std::mem::take(&mut slot.stills)
    }
}

/// The stop signal of a preview: it ends when the camera is closed or stills are requested.
impl StopSignal for Shared {
    fn continues_after(&self, time: Duration) -> bool {
        let undisturbed = |slot: &mut Slot| !slot.closing && !slot.retry_now && slot.stills.is_empty();
        let waited = self.changed.wait_timeout_while(self.lock(), time, undisturbed);
        let (mut slot, _) = waited.unwrap_or_else(PoisonError::into_inner);
        slot.retry_now = false;
        !slot.closing && slot.stills.is_empty()
    }

    fn continues(&self) -> bool {
        let slot = self.lock();
        !slot.closing && slot.stills.is_empty()
    }
}

/// The stop signal of stills: further requests for stills are served by the next switch.
pub(crate) struct UntilClosed<'a>(pub(crate) &'a Shared);

impl StopSignal for UntilClosed<'_> {
    fn continues_after(&self, time: Duration) -> bool {
        let waited = self.0.changed.wait_timeout_while(self.0.lock(), time, |slot| !slot.closing);
        !waited.unwrap_or_else(PoisonError::into_inner).0.closing
    }

    fn continues(&self) -> bool {
        !self.0.is_closing()
    }
}
