//! Frames from a USB camera or a recording, and nothing but frames.
//!
//! One owner thread holds the camera, a second one decodes and publishes the newest frame; a caller always gets the newest.
//! The camera is what breaks on collection days, so every fault is a state with a reason, and the owner thread tries again by
//! itself, with a growing delay, until the last handle is gone. A recording goes through the same threads, the same JPEG
//! bytes and the same handle: what works with one works with the other.
//!
//! This crate knows no face, no code and no visit.

mod backend;
mod bad_frame;
mod config;
mod decode;
mod decoder;
mod device;
#[cfg(test)]
mod fault_tests;
mod format_choice;
mod frame;
mod frame_mailbox;
mod handle;
mod jpeg;
mod kernel;
mod open;
mod picture_file;
pub mod recording;
mod rotation;
mod shared;
mod stall_detector;
mod still_request;
mod still_session;
mod stills;
mod supervise;
mod usb;
mod yuv;

pub use config::{Config, Controls, Level, PowerLine, Rotation, Source};
pub use device::{Device, Offered, list};
pub use frame::{Frame, LostReason, Outcome, Setting, State, Tally};
pub use handle::Camera;
pub use recording::{Clip, ClipError, Motion, Recording, RecordingError, SceneControl, Show, Step};
pub use rotation::mirror_rows;
