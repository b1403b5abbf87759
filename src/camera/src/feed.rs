//! The one door behind which a camera's kind is hidden: something that can be started and then gives raw frames.

use std::time::Duration;

use crate::frame::LostReason;

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
}

/// What a running stream calls itself.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Identity {
    pub name: String,
    pub width: u32,
    pub height: u32,
    pub fps: u32,
}

/// Tells a waiting stream that nobody wants frames any more.
pub(crate) trait Wanted {
    /// Waits up to `time`; false if frames are no longer wanted.
    fn pause(&self, time: Duration) -> bool;
}

/// A kind of camera.
pub(crate) trait Feed: Send {
    /// Opens it.
    fn start(&mut self) -> Result<Box<dyn Stream + '_>, LostReason>;
}

/// An open camera.
pub(crate) trait Stream {
    /// Name, size and rate.
    fn identity(&self) -> Identity;
    /// The next frame. May block as long as the driver does.
    fn next(&mut self, wanted: &dyn Wanted) -> Result<Raw, LostReason>;
}
