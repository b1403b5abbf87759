//! Frames from a USB camera or a recording, and nothing but frames.
//!
//! One owner thread holds the camera, a second one decodes and lays the newest frame into a slot; whoever wants a frame takes
//! the newest. The camera is what breaks on collection days, so every fault is a state with a reason, and the thread tries
//! again by itself, with a growing delay, until the last handle is gone. A recording goes through the same thread, the same
//! JPEG bytes and the same handle: what works with one works with the other.
//!
//! This room knows no face, no code and no visit.

mod bench;
mod config;
mod decode;
mod desk;
mod device;
#[cfg(test)]
mod faults;
mod feed;
mod frame;
mod handle;
mod jpeg;
mod kernel;
mod offer;
mod picture;
pub mod recording;
mod stills;
mod supervise;
mod turn;
mod usb;
mod watch;
mod yuv;

pub use config::{Config, Controls, Level, PowerLine, Source, Turn};
pub use device::{Device, Offered, list};
pub use frame::{Frame, LostReason, Outcome, Setting, State, Tally};
pub use handle::Camera;
pub use recording::{Clip, ClipError, Director, Motion, Recording, RecordingError, Show, Step};
