//! The table `codes-false`: frames without a code, in which every read is false.
//!
//! Every scene is shown for a few frames, as a hand would hold it, because a confirmed read takes two agreeing decodes: only a
//! false read that repeats does harm. Work is cut into parts; a finished part is a line in a log, so that an interrupted run can
//! be continued.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::Context as _;
use image::{GrayImage, Luma as Grey, imageops};
use scan::{Luma, Mode, ReadConfirmer, Scanner, thread_cpu_time};

use super::patterns::{KINDS, Pattern};
use crate::chance::Chance;
use crate::report::Report;

/// Scenes of one part.
const PART: usize = 125;
/// Frames for which a scene is shown.
const FRAMES: usize = 4;
/// Pixels that a trembling hand moves.
const TREMOR: u32 = 12;

/// Counts of one part, or of all.
#[derive(Clone, Copy, Default)]
struct Sum {
    frames: usize,
    large: usize,
    reads: usize,
    confirmed: usize,
    seen: usize,
    millis: f64,
}

impl Sum {
    fn add(&mut self, other: &Self) {
        self.frames += other.frames;
        self.large += other.large;
        self.reads += other.reads;
        self.confirmed += other.confirmed;
        self.seen += other.seen;
        self.millis += other.millis;
    }
}

/// Scans `frames` frames on two threads. `log` keeps finished parts.
///
/// # Errors
/// When the faces cannot be read or the log cannot be written.
pub fn table(frames: usize, faces: &Path, log: Option<&Path>) -> anyhow::Result<String> {
    let faces = portraits(faces)?;
    let default_log = default_log()?;
    let log = log.unwrap_or(&default_log);
    let parts = frames.div_ceil(PART * FRAMES);
    let done = finished(log);
    let (next, out) =
        (AtomicUsize::new(0), Mutex::new(std::fs::File::options().create(true).append(true).open(log)?));
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                loop {
                    let part = next.fetch_add(1, Ordering::Relaxed);
                    if part >= parts {
                        return;
                    }
                    if done.iter().any(|(known, _)| *known == part) {
                        continue;
                    }
                    let sum = one_part(part, &faces);
                    let line = format!(
                        "{part} {} {} {} {} {} {:.1}\n",
                        sum.frames, sum.large, sum.reads, sum.confirmed, sum.seen, sum.millis
                    );
                    if let Ok(mut out) = out.lock() {
                        drop(out.write_all(line.as_bytes()));
                    }
                }
            });
        }
    });
    let mut all = Sum::default();
    finished(log).iter().filter(|(part, _)| *part < parts).for_each(|(_, sum)| all.add(sum));
    let kinds: Vec<&str> = KINDS.iter().map(|kind| kind.0).collect();
    let mut report = Report::default();
    report.line(format!("Scenes: {}; each for {FRAMES} frames.\n", kinds.join(", ")));
    report.columns(&[
        "frames",
        "of them 1280 x 720",
        "others",
        "false reads",
        "false bindings",
        "a code believed to be seen",
        "ms a frame",
    ]);
    report.line(format!(
        "| {} | {} | 640 x 360 | {} | {} | {} | {:.1} |",
        all.frames,
        all.large,
        all.reads,
        all.confirmed,
        all.seen,
        all.millis / all.frames.max(1) as f64
    ));
    Ok(report.finish())
}

/// `codes-free.log` in the target folder.
fn default_log() -> anyhow::Result<PathBuf> {
    let program = std::env::current_exe()?;
    let target = program.ancestors().nth(2).context("the program lies in a target folder")?;
    Ok(target.join("codes-free.log"))
}

fn finished(log: &Path) -> Vec<(usize, Sum)> {
    let text = std::fs::read_to_string(log).unwrap_or_default();
    let line = |line: &str| {
        let numbers: Vec<f64> = line.split(' ').filter_map(|word| word.parse().ok()).collect();
        let [part, frames, large, reads, confirmed, seen, millis] = numbers[..] else { return None };
        let sum = Sum {
            frames: frames as usize,
            large: large as usize,
            reads: reads as usize,
            confirmed: confirmed as usize,
            seen: seen as usize,
            millis,
        };
        Some((part as usize, sum))
    };
    // Two runs at once may both have done a part: it counts once.
    let mut parts: Vec<(usize, Sum)> = text.lines().filter_map(line).collect();
    parts.sort_by_key(|(part, _)| *part);
    parts.dedup_by_key(|(part, _)| *part);
    parts
}

fn portraits(folder: &Path) -> anyhow::Result<Vec<GrayImage>> {
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder)?.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    let mut all = Vec::new();
    for path in paths {
        if let Ok(grey) = scan::picture::open(&path) {
            let scale = 900.0 / grey.width().max(grey.height()) as f32;
            let side = |pixels: u32| ((pixels as f32 * scale) as u32).max(1);
            all.push(imageops::thumbnail(&grey, side(grey.width()), side(grey.height())));
        }
    }
    Ok(all)
}

