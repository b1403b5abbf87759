//! The one door behind which a camera's kind is hidden: something that can be started and then gives raw frames.

use std::time::{Duration, Instant};

use crate::frame::{LostReason, Setting};

/// How a raw frame is coded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Coding {
    /// Motion JPEG.
    Mjpeg,
    /// YUV 4:2:2, Y U Y V.
    Yuyv,
    /// YUV 4:2:0, a plane of Y and a plane of U V pairs.
    Nv12,
}

/// A frame as it came.
pub(crate) struct Raw {
    pub coding: Coding,
    pub width: u32,
    pub height: u32,
    pub bytes: Vec<u8>,
    /// When the driver handed it over.
    pub at: Instant,
    /// The driver says that part of it is missing.
    pub flagged: bool,
}

/// What a stream is opened for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// The wanted size, as fast as wanted.
    Preview,
    /// The largest size, however slow.
    Still,
}

/// What a running stream calls itself.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Identity {
    pub name: String,
    pub width: u32,
    pub height: u32,
    pub fps: u32,
    /// It has a sensor: equal pictures one after the other are a fault.
    pub sensor: bool,
    /// It can give larger pictures than these.
    pub larger_stills: bool,
    /// What became of the wanted controls.
    pub settings: Vec<Setting>,
}

/// Tells a waiting stream whether anybody still wants its next frame.
pub(crate) trait Wanted: Sync {
    /// Waits up to `time`; false if the stream shall stop waiting for frames.
    fn pause(&self, time: Duration) -> bool;
    /// The same without waiting.
    fn goes_on(&self) -> bool;
}

/// A kind of camera.
pub(crate) trait Feed: Send {
    /// Opens it.
    fn start(&mut self, purpose: Purpose) -> Result<Box<dyn Stream + '_>, LostReason>;
}

/// An open camera.
pub(crate) trait Stream {
    /// Name, size and rate.
    fn identity(&self) -> Identity;
    /// The next frame, or `None` as soon as it is not wanted any more. Waits no longer than [`crate::handle::STALL`]; after
    /// that it is [`LostReason::Stalled`].
    fn next(&mut self, wanted: &dyn Wanted) -> Result<Option<Raw>, LostReason>;
}
