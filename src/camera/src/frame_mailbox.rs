//! The hand-over between the thread that takes raw frames and the one that decodes them: it holds one frame, the newest.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use crate::backend::RawFrame;
use crate::frame::LostReason;

/// Holds the newest raw frame, and reports a decoder's fault back to the capturing thread.
#[derive(Default)]
pub(crate) struct FrameMailbox {
    content: Mutex<Content>,
    changed: Condvar,
}

#[derive(Default)]
struct Content {
    raw: Option<RawFrame>,
    fault: Option<LostReason>,
    closed: bool,
}

/// Closes the mailbox when it is dropped, also by a panic.
pub(crate) struct CloseOnDrop<'a>(&'a FrameMailbox);

impl Drop for CloseOnDrop<'_> {
    fn drop(&mut self) {
        self.0.content().closed = true;
        self.0.changed.notify_all();
    }
}

impl FrameMailbox {
    fn content(&self) -> MutexGuard<'_, Content> {
        self.content.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn close_on_drop(&self) -> CloseOnDrop<'_> {
        CloseOnDrop(self)
    }

    /// Stores a frame; true if it replaced one that was not taken.
    pub(crate) fn put(&self, raw: RawFrame) -> bool {
        let overtaken = self.content().raw.replace(raw).is_some();
        self.changed.notify_all();
        overtaken
    }

    /// Waits for the next frame; `None` when the session is over.
    pub(crate) fn take(&self) -> Option<RawFrame> {
        let waits = |content: &mut Content| content.raw.is_none() && !content.closed;
        let content = self.changed.wait_while(self.content(), waits);
        let mut content = content.unwrap_or_else(PoisonError::into_inner);
        if content.closed { None } else { content.raw.take() }
    }

    /// Asks the capturing thread to end the session for this reason; the first reason counts.
    pub(crate) fn report(&self, fault: LostReason) {
        self.content().fault.get_or_insert(fault);
    }

    /// Why the session must end, if it must.
    pub(crate) fn fault(&self) -> Option<LostReason> {
        self.content().fault.clone()
    }
}
