//! Detects frames that arrive in time and still show nothing: a frozen picture, or black.
//!
//! A sensor's noise changes some bit of every frame of a still scene, so that frames which are equal in every pixel for
//! seconds come from a camera whose firmware hangs. A closed cover or a dead sensor gives black without noise. Both are
//! reported as reasons for a loss; both end with the first frame that is different.

use std::time::{Duration, Instant};

use image::RgbImage;

/// Equal frames for this long are a fault. Some firmwares repeat a frame a few times when light changes; none for seconds.
pub(crate) const FROZEN_AFTER: Duration = Duration::from_secs(10);
/// Black for this long is a fault: longer than a lamp that is switched off and on, or a hand over the lens.
pub(crate) const BLACK_AFTER: Duration = Duration::from_secs(5);
/// A pixel is dark if no channel is above this, of 255: the noise of a covered sensor stays below, a dimly lit room does not.
const DARK: u8 = 24;
/// One of this many pixels may be brighter in a black picture: hot pixels.
const BRIGHT_SHARE: usize = 200;
/// One in this many pixels is checked.
const STEP: usize = 17;

/// Whether a frame shows a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FrameHealth {
    /// A picture.
    Good,
    /// Black for too long.
    Black,
    /// The same for too long.
    Frozen,
}

/// Checks frames one after the other, across replugs too.
#[derive(Debug, Default)]
pub(crate) struct StallDetector {
    last: u64,
    same_since: Option<Instant>,
    black_since: Option<Instant>,
}

impl StallDetector {
    /// The health of this frame, taken `at`; with `has_sensor` equal frames are a fault.
    pub(crate) fn check(&mut self, image: &RgbImage, at: Instant, has_sensor: bool) -> FrameHealth {
        let digest = digest(image.as_raw());
        if digest != self.last {
            (self.last, self.same_since) = (digest, Some(at));
        }
        if !is_black(image) {
            self.black_since = None;
        } else if self.black_since.is_none() {
            self.black_since = Some(at);
        }
        let longer = |since: Option<Instant>, bound| {
            since.is_some_and(|since| at.saturating_duration_since(since) >= bound)
        };
        // A covered sensor may send equal frames too; black is the more helpful reason.
        if longer(self.black_since, BLACK_AFTER) {
            FrameHealth::Black
        } else if has_sensor && longer(self.same_since, FROZEN_AFTER) {
            FrameHealth::Frozen
        } else {
            FrameHealth::Good
        }
    }
}

fn is_black(image: &RgbImage) -> bool {
    let seen = image.as_raw().chunks_exact(3).step_by(STEP);
    let (mut all, mut bright) = (0usize, 0usize);
    for pixel in seen {
        all += 1;
        bright += usize::from(pixel.iter().any(|value| *value > DARK));
    }
    bright <= all / BRIGHT_SHARE
}

/// A digest of all pixels: eight bytes a step, so that a frame of 1280 x 720 takes less than half a millisecond. Only
/// against chance, not against malice.
fn digest(bytes: &[u8]) -> u64 {
    const ODD: u64 = 0x9e37_79b9_7f4a_7c15;
    let mix = |sum: u64, word: u64| (sum.rotate_left(23) ^ word).wrapping_mul(ODD);
    let (words, rest) = bytes.as_chunks::<8>();
    let sum = words.iter().fold(bytes.len() as u64 | 1, |sum, word| mix(sum, u64::from_le_bytes(*word)));
    rest.iter().fold(sum, |sum, byte| mix(sum, u64::from(*byte)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::Rgb;

    /// A still scene; `noise` moves one value of one pixel by one.
    fn scene(noise: u32) -> RgbImage {
        let mut image = RgbImage::from_fn(64, 48, |x, y| Rgb([(x * 3) as u8, (y * 4) as u8, 90]));
        image.get_pixel_mut(noise % 64, noise / 64 % 48).0[2] += (noise % 2) as u8 + 1;
        image
    }

    fn watched(seconds: u32, frame: impl Fn(u32) -> RgbImage, sensor: bool) -> Vec<FrameHealth> {
        let (mut detector, start) = (StallDetector::default(), Instant::now());
        let at = |i: u32| start + Duration::from_millis(100) * i;
        (0..=seconds * 10).map(|i| detector.check(&frame(i), at(i), sensor)).collect()
    }

    #[test]
    fn a_still_scene_with_noise_stays_good() {
        assert!(watched(60, scene, true).iter().all(|health| *health == FrameHealth::Good));
    }

    #[test]
    fn equal_frames_are_frozen_after_the_bound_and_not_before() {
        let seen = watched(11, |_| scene(1), true);
        assert_eq!(seen.iter().position(|health| *health == FrameHealth::Frozen), Some(100));
        assert!(
            watched(30, |_| scene(1), false).iter().all(|health| *health == FrameHealth::Good),
            "a recording may stand"
        );
    }

    #[test]
    fn the_first_other_frame_ends_it() {
        let thaw = |i: u32| scene(if i < 120 { 1 } else { i });
        let seen = watched(13, thaw, true);
        assert_eq!((seen[119], seen[120]), (FrameHealth::Frozen, FrameHealth::Good));
    }

    #[test]
    fn black_is_reported_whether_it_is_noisy_or_not_and_a_dark_room_is_not_black() {
        let noisy =
            |i: u32| RgbImage::from_fn(64, 48, move |x, y| Rgb([((x * 7 + y * 13 + i) % 20) as u8; 3]));
        for sensor in [true, false] {
            let seen = watched(6, noisy, sensor);
            assert_eq!(seen.iter().position(|health| *health == FrameHealth::Black), Some(50));
        }
        let room = |i: u32| {
            let mut image = noisy(i);
            for x in 0..16 {
                image.put_pixel(x, 20, Rgb([60, 50, 40]));
                image.put_pixel(x, 21, Rgb([60, 50, 40]));
            }
            image
        };
        assert!(watched(6, room, true).iter().all(|health| *health == FrameHealth::Good));
    }
}
