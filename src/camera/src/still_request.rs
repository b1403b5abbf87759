//! A caller's request for stills, which the owner thread answers.

use std::sync::Arc;
use std::sync::mpsc::Sender;

use crate::frame::{Frame, LostReason};

/// Stills that a caller waits for.
pub(crate) struct StillRequest {
    /// How many.
    pub count: usize,
    /// Frames skipped between two stills.
    pub gap: u32,
    /// Where the answer goes.
    pub reply: Sender<Result<Vec<Arc<Frame>>, LostReason>>,
}

impl StillRequest {
    /// Hands over what was taken, at most `count` stills; the caller may have given up waiting.
    pub(crate) fn answer(self, mut taken: Result<Vec<Arc<Frame>>, LostReason>) {
        if let Ok(frames) = &mut taken {
            frames.truncate(self.count);
        }
        drop(self.reply.send(taken));
    }
}
