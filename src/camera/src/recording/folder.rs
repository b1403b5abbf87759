//! A folder of pictures as a camera: in the order of their names, in a loop.

use std::path::{Path, PathBuf};

use super::clip::Clip;
use super::scene_state::SceneState;
use super::scene_stream::SceneStream;
use crate::backend::{CaptureBackend, FrameStream, Purpose};
use crate::frame::LostReason;

/// A folder whose pictures are played at `fps` frames a second.
pub(crate) struct FolderBackend {
    folder: PathBuf,
    width: u32,
    height: u32,
    fps: u32,
}

impl FolderBackend {
    pub(crate) fn new(folder: PathBuf, width: u32, height: u32, fps: u32) -> Self {
        Self { folder, width, height, fps }
    }

    /// Its pictures, sorted by name.
    fn pictures(&self) -> std::io::Result<Vec<PathBuf>> {
        let known = |path: &PathBuf| {
            let extension = path.extension().and_then(|e| e.to_str()).unwrap_or_default().to_lowercase();
            ["jpg", "jpeg", "png", "webp", "bmp"].contains(&extension.as_str())
        };
        let entries = std::fs::read_dir(&self.folder)?;
        let mut pictures: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).filter(known).collect();
        pictures.sort();
        Ok(pictures)
    }
}

impl CaptureBackend for FolderBackend {
    fn start(&mut self, _purpose: Purpose) -> Result<Box<dyn FrameStream + '_>, LostReason> {
        let refused = |error: &dyn std::fmt::Display| LostReason::Driver(error.to_string());
        let state = SceneState::new(self.width, self.height, self.fps, None).map_err(|e| refused(&e))?;
        let folder = self.folder.display().to_string();
        let pictures = self.pictures().unwrap_or_default();
        if pictures.is_empty() {
            return Err(LostReason::NotThere(folder));
        }
        let clip = Clip::frames(pictures, self.fps as f32, true);
        state.play(&clip, Path::new("")).map_err(|e| refused(&e))?;
        let size = state.size();
        Ok(Box::new(SceneStream::new(state, size, folder)))
    }
}