fn one_part(part: usize, faces: &[GrayImage]) -> Sum {
    let (mut scanner, mut confirmer) = (Scanner::new(Mode::Live), ReadConfirmer::new());
    let mut sum = Sum::default();
    for scene in 0..PART {
        let number = part * PART + scene;
        let mut chance = Chance::new(number as u64 ^ 0xf4ee);
        let large = number % 20 == 7;
        let (width, height) = if large { (1280, 720) } else { (640, 360) };
        let wide = canvas(number, width + TREMOR, height + TREMOR, faces, &mut chance);
        let noise = chance.between(0.0, 12.0);
        for _ in 0..FRAMES {
            let (x, y) = (chance.below(TREMOR as usize) as u32, chance.below(TREMOR as usize) as u32);
            let mut frame = imageops::crop_imm(&wide, x, y, width, height).to_image();
            add_noise(&mut frame, noise, &mut chance);
            let start = thread_cpu_time();
            let scan = scanner.scan(Luma { pixels: frame.as_raw(), width, height });
            sum.millis += thread_cpu_time().saturating_sub(start).as_secs_f64() * 1e3;
            sum.frames += 1;
            sum.large += usize::from(large);
            sum.reads += scan.codes.len();
            sum.seen += usize::from(scan.seen.is_some());
            if confirmer.offer(&scan).is_some() {
                sum.confirmed += 1;
            }
            if !scan.codes.is_empty() {
                eprintln!("read in scene {number}: {:?}", scan.codes);
            }
        }
    }
    sum
}

/// The scene without noise, a little larger than a frame.
fn canvas(number: usize, width: u32, height: u32, faces: &[GrayImage], chance: &mut Chance) -> GrayImage {
    if let (0, Some(face)) = (number % (KINDS.len() + 1), faces.get(chance.below(faces.len()))) {
        return face_crop(face, width, height, chance);
    }
    let pattern = Pattern::new(number % KINDS.len(), chance);
    let turn = chance.between(-3.1, 3.1).sin_cos();
    let lean = (chance.between(-4e-4, 4e-4), chance.between(-4e-4, 4e-4));
    let (white, black) = (chance.between(120.0, 255.0), chance.between(0.0, 70.0));
    let (mid_x, mid_y) = (width as f32 / 2.0, height as f32 / 2.0);
    let sharp = GrayImage::from_fn(width, height, |x, y| {
        let (dx, dy) = (x as f32 - mid_x, y as f32 - mid_y);
        let depth = 1.0 + lean.0 * dx + lean.1 * dy;
        let (u, v) = ((turn.1 * dx + turn.0 * dy) / depth, (turn.1 * dy - turn.0 * dx) / depth);
        Grey([(black + (white - black) * pattern.at(u, v)) as u8])
    });
    if chance.below(3) > 0 { imageproc::filter::box_filter(&sharp, 1, 1) } else { sharp }
}

fn face_crop(face: &GrayImage, width: u32, height: u32, chance: &mut Chance) -> GrayImage {
    let zoom = chance.between(0.3, 1.6);
    let turn = chance.between(-0.5, 0.5).sin_cos();
    let flip = if chance.below(2) == 0 { 1.0 } else { -1.0 };
    let middle =
        (face.width() as f32 * chance.between(0.3, 0.7), face.height() as f32 * chance.between(0.3, 0.7));
    let (gain, lift) = (chance.between(0.5, 1.2), chance.between(-20.0, 30.0));
    GrayImage::from_fn(width, height, |x, y| {
        let (dx, dy) =
            ((x as f32 - width as f32 / 2.0) / zoom * flip, (y as f32 - height as f32 / 2.0) / zoom);
        let (u, v) = (middle.0 + turn.1 * dx + turn.0 * dy, middle.1 + turn.1 * dy - turn.0 * dx);
        let inside = |v: f32, side: u32| (v.max(0.0) as u32).min(side - 1);
        let level = f32::from(face.get_pixel(inside(u, face.width()), inside(v, face.height())).0[0]);
        Grey([(level * gain + lift).clamp(0.0, 255.0) as u8])
    })
}

/// Adds noise; one random number serves four pixels.
fn add_noise(frame: &mut GrayImage, noise: f32, chance: &mut Chance) {
    for four in frame.as_mut().chunks_mut(4) {
        let bits = chance.bits();
        for (i, pixel) in four.iter_mut().enumerate() {
            let part = (bits >> (16 * i) & 0xffff) as f32 / 65_535.0 - 0.5;
            *pixel = (f32::from(*pixel) + part * 3.4 * noise).clamp(0.0, 255.0) as u8;
        }
    }
}
