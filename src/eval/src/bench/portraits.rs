//! Budgets of the portrait, next to MODNet alone at short side 512 in ONNX Runtime, in the same run.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context as _;
use image::imageops::{self, FilterType};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

use super::row::{Bench, NotMeasured, Row};
use crate::peers::Modnet;
use crate::portraits::live_times::LiveTimes;
use crate::process::{demo_pictures, program, run};
use crate::statistics::Sorted;

const ROUNDS: usize = 5;
/// Copies of every picture in the long batch: the difference to one copy is the time of the others, without start and loading.
const COPIES: usize = 6;
const STANDARD: [&str; 4] = ["--preset", "chsi", "--background", "blue"];
const BATCH: &str = "portrait batch DIR -o OUT --preset chsi --background blue";

/// The rows of the table.
pub const ROWS: &[Row] = &[
    Row {
        what: "portrait, all checks and verification, against MODNet alone",
        budget: "<= 0.68 of the peer's time",
        command: BATCH,
        measure: against_peer,
    },
    Row { what: "portrait, peak memory", budget: "<= 396 MB", command: BATCH, measure: peak },
    Row { what: "portrait of 12 megapixels", budget: "<= 1 s", command: BATCH, measure: large },
    Row { what: "live verdict", budget: "<= 60 ms", command: "eval live-times IMG...", measure: live },
];

/// The demo pictures that become a portrait; a refusal returns early and would flatter the result.
fn pictures() -> anyhow::Result<Vec<PathBuf>> {
    let folder = tempfile::tempdir()?;
    let mut made = Vec::new();
    for (number, path) in demo_pictures()?.into_iter().enumerate() {
        let out = folder.path().join(format!("{number}.jpg"));
        run(Command::new(program("portrait")?).arg("make").arg(&path).arg("-o").arg(&out).args(STANDARD))?;
        if out.is_file() {
            made.push(path);
        }
    }
    if made.is_empty() {
        return Err(NotMeasured("no demo picture became a portrait".into()).into());
    }
    Ok(made)
}

/// Seconds of one `portrait batch` over `copies` of each picture, and its peak memory in MB.
fn batch(paths: &[PathBuf], copies: usize) -> anyhow::Result<(f64, f64)> {
    let folder = tempfile::tempdir()?;
    let source = folder.path().join("in");
    std::fs::create_dir(&source)?;
    for path in paths {
        let name = |part: Option<&std::ffi::OsStr>| part.unwrap_or_default().to_string_lossy().into_owned();
        let (stem, extension) = (name(path.file_stem()), name(path.extension()));
        for copy in 0..copies {
            std::fs::copy(path, source.join(format!("{stem}-{copy}.{extension}")))?;
        }
    }
    let mut command = Command::new(program("portrait")?);
    command.arg("batch").arg(&source).arg("-o").arg(folder.path().join("out")).args(STANDARD);
    let ran = run(&mut command)?;
    Ok((ran.seconds, ran.peak_mb))
}

/// Seconds of one portrait, without start and loading.
fn own_seconds(paths: &[PathBuf]) -> anyhow::Result<f64> {
    let (short, _) = batch(paths, 1)?;
    let (long, _) = batch(paths, COPIES)?;
    Ok((long - short) / (paths.len() * (COPIES - 1)) as f64)
}

fn against_peer(bench: &Bench<'_>) -> anyhow::Result<String> {
    let paths = pictures()?;
    let mut peer = Modnet::start(bench.peers()?, &paths)?;
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    // Interleaved, so that a busy machine is busy for both.
    for _ in 0..ROUNDS {
        theirs.push(peer.seconds()?);
        ours.push(own_seconds(&paths)?);
    }
    let ratio = Sorted::new(ours.iter().zip(&theirs).map(|(own, other)| own / other)).median();
    let millis = |seconds: Vec<f64>| Sorted::new(seconds).median() * 1e3;
    Ok(format!(
        "{ratio:.2} (ours {:.0} ms, MODNet alone {:.0} ms; {} pictures, {ROUNDS} rounds, medians)",
        millis(ours),
        millis(theirs),
        paths.len()
    ))
}

fn peak(_: &Bench<'_>) -> anyhow::Result<String> {
    let (_, peak_mb) = batch(&pictures()?, 2)?;
    Ok(format!("{peak_mb:.0} MB"))
}

fn large(_: &Bench<'_>) -> anyhow::Result<String> {
    let pictures = pictures()?;
    let folder = tempfile::tempdir()?;
    let big = folder.path().join("big.jpg");
    let (width, height) = enlarge(pictures.first().context("there are pictures")?, &big)?;
    let mut seconds = Vec::new();
    for _ in 0..3 {
        seconds.push(own_seconds(std::slice::from_ref(&big))?);
    }
    Ok(format!("{:.2} s ({width} x {height})", Sorted::new(seconds).median()))
}

/// Writes the picture at 12 megapixels and returns its size.
fn enlarge(path: &Path, big: &Path) -> anyhow::Result<(u32, u32)> {
    let picture = image::open(path)?.into_rgb8();
    let scale = (12e6 / (f64::from(picture.width()) * f64::from(picture.height()))).sqrt();
    let side = |pixels: u32| (f64::from(pixels) * scale).round() as u32;
    let (width, height) = (side(picture.width()), side(picture.height()));
    let picture = imageops::resize(&picture, width, height, FilterType::Lanczos3);
    let mut encoder = Encoder::new_file(big, 92)?;
    encoder.set_sampling_factor(SamplingFactor::R_4_2_0);
    encoder.encode(picture.as_raw(), u16::try_from(width)?, u16::try_from(height)?, ColorType::Rgb)?;
    Ok((width, height))
}

fn live(_: &Bench<'_>) -> anyhow::Result<String> {
    let mut command = Command::new(std::env::current_exe()?);
    let lines: Vec<LiveTimes> = run(command.arg("live-times").args(demo_pictures()?))?.json_lines()?;
    let times = lines.first().context("live-times failed")?;
    Ok(format!(
        "median {:.0} ms, p95 {:.0} ms over {} frames of 1280x720",
        times.median_millis, times.p95_millis, times.frames
    ))
}
