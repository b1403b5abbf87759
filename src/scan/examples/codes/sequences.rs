//! Codes held up by hand before the kiosk's recorded camera: how long until a live binding.
//!
//! The clock is the clip's. A scan ends as much later as it took in processor time; then the newest frame is looked at, and
//! those in between were never seen.

use std::path::{Path, PathBuf};
use std::time::Duration;

use camera::{Clip, Motion, recording::Reel};
use image::RgbImage;
use scan::{Binding, Luma, Mode, Scanner, worked};

/// The kiosk's frames.
const FRAME: (u32, u32) = (1280, 720);
const FPS: f64 = 30.0;
/// After so many seconds a person lowers the phone.
const PATIENCE: f64 = 4.0;

/// How a code is held: a name, its motion, the phone's size against 0.9 of the frame's height.
const HOLDS: &[(&str, Motion, f32)] = &[
    ("held still", Motion::Hand, 1.3),
    ("panned", Motion::Pan, 1.6),
    ("nearer and farther", Motion::Zoom, 1.6),
    ("brought in", Motion::Enter, 1.3),
    ("held close", Motion::Hand, 2.2),
];

/// One way of holding, over all sequences.
#[derive(Default)]
struct Row {
    sequences: usize,
    wrong: usize,
    seconds: Vec<f64>,
    looked: usize,
}

#[derive(serde::Deserialize)]
struct Expected {
    file: PathBuf,
    text: String,
}

/// Plays every `step`th picture of the set and prints the table.
pub fn run(dir: &Path, step: usize) -> anyhow::Result<()> {
    let list = std::fs::read_to_string(dir.join("expected.jsonl"))?;
    let mut rows: Vec<Row> = HOLDS.iter().map(|_| Row::default()).collect();
    for (number, line) in list.lines().step_by(step.max(1)).enumerate() {
        let item: Expected = serde_json::from_str(line)?;
        let (_, motion, zoom) = HOLDS[number % HOLDS.len()];
        let clip = Clip::phone(&item.file).placed(zoom, 0.5, 0.5).moving(motion);
        play(&Reel::load(&clip, dir, FRAME.0, FRAME.1)?, &item.text, &mut rows[number % HOLDS.len()]);
    }
    println!(
        "| code on a phone | sequences | bound | unread | wrong | s p50 | s p95 | frames looked at, mean |"
    );
    println!("|---|---|---|---|---|---|---|---|");
    let mut all = Row::default();
    for ((name, ..), row) in HOLDS.iter().zip(&mut rows) {
        all.sequences += row.sequences;
        all.wrong += row.wrong;
        all.looked += row.looked;
        all.seconds.extend(&row.seconds);
        row.print(name);
    }
    all.print("all");
    Ok(())
}

fn play(reel: &Reel, text: &str, row: &mut Row) {
    let (mut scanner, mut binding) = (Scanner::new(Mode::Live), Binding::new());
    let (mut now, mut next) = (0.0, 0u32);
    row.sequences += 1;
    let mut grey = Vec::new();
    while now < PATIENCE {
        // The newest frame; if it was looked at already, the next one when it comes.
        let newest = ((now * FPS) as u32).max(next);
        now = f64::max(now, f64::from(newest) / FPS);
        next = newest + 1;
        let Some(frame) = reel.frame(Duration::from_secs_f64(f64::from(newest) / FPS)) else { return };
        let start = worked();
        luma(&frame, &mut grey);
        let scan = scanner.scan(Luma { pixels: &grey, width: FRAME.0, height: FRAME.1 });
        let bound = binding.offer(&scan);
        now += worked().saturating_sub(start).as_secs_f64();
        row.looked += 1;
        if let Some(code) = bound {
            if code.text.is_some_and(|read| read.text == text) {
                row.seconds.push(now);
            } else {
                row.wrong += 1;
            }
            return;
        }
    }
}

/// As the kiosk does it.
fn luma(frame: &RgbImage, grey: &mut Vec<u8>) {
    grey.clear();
    grey.extend(frame.pixels().map(|p| {
        let [r, g, b] = p.0.map(u32::from);
        ((r * 77 + g * 150 + b * 29) >> 8) as u8
    }));
}

impl Row {
    fn print(&mut self, name: &str) {
        self.seconds.sort_by(f64::total_cmp);
        let at = |share: f64| {
            let place = (self.seconds.len() as f64 * share) as usize;
            self.seconds.get(place).or(self.seconds.last()).copied().unwrap_or(f64::NAN)
        };
        let bound = self.seconds.len();
        let unread = self.sequences - bound - self.wrong;
        println!(
            "| {name} | {} | {bound} | {unread} ({:.0} %) | {} | {:.2} | {:.2} | {:.1} |",
            self.sequences,
            100.0 * unread as f64 / self.sequences.max(1) as f64,
            self.wrong,
            at(0.5),
            at(0.95),
            self.looked as f64 / self.sequences.max(1) as f64
        );
    }
}
