//! The table `codes-synthetic`: how many generated codes are read along each axis, by `scan` and by the plain decoders.

use image::GrayImage;
use scan::{Luma, Mode, ReadConfirmer, Scanner};

use super::plain;
use super::render::{Drawn, drawn, frame};
use super::scene::{AXES, Scene};
use crate::chance::Chance;
use crate::report::Report;

/// Size of the generated frames: the code lies in their middle, as if cut out of a larger one.
const SIZE: (u32, u32) = (640, 480);
/// Frames of one view that a live scanner is shown.
const FRAMES: usize = 8;

/// Codes read and read wrongly.
#[derive(Clone, Copy, Default)]
struct Tally {
    right: usize,
    wrong: usize,
}

impl Tally {
    fn count<T: AsRef<[u8]>>(&mut self, reads: &[T], payload: &[u8]) {
        self.right += usize::from(reads.iter().any(|read| read.as_ref() == payload));
        self.wrong += reads.iter().filter(|read| read.as_ref() != payload).count();
    }
}

/// Measures `views` codes for every step of every axis whose name contains `only`.
pub fn table(views: usize, only: &str) -> String {
    plain::silence_panics();
    let mut report = Report::default();
    report.line(format!("{views} codes for each step, {} x {} pixels.\n", SIZE.0, SIZE.1));
    let confirmed = format!("bound within {FRAMES} live frames");
    report.columns(&["axis", "value", "plain rqrr", "plain rxing", "one live frame", &confirmed, "thorough"]);
    let mut wrong = [0; 5];
    let mut total = [Tally::default(); 5];
    for axis in AXES.iter().filter(|axis| axis.name.contains(only)) {
        for &value in axis.steps {
            let mut scene = Scene::default();
            (axis.set)(&mut scene, value);
            let row = row(&scene, views);
            let cells = row.map(|tally| format!("{:.0} %", 100.0 * tally.right as f32 / views as f32));
            report.line(format!("| {} | {value} {} | {} |", axis.name, axis.unit, cells.join(" | ")));
            for (sum, tally) in wrong.iter_mut().zip(row) {
                *sum += tally.wrong;
            }
            for (sum, tally) in total.iter_mut().zip(row) {
                sum.right += tally.right;
                sum.wrong += views;
            }
        }
    }
    let all = total.map(|tally| format!("{:.1} %", 100.0 * tally.right as f32 / tally.wrong.max(1) as f32));
    report.line(format!("| all | | {} |", all.join(" | ")));
    report.line(format!("| wrong texts | | {} |", wrong.map(|count| count.to_string()).join(" | ")));
    report.finish()
}

fn row(scene: &Scene, views: usize) -> [Tally; 5] {
    let mut row = [Tally::default(); 5];
    for seed in 0..views {
        // The same seed draws the same code and the same hand along an axis: only the axis changes.
        let mut chance = Chance::new(seed as u64 + 1);
        let code = drawn(scene.version, &mut chance);
        let first = frame(scene, &code, SIZE, &mut chance);
        row[0].count(&plain::rqrr(&first), &code.payload);
        row[1].count(&plain::rxing(&first), &code.payload);
        live(scene, &code, &first, &mut chance, &mut row);
        let bytes =
            scanned(&mut Scanner::new(Mode::Thorough), &first).codes.into_iter().map(|code| code.bytes);
        row[4].count(&bytes.collect::<Vec<_>>(), &code.payload);
    }
    row
}

/// One live frame, and the frames of a trembling hand in a quarter of a second.
fn live(scene: &Scene, code: &Drawn, first: &GrayImage, chance: &mut Chance, row: &mut [Tally; 5]) {
    let (mut scanner, mut confirmer) = (Scanner::new(Mode::Live), ReadConfirmer::new());
    for number in 0..FRAMES {
        let picture = if number == 0 { first.clone() } else { frame(scene, code, SIZE, chance) };
        let scan = scanned(&mut scanner, &picture);
        if number == 0 {
            let bytes: Vec<_> = scan.codes.iter().map(|code| &code.bytes).collect();
            row[2].count(&bytes, &code.payload);
        }
        if let Some(read) = confirmer.offer(&scan) {
            row[3].count(&[read.bytes], &code.payload);
            return;
        }
    }
}

fn scanned(scanner: &mut Scanner, grey: &GrayImage) -> scan::Scan {
    scanner.scan(Luma { pixels: grey.as_raw(), width: grey.width(), height: grey.height() })
}

/// Writes one picture for each step, for checking them by eye.
///
/// # Errors
/// When a file cannot be written.
pub fn show(folder: &std::path::Path) -> anyhow::Result<()> {
    std::fs::create_dir_all(folder)?;
    for (number, axis) in AXES.iter().enumerate() {
        for &value in axis.steps {
            let mut scene = Scene::default();
            (axis.set)(&mut scene, value);
            let mut chance = Chance::new(1);
            let code = drawn(scene.version, &mut chance);
            frame(&scene, &code, SIZE, &mut chance).save(folder.join(format!("{number:02}-{value}.png")))?;
        }
    }
    Ok(())
}
