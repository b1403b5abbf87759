//! How long the live verdict takes: `live_times PRESET.toml IMG...` puts each picture into the middle of a camera's 1280x720
//! frame and looks at it thirty times, and prints one JSON object: `{"frames","median_millis","p95_millis"}`. `make bench` reads it.

use anyhow::{Context as _, ensure};
use image::{RgbImage, imageops};
use portrait::{Engine, decode, find_models};
use std::time::Instant;

/// Width of a frame, pixels.
const WIDTH: u32 = 1280;
/// Height of a frame, pixels.
const HEIGHT: u32 = 720;
/// Looks at each picture.
const LOOKS: usize = 30;

fn main() -> anyhow::Result<()> {
    let mut args = std::env::args().skip(1);
    let preset = args.next().context("usage: live_times PRESET.toml IMG...")?;
    let preset = standard::Preset::parse(&std::fs::read_to_string(preset)?)?;
    let frames =
        args.map(|path| Ok(frame(&decode(&std::fs::read(path)?)?))).collect::<anyhow::Result<Vec<_>>>()?;
    ensure!(!frames.is_empty(), "no picture given");
    let engine = Engine::open(&find_models(None))?;
    for frame in &frames {
        engine.live(frame, &preset)?; // loads the networks
    }
    let mut millis = Vec::new();
    for frame in frames.iter().cycle().take(frames.len() * LOOKS) {
        let start = Instant::now();
        engine.live(frame, &preset)?;
        millis.push(start.elapsed().as_secs_f64() * 1e3);
    }
    millis.sort_by(f64::total_cmp);
    let at = |share: usize| millis[(millis.len() * share / 100).min(millis.len() - 1)];
    let line = serde_json::json!({"frames": millis.len(), "median_millis": at(50), "p95_millis": at(95)});
    println!("{line}");
    Ok(())
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
