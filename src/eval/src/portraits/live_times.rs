//! How long the live verdict takes: each picture is put into the middle of a camera's 1280x720 frame and judged thirty times.

use crate::statistics::Sorted;
use anyhow::ensure;
use image::{RgbImage, imageops};
use portrait::decode;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use std::time::Instant;

/// Width of a frame, pixels.
const WIDTH: u32 = 1280;
/// Height of a frame, pixels.
const HEIGHT: u32 = 720;
/// Verdicts of each picture.
const REPETITIONS: usize = 30;

/// Times of the live verdict.
#[derive(Debug, Serialize, Deserialize)]
pub struct LiveTimes {
    /// Frames judged.
    pub frames: usize,
    /// Median time of a verdict, ms.
    pub median_millis: f64,
    /// 95th percentile, ms.
    pub p95_millis: f64,
}

/// Measures the live verdict on `pictures`.
///
/// # Errors
/// When a picture or a model cannot be read, or there is no picture.
pub fn measure(pictures: &[PathBuf]) -> anyhow::Result<LiveTimes> {
    let frames = pictures
        .iter()
        .map(|path| Ok(frame(&decode(&std::fs::read(path)?)?)))
        .collect::<anyhow::Result<Vec<_>>>()?;
    ensure!(!frames.is_empty(), "no picture given");
    let (engine, preset) = (super::engine()?, super::preset()?);
    for frame in &frames {
        engine.live(frame, &preset)?; // loads the networks
    }
    let mut millis = Vec::new();
    for frame in frames.iter().cycle().take(frames.len() * REPETITIONS) {
        let start = Instant::now();
        engine.live(frame, &preset)?;
        millis.push(start.elapsed().as_secs_f64() * 1e3);
    }
    let millis = Sorted::new(millis);
    Ok(LiveTimes { frames: millis.len(), median_millis: millis.above(0.5), p95_millis: millis.above(0.95) })
}

/// The picture in the middle of a camera's frame, as high as the frame.
fn frame(picture: &RgbImage) -> RgbImage {
    let (width, height) = picture.dimensions();
    let shown = imageops::resize(
        picture,
        (width * HEIGHT / height).clamp(1, WIDTH),
        HEIGHT,
        imageops::FilterType::Triangle,
    );
    let mut frame = RgbImage::from_pixel(WIDTH, HEIGHT, image::Rgb([128; 3]));
    imageops::replace(&mut frame, &shown, i64::from(WIDTH - shown.width()) / 2, 0);
    frame
}
