//! The table `codes-time`: processor time of frames of a camera's size, next to the plain decoders.

use std::path::Path;

use image::{GrayImage, Luma as Grey, imageops};
use scan::{Mode, Scanner};

use super::plain;
use super::readers::{Outcome, measured, plain_rqrr, plain_rxing, scanned};
use crate::chance::Chance;
use crate::report::Report;
use crate::sets::codes::{self, CodePicture};

/// Size of a camera's frame, pixels.
pub const FRAME: (u32, u32) = (1280, 720);
/// Frames of noise in which a live scanner finds nothing.
const NOISE_FRAMES: usize = 60;

/// Measures the set's pictures on grey, then noise.
///
/// # Errors
/// When the set cannot be read.
pub fn table(folder: &Path) -> anyhow::Result<String> {
    plain::silence_panics();
    let mut items = codes::open(folder)?;
    items.iter_mut().for_each(|item| item.grey = framed(&item.grey));
    let rqrr = measured(&items, false, plain_rqrr);
    let rxing = measured(&items, false, plain_rxing);
    let mut scanner = Scanner::new(Mode::Live);
    let live = measured(&items, false, |grey| {
        scanner.forget();
        scanned(&mut scanner, grey)
    });
    let noise = noise();
    let given_up =
        |read: &mut dyn FnMut(&GrayImage) -> Outcome| measured(&noise, false, read).millis.above(0.95);
    let given = [
        given_up(&mut plain_rqrr),
        given_up(&mut plain_rxing),
        given_up(&mut |grey| scanned(&mut scanner, grey)),
    ];
    let base = live.millis.above(0.5);
    let mut report = Report::default();
    let read = format!("frames read of {}", items.len());
    report.columns(&["way", &read, "ms median", "against ours", "ms p95", "noise given up after, ms p95"]);
    for ((name, row), given) in
        [("plain rqrr", &rqrr), ("plain rxing", &rxing), ("scan, live", &live)].iter().zip(given)
    {
        let (median, p95) = (row.millis.above(0.5), row.millis.above(0.95));
        report.line(format!(
            "| {name} | {} | {median:.1} | {:.2} | {p95:.1} | {given:.1} |",
            row.right,
            median / base
        ));
    }
    Ok(report.finish())
}

/// Frames of uniform noise.
fn noise() -> Vec<CodePicture> {
    let mut chance = Chance::new(7);
    let mut frame = || GrayImage::from_fn(FRAME.0, FRAME.1, |_, _| Grey([chance.below(256) as u8]));
    (0..NOISE_FRAMES)
        .map(|_| CodePicture { file: String::new(), text: String::new(), grey: frame() })
        .collect()
}

/// The picture in the middle of a camera's frame on grey, reduced to fit, never enlarged.
pub fn framed(grey: &GrayImage) -> GrayImage {
    let shrink = (FRAME.0 as f32 / grey.width() as f32).min(FRAME.1 as f32 / grey.height() as f32).min(1.0);
    let side = |pixels: u32| ((pixels as f32 * shrink) as u32).max(1);
    let small = imageops::thumbnail(grey, side(grey.width()), side(grey.height()));
    let mut frame = GrayImage::from_pixel(FRAME.0, FRAME.1, Grey([128]));
    let middle = |outer: u32, inner: u32| i64::from((outer - inner) / 2);
    imageops::replace(&mut frame, &small, middle(FRAME.0, small.width()), middle(FRAME.1, small.height()));
    frame
}
