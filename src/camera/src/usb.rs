//! A USB camera: which one, in which format, with which controls.

use crate::config::Controls;
use crate::device::{self, Node};
use crate::feed::{Feed, Identity, Purpose, Raw, Stream, Wanted};
use crate::frame::LostReason;
use crate::kernel::{Frames, Video, guarded};
use crate::offer::{Offer, Wish, distance, largest, nearest};

/// The wish for a USB camera.
pub(crate) struct UsbFeed {
    pub pick: Option<String>,
    pub width: u32,
    pub height: u32,
    pub fps: u32,
    pub controls: Controls,
}

/// A camera that could be used, with what it would give.
struct Candidate {
    node: Node,
    preview: Offer,
    largest: Offer,
}

struct UsbStream {
    frames: Frames,
    identity: Identity,
}

impl Feed for UsbFeed {
    fn start(&mut self, purpose: Purpose) -> Result<Box<dyn Stream + '_>, LostReason> {
        let (candidates, mut reason) = self.candidates()?;
        for candidate in &candidates {
            match guarded(|| self.open(candidate, purpose)) {
                Ok(stream) => return Ok(Box::new(stream)),
                Err(other) => reason = other,
            }
        }
        Err(reason)
    }
}

impl UsbFeed {
    fn wish(&self) -> Wish {
        Wish { width: self.width, height: self.height, fps: self.fps }
    }

    /// The cameras that answer to the wish, the one that fits best first, and why the others do not count. Nodes for
    /// metadata are no cameras.
    fn candidates(&self) -> Result<(Vec<Candidate>, LostReason), LostReason> {
        let nodes = device::nodes();
        if nodes.is_empty() {
            return Err(LostReason::NoCamera);
        }
        let mut reason = match &self.pick {
            Some(pick) => LostReason::NotThere(pick.clone()),
            None => LostReason::NoCamera,
        };
        let mut candidates = Vec::new();
        for node in nodes.into_iter().filter(|node| node.answers_to(self.pick.as_deref())) {
            match guarded(|| Video::open(node.index)?.offers(self.wish())) {
                Ok(offers) => match (nearest(&offers, self.wish()), largest(&offers)) {
                    (Some(preview), Some(largest)) => candidates.push(Candidate { node, preview, largest }),
                    _ => reason = LostReason::NoFormat,
                },
                Err(LostReason::NoCamera) => {}
                Err(other) => reason = other,
            }
        }
        // Stable: of equals the lowest number comes first, so preview and still use the same camera.
        let far = |candidate: &Candidate| distance(&candidate.preview, self.wish());
        candidates.sort_by(|a, b| far(a).total_cmp(&far(b)));
        Ok((candidates, reason))
    }

    fn open(&self, candidate: &Candidate, purpose: Purpose) -> Result<UsbStream, LostReason> {
        let Candidate { node, preview, largest } = candidate;
        let video = Video::open(node.index)?;
        let agreed = video.set(if purpose == Purpose::Still { largest } else { preview })?;
        let settings = video.control(&self.controls);
        let identity = Identity {
            name: node.name.clone(),
            width: agreed.width,
            height: agreed.height,
            fps: agreed.fps,
            sensor: true,
            larger_stills: largest.is_larger_than(preview),
            settings,
        };
        Ok(UsbStream { frames: video.frames(agreed)?, identity })
    }
}

impl Stream for UsbStream {
    fn identity(&self) -> Identity {
        self.identity.clone()
    }

    fn next(&mut self, wanted: &dyn Wanted) -> Result<Option<Raw>, LostReason> {
        self.frames.next(wanted)
    }
}
