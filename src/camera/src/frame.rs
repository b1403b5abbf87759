//! What the camera crate hands out: frames, states, and why a camera is lost.

use std::sync::Arc;
use std::time::Duration;

use image::RgbImage;
use sentences::{Code, codes};

/// One frame.
#[derive(Clone, Debug)]
pub struct Frame {
    /// Counts up from 1 since the camera was opened, across replugs too; gaps are frames that were never handed out.
    pub number: u64,
    /// When the driver handed it over, since the camera was opened; monotonic, and greater than the frame's before.
    pub at: Duration,
    /// The picture, not mirrored, rotated as the camera is mounted.
    pub image: Arc<RgbImage>,
    /// The camera's own JPEG bytes, completed with the standard Huffman tables if the stream left them out, and with
    /// an EXIF orientation if the camera is mounted rotated; `None` for a camera that sends uncompressed frames.
    pub jpeg: Option<Arc<[u8]>>,
}

/// The state of a camera.
#[derive(Clone, Debug, PartialEq)]
pub enum State {
    /// Being opened; no frame yet.
    Starting,
    /// Frames arrive.
    Live {
        /// The camera's own name.
        name: String,
        /// Width of its frames in pixels.
        width: u32,
        /// Height in pixels.
        height: u32,
        /// Frames a second that the camera promised.
        fps: u32,
    },
    /// No frames; the camera is tried again automatically.
    Lost {
        /// Why.
        reason: LostReason,
        /// Delay before the next try, from when it was lost.
        retry_in: Duration,
    },
}

/// Why there are no frames.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LostReason {
    /// No camera is plugged in.
    #[error("no camera is plugged in")]
    NoCamera,
    /// Cameras are there, but not the wanted one.
    #[error("no camera is called {0}")]
    NotThere(String),
    /// Another program holds it.
    #[error("another program holds the camera")]
    Busy,
    /// It was unplugged, or the driver released it.
    #[error("the camera was unplugged")]
    Unplugged,
    /// It is open but sends nothing.
    #[error("the camera sends no frames")]
    Stalled,
    /// It sends frames that cannot be decoded.
    #[error("the camera's frames are damaged: {0}")]
    BadFrames(String),
    /// The same picture over and over, to the last bit, which no sensor gives.
    #[error("the camera's picture is frozen")]
    Frozen,
    /// Nothing but black: a closed cover, or a dead sensor.
    #[error("the camera's picture is black")]
    Black,
    /// It offers no format that can be read.
    #[error("the camera offers no format that can be read")]
    NoFormat,
    /// The driver refused.
    #[error("the camera's driver refused: {0}")]
    Driver(String),
}

impl LostReason {
    /// The code of the sentence for a person.
    #[must_use]
    pub fn code(&self) -> Code {
        match self {
            Self::NoCamera => codes::CAMERA_NONE,
            Self::NotThere(_) => codes::CAMERA_NOT_THERE,
            Self::Busy => codes::CAMERA_BUSY,
            Self::Unplugged => codes::CAMERA_UNPLUGGED,
            Self::Stalled => codes::CAMERA_STALLED,
            Self::BadFrames(_) => codes::CAMERA_BAD_FRAMES,
            Self::Frozen => codes::CAMERA_FROZEN,
            Self::Black => codes::CAMERA_BLACK,
            Self::NoFormat => codes::CAMERA_NO_FORMAT,
            Self::Driver(_) => codes::CAMERA_DRIVER,
        }
    }
}

/// The outcome of a wanted control.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// Its key in the configuration, such as `exposure`.
    pub control: &'static str,
    /// The outcome.
    pub outcome: Outcome,
}

/// Whether a control was set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// As wanted.
    Set,
    /// The camera's range is narrower; this is the nearest.
    Nearest(i64),
    /// The camera has no such control.
    NotOffered,
    /// It has, but refused.
    Refused(String),
}

/// Counts since the camera was opened, for the health page and for tests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Whole frames.
    pub frames: u64,
    /// Frames that were damaged and dropped.
    pub damaged: u64,
    /// Frames that were overtaken by a newer one before they were decoded.
    pub overtaken: u64,
    /// How often the camera was lost.
    pub losses: u64,
}
