//! A clip frame by frame instead of in real time, for measurements whose clock is the clip's own, so that a busy machine
//! changes nothing. The frames go through the same JPEG and the same decoder as those of a recording.

use std::path::Path;
use std::time::{Duration, Instant};

use image::RgbImage;

use super::clip::{Clip, ClipError};
use super::encode::encoded;
use super::scene::Scene;
use crate::backend::{Coding, RawFrame};
use crate::config::Rotation;
use crate::decode::decode;

/// A clip that is ready to be rendered frame by frame.
#[derive(Debug)]
pub struct ClipFrames {
    scene: Scene,
    size: (u32, u32),
}

impl ClipFrames {
    /// Loads `clip` for frames of that size in pixels; its pictures are relative to `base`.
    ///
    /// # Errors
    /// [`ClipError`] names the picture or the field that is wrong.
    pub fn load(clip: &Clip, base: &Path, width: u32, height: u32) -> Result<Self, ClipError> {
        Ok(Self { scene: Scene::load(clip, base, width, height)?, size: (width, height) })
    }

    /// The frame of a camera `time` after the clip began; `None` if there is no camera or the frame cannot be coded.
    #[must_use]
    pub fn frame(&self, time: Duration) -> Option<RgbImage> {
        if self.scene.is_unplugged() {
            return None;
        }
        let bytes = encoded(&self.scene.render(self.scene.at(time))).ok()?;
        let (width, height) = self.size;
        let raw =
            RawFrame { coding: Coding::Mjpeg, width, height, bytes, at: Instant::now(), incomplete: false };
        decode(&raw, Rotation::None).ok().map(|(image, _)| image)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recording::Motion;
    use image::Rgb;
    use std::sync::Arc;

    #[test]
    fn the_same_moment_is_the_same_frame_and_a_hand_moves() {
        let card = Arc::new(RgbImage::from_fn(60, 60, |x, y| {
            Rgb([if (x / 8 + y / 8) % 2 == 0 { 0 } else { 255 }; 3])
        }));
        let clip = Clip::phone("card").with_image(card).moving(Motion::Hand);
        let frames = ClipFrames::load(&clip, Path::new(""), 320, 180).expect("a clip");
        let at = |millis| frames.frame(Duration::from_millis(millis)).expect("a frame");
        assert_eq!(at(500), at(500));
        assert_ne!(at(500), at(800));
        assert_eq!(at(0).dimensions(), (320, 180));
        let gone = ClipFrames::load(&Clip::unplugged(), Path::new(""), 320, 180).expect("a clip");
        assert!(gone.frame(Duration::ZERO).is_none());
    }
}
