//! The interface that hides a camera's kind: a backend that can be started and then delivers raw frames.

use std::time::{Duration, Instant};

use crate::frame::{LostReason, Setting};

/// A live camera that delivers no frame for this long is stalled. Cameras take up to a second for their first frame in the
/// dark; three seconds are enough for every camera that was tested.
pub(crate) const STALL_TIMEOUT: Duration = Duration::from_secs(3);

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

/// A frame as the driver delivers it.
pub(crate) struct RawFrame {
    pub coding: Coding,
    pub width: u32,
    pub height: u32,
    pub bytes: Vec<u8>,
    /// When the driver handed it over.
    pub at: Instant,
    /// The driver reports that part of it is missing.
    pub incomplete: bool,
}

/// What a stream is opened for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// The wanted size at the wanted rate.
    Preview,
    /// The largest size, at whatever rate.
    Still,
}

/// What a running stream reports of itself.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct StreamInfo {
    pub name: String,
    pub width: u32,
    pub height: u32,
    pub fps: u32,
    /// Whether it has a sensor, so that equal pictures one after the other are a fault.
    pub has_sensor: bool,
    /// Whether it can deliver larger pictures than these.
    pub larger_stills: bool,
    /// The outcome of each wanted control.
    pub settings: Vec<Setting>,
}

/// Tells a waiting stream whether its next frame is still wanted.
pub(crate) trait StopSignal: Sync {
    /// Waits up to `time`; false if the stream shall stop.
    fn continues_after(&self, time: Duration) -> bool;
    /// The same without waiting.
    fn continues(&self) -> bool;
}

/// A kind of camera.
pub(crate) trait CaptureBackend: Send {
    /// Opens it.
    fn start(&mut self, purpose: Purpose) -> Result<Box<dyn FrameStream + '_>, LostReason>;
}

/// An open camera.
pub(crate) trait FrameStream {
    /// Name, size and rate.
    fn info(&self) -> StreamInfo;
    /// The next frame, or `None` as soon as it is not wanted any more. Waits no longer than [`STALL_TIMEOUT`]; after that it
    /// returns [`LostReason::Stalled`].
    fn next(&mut self, stop: &dyn StopSignal) -> Result<Option<RawFrame>, LostReason>;
}
