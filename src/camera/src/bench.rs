//! Between the thread that takes frames and the one that decodes them: place for one frame, the newest wins.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use crate::feed::Raw;
use crate::frame::LostReason;

/// Room for one raw frame, and the way back for a fault.
#[derive(Default)]
pub(crate) struct Bench {
    top: Mutex<Top>,
    news: Condvar,
}

#[derive(Default)]
struct Top {
    raw: Option<Raw>,
    fault: Option<LostReason>,
    closed: bool,
}

/// Closes the bench when it is dropped, by a panic too.
pub(crate) struct Closing<'a>(&'a Bench);

impl Drop for Closing<'_> {
    fn drop(&mut self) {
        self.0.top().closed = true;
        self.0.news.notify_all();
    }
}

impl Bench {
    fn top(&self) -> MutexGuard<'_, Top> {
        self.top.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn closes_on_drop(&self) -> Closing<'_> {
        Closing(self)
    }

    /// Lays a frame down; true if one that nobody had taken was pushed off.
    pub(crate) fn lay(&self, raw: Raw) -> bool {
        let overtaken = self.top().raw.replace(raw).is_some();
        self.news.notify_all();
        overtaken
    }

    /// The next frame, as soon as there is one; `None` when the session is over.
    pub(crate) fn take(&self) -> Option<Raw> {
        let waits = |top: &mut Top| top.raw.is_none() && !top.closed;
        let top = self.news.wait_while(self.top(), waits);
        let mut top = top.unwrap_or_else(PoisonError::into_inner);
        if top.closed { None } else { top.raw.take() }
    }

    /// Ends the session for this reason.
    pub(crate) fn report(&self, fault: LostReason) {
        self.top().fault.get_or_insert(fault);
    }

    /// Why the session must end, if it must.
    pub(crate) fn fault(&self) -> Option<LostReason> {
        self.top().fault.clone()
    }
}
