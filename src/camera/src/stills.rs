//! Pictures in the camera's largest size. Most cameras cannot give those beside the preview: they are switched over, a few
//! frames are let pass until the exposure has settled, and they are switched back.

use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use crate::decode::decode;
use crate::desk::Desk;
use crate::feed::{Feed, Purpose};
use crate::frame::{Frame, LostReason, State};
use crate::handle::{Camera, STALL, Shared, UntilClosed};

/// Frames let pass after switching: cameras begin with a guess at the exposure and come close within three.
const SETTLING: u32 = 3;

/// Pictures that somebody waits for.
pub(crate) struct Wish {
    count: usize,
    gap: u32,
    reply: Sender<Result<Vec<Arc<Frame>>, LostReason>>,
}

impl Wish {
    /// Hands over what was taken; nobody may wait any more.
    pub(crate) fn answer(self, mut taken: Result<Vec<Arc<Frame>>, LostReason>) {
        if let Ok(frames) = &mut taken {
            frames.truncate(self.count);
        }
        drop(self.reply.send(taken));
    }
}

impl Camera {
    /// Whether [`Camera::stills`] gives larger pictures than the preview's, as far as is known now.
    #[must_use]
    pub fn has_larger_stills(&self) -> bool {
        self.shared.has_larger_stills()
    }

    /// One of [`Camera::stills`].
    ///
    /// # Errors
    /// As [`Camera::stills`].
    pub fn still(&self, wait: Duration) -> Result<Arc<Frame>, LostReason> {
        self.stills(1, 0, wait)?.pop().ok_or(LostReason::Stalled)
    }

    /// `count` pictures in the largest size the camera has, with `gap` frames between two, waiting up to `wait` for all of
    /// them. Where that is more than the preview, the preview stands for about a second, which is not reported as a loss.
    /// Otherwise they are the next frames. They do not become the [`Camera::latest`] frame.
    ///
    /// # Errors
    /// Why the camera is lost, what went wrong at the larger size, or [`LostReason::Stalled`] when `wait` was too short;
    /// the preview comes back by itself in every case.
    pub fn stills(&self, count: usize, gap: u32, wait: Duration) -> Result<Vec<Arc<Frame>>, LostReason> {
        if let State::Lost { reason, .. } = self.state() {
            return Err(reason);
        }
        if !self.has_larger_stills() {
            return self.next_frames(count, gap, wait);
        }
        let (reply, taken) = channel();
        self.shared.wish(Wish { count, gap, reply });
        match taken.recv_timeout(wait) {
            Ok(taken) => taken,
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => Err(self.why_no_frame()),
        }
    }

    fn next_frames(&self, count: usize, gap: u32, wait: Duration) -> Result<Vec<Arc<Frame>>, LostReason> {
        let until = Instant::now() + wait;
        let mut last = self.latest().map_or(0, |frame| frame.number);
        let mut frames = Vec::new();
        while frames.len() < count {
            let left = until.saturating_duration_since(Instant::now());
            let frame = self.newer_than(last, left).ok_or_else(|| self.why_no_frame())?;
            last = frame.number + u64::from(gap);
            frames.push(frame);
        }
        Ok(frames)
    }

    fn why_no_frame(&self) -> LostReason {
        if let State::Lost { reason, .. } = self.state() { reason } else { LostReason::Stalled }
    }
}

/// Takes what all wishes together ask for, in one switching of the camera.
pub(crate) fn take(
    shared: &Shared,
    feed: &mut impl Feed,
    desk: &mut Desk,
    wishes: &[Wish],
) -> Result<Vec<Arc<Frame>>, LostReason> {
    let count = wishes.iter().map(|wish| wish.count).max().unwrap_or(0);
    let gap = wishes.iter().map(|wish| wish.gap).max().unwrap_or(0);
    let mut stream = feed.start(Purpose::Still)?;
    let (mut taken, mut pass, mut since) = (Vec::new(), SETTLING, Instant::now());
    while taken.len() < count {
        let raw = stream.next(&UntilClosed(shared))?.ok_or(LostReason::Stalled)?;
        match decode(&raw, desk.turn()) {
            Ok(_) if pass > 0 => {
                pass -= 1;
                since = Instant::now();
            }
            Ok((image, jpeg)) => {
                taken.push(Arc::new(desk.frame(shared, raw.at, image, jpeg)));
                (pass, since) = (gap, Instant::now());
            }
            Err(fault) if since.elapsed() > STALL => return Err(LostReason::BadFrames(fault.to_string())),
            Err(_) => shared.count(|tally| tally.damaged += 1),
        }
    }
    Ok(taken)
}
