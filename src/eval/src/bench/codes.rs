//! Budgets of the code reader: how many photographs of a set are read, and how long a camera frame takes.

use std::path::Path;
use std::process::Command;

use anyhow::Context as _;
use image::imageops::{self, FilterType};
use image::{Rgb, RgbImage};
use serde::Deserialize;

use super::row::{Bench, NotMeasured, Row};
use crate::chance::Chance;
use crate::codes::time::FRAME;
use crate::peers;
use crate::process::{program, run};
use crate::sets::codes::{self, Expected};
use crate::statistics::Sorted;

/// Frames of noise.
const NOISE_FRAMES: usize = 40;

/// The rows of the table.
pub const ROWS: &[Row] = &[
    Row {
        what: "codes read",
        budget: ">= 150 of 160, 0 wrong, <= 500 ms each; peer zxing-cpp",
        command: "QR_SET=DIR make bench",
        measure: read_set,
    },
    Row {
        what: "code time, 1280x720, live mode",
        budget: "median <= 15 ms, p95 and give-up <= 40 ms",
        command: "QR_SET=DIR make bench",
        measure: live,
    },
    Row {
        what: "false reads",
        budget: "0 over >= 100,000 code-free frames",
        command: "make eval NAME=codes-false",
        measure: |_| {
            let reason = "takes twenty processor minutes; `make eval NAME=codes-false` counts them";
            Err(NotMeasured(reason.into()).into())
        },
    },
];

/// A line that `scan --json` prints.
#[derive(Deserialize)]
struct Line {
    texts: Vec<Option<String>>,
    millis: f64,
}

fn read_set(bench: &Bench<'_>) -> anyhow::Result<String> {
    let (folder, peers) = (bench.sets.codes()?, bench.peers()?);
    let expected = codes::list(folder)?;
    let files = expected.iter().map(|item| folder.join(&item.file));
    let lines: Vec<Line> = run(Command::new(program("scan")?).arg("--json").args(files))?.json_lines()?;
    let (mut right, mut wrong) = (0, 0);
    for (line, Expected { text, .. }) in lines.iter().zip(&expected) {
        let mut texts = line.texts.iter().flatten();
        right += usize::from(texts.clone().any(|read| read == text));
        wrong += usize::from(texts.any(|read| read != text));
    }
    let slowest = Sorted::new(lines.iter().map(|line| line.millis)).above(1.0);
    let peer = peers::zxing(peers, folder)?;
    Ok(format!(
        "{right} of {}, {wrong} wrong, slowest {slowest:.0} ms with decoding the file; zxing-cpp {}, {} wrong",
        expected.len(),
        peer.read,
        peer.wrong
    ))
}

/// Frames are drawn from the set's pictures, fitted into a camera's frame on grey.
fn live(bench: &Bench<'_>) -> anyhow::Result<String> {
    let folder = bench.sets.codes()?;
    let frames = tempfile::tempdir()?;
    let mut files = Vec::new();
    for item in codes::list(folder)? {
        let file = frames.path().join(&item.file).with_extension("bmp");
        framed(&folder.join(&item.file))?.save(&file)?;
        files.push(file);
    }
    let empty = frames.path().join("empty.bmp");
    noise().save(&empty)?;
    let scan = program("scan")?;
    let ran = run(Command::new(&scan).args(["--json", "--mode", "live"]).args(&files))?;
    let lines: Vec<Line> = ran.json_lines()?;
    let given_up: Vec<Line> = run(Command::new(&scan)
        .args(["--json", "--mode", "live"])
        .args(std::iter::repeat_n(&empty, NOISE_FRAMES)))?
    .json_lines()?;
    let read = Sorted::new(lines.iter().filter(|line| !line.texts.is_empty()).map(|line| line.millis));
    let every = Sorted::new(lines.iter().map(|line| line.millis));
    Ok(format!(
        "median {:.1} ms over {} frames read, p95 of all {} {:.1} ms, noise given up after {:.1} ms; with reading an \
         uncompressed file each; {:.1} ms a frame on the wall clock",
        read.median(),
        read.len(),
        every.len(),
        every.above(0.95),
        Sorted::new(given_up.iter().map(|line| line.millis)).median(),
        ran.seconds * 1e3 / every.len() as f64
    ))
}

/// The picture in the middle of a frame, reduced to fit.
fn framed(file: &Path) -> anyhow::Result<RgbImage> {
    let picture = image::open(file).with_context(|| file.display().to_string())?.into_rgb8();
    let shrink = (f64::from(FRAME.0) / f64::from(picture.width()))
        .min(f64::from(FRAME.1) / f64::from(picture.height()))
        .min(1.0);
    let side = |pixels: u32| ((f64::from(pixels) * shrink).round() as u32).max(1);
    let small =
        imageops::resize(&picture, side(picture.width()), side(picture.height()), FilterType::CatmullRom);
    let mut frame = RgbImage::from_pixel(FRAME.0, FRAME.1, Rgb([128; 3]));
    let middle = |outer: u32, inner: u32| i64::from((outer - inner) / 2);
    imageops::replace(&mut frame, &small, middle(FRAME.0, small.width()), middle(FRAME.1, small.height()));
    Ok(frame)
}

/// A frame of about normal noise with a standard deviation of 40 levels.
fn noise() -> RgbImage {
    let mut chance = Chance::new(7);
    RgbImage::from_fn(FRAME.0, FRAME.1, |_, _| {
        Rgb([(128.0 + 40.0 * chance.normal()).clamp(0.0, 255.0) as u8; 3])
    })
}
