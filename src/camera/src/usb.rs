//! The USB backend: which camera is opened, in which format, with which controls.

use crate::backend::{CaptureBackend, FrameStream, Purpose, RawFrame, StopSignal, StreamInfo};
use crate::config::Controls;
use crate::device::{self, Node};
use crate::format_choice::{Offer, WantedFormat, distance, largest, nearest};
use crate::frame::LostReason;
use crate::kernel::{Frames, Video, catch_panic};

/// A USB camera by name, size, rate and controls.
pub(crate) struct UsbBackend {
    pub pick: Option<String>,
    pub width: u32,
    pub height: u32,
    pub fps: u32,
    pub controls: Controls,
}

/// A camera that could be used, with the formats it would use.
struct Candidate {
    node: Node,
    preview: Offer,
    largest: Offer,
}

struct UsbStream {
    frames: Frames,
    info: StreamInfo,
}

impl CaptureBackend for UsbBackend {
    fn start(&mut self, purpose: Purpose) -> Result<Box<dyn FrameStream + '_>, LostReason> {
        let (candidates, mut reason) = self.candidates()?;
        for candidate in &candidates {
            match catch_panic(|| self.open(candidate, purpose)) {
                Ok(stream) => return Ok(Box::new(stream)),
                Err(other) => reason = other,
            }
        }
        Err(reason)
    }
}

impl UsbBackend {
    fn wanted(&self) -> WantedFormat {
        WantedFormat { width: self.width, height: self.height, fps: self.fps }
    }

    /// The cameras that match, the one that fits best first, and why the last of the others does not count. Nodes for metadata
    /// are not cameras.
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
        for node in nodes.into_iter().filter(|node| node.matches(self.pick.as_deref())) {
            match catch_panic(|| Video::open(node.index)?.offers(self.wanted())) {
                Ok(offers) => match (nearest(&offers, self.wanted()), largest(&offers)) {
                    (Some(preview), Some(largest)) => candidates.push(Candidate { node, preview, largest }),
                    _ => reason = LostReason::NoFormat,
                },
                Err(LostReason::NoCamera) => {}
                Err(other) => reason = other,
            }
        }
        // The sort is stable: of equals the lowest number comes first, so that preview and still use the same camera.
        let far = |candidate: &Candidate| distance(&candidate.preview, self.wanted());
        candidates.sort_by(|a, b| far(a).total_cmp(&far(b)));
        Ok((candidates, reason))
    }

    fn open(&self, candidate: &Candidate, purpose: Purpose) -> Result<UsbStream, LostReason> {
        let Candidate { node, preview, largest } = candidate;
        let video = Video::open(node.index)?;
        let agreed = video.set(if purpose == Purpose::Still { largest } else { preview })?;
        let settings = video.control(&self.controls);
        let info = StreamInfo {
            name: node.name.clone(),
            width: agreed.width,
            height: agreed.height,
            fps: agreed.fps,
            has_sensor: true,
            larger_stills: largest.is_larger_than(preview),
            settings,
        };
        Ok(UsbStream { frames: video.frames(agreed)?, info })
    }
}

impl FrameStream for UsbStream {
    fn info(&self) -> StreamInfo {
        self.info.clone()
    }

    fn next(&mut self, stop: &dyn StopSignal) -> Result<Option<RawFrame>, LostReason> {
        self.frames.next(stop)
    }
}
