//! A recording in place of a camera, for the demo, for scripts, tests and measurements.
//!
//! It plays pictures as a camera would see them: rendered into whole frames, moved by a hand, encoded as JPEG and decoded
//! again by the threads that every camera has. A [`SceneControl`] chooses the scene. Neither knows of faces, codes or verdicts.

mod backdrop;
mod clip;
mod clip_frames;
mod encode;
mod file;
mod folder;
mod motion;
mod phone;
mod sample;
mod scene;
mod scene_control;
mod scene_state;
mod scene_stream;

pub use clip::{Clip, ClipError, Motion, Show, Step};
pub use clip_frames::ClipFrames;
pub(crate) use file::FileBackend;
pub(crate) use folder::FolderBackend;
pub use scene_control::{Recording, SceneControl};
pub use scene_state::RecordingError;
