//! The table `codes-sequences`: codes held up by hand before the kiosk's recorded camera, and the time to a confirmed live read.
//!
//! The clock is the clip's. A scan ends as much later as it took in processor time; then the newest frame is scanned, and those
//! in between are skipped.

use std::path::Path;
use std::time::Duration;

use camera::recording::ClipFrames;
use camera::{Clip, Motion};
use scan::{Luma, Mode, ReadConfirmer, Scanner, thread_cpu_time};

use crate::report::Report;
use crate::sets::codes;
use crate::statistics::Sorted;

/// The kiosk's frames.
const FRAME: (u32, u32) = (1280, 720);
const FPS: f64 = 30.0;
/// After this many seconds a person lowers the phone.
const TIMEOUT: f64 = 4.0;

/// How a code is held: a name, its motion, the phone's size against 0.9 of the frame's height.
const HOLDS: &[(&str, Motion, f32)] = &[
    ("held still", Motion::Hand, 1.3),
    ("panned", Motion::Pan, 1.6),
    ("nearer and farther", Motion::Zoom, 1.6),
    ("brought in", Motion::Enter, 1.3),
    ("held close", Motion::Hand, 2.2),
];

/// One way of holding a phone, over all sequences.
#[derive(Default)]
struct Row {
    sequences: usize,
    wrong: usize,
    seconds: Vec<f64>,
    scanned: usize,
}

/// Plays every `step`th picture of the set in `folder`.
///
/// # Errors
/// When the set cannot be read.
pub fn table(folder: &Path, step: usize) -> anyhow::Result<String> {
    let list = codes::list(folder)?;
    let mut rows: Vec<Row> = HOLDS.iter().map(|_| Row::default()).collect();
    for (number, item) in list.iter().step_by(step.max(1)).enumerate() {
        let (_, motion, zoom) = HOLDS[number % HOLDS.len()];
        let clip = Clip::phone(&item.file).placed(zoom, 0.5, 0.5).moving(motion);
        play(
            &ClipFrames::load(&clip, folder, FRAME.0, FRAME.1)?,
            &item.text,
            &mut rows[number % HOLDS.len()],
        );
    }
    let mut report = Report::default();
    report.columns(&[
        "code on a phone",
        "sequences",
        "bound",
        "unread",
        "wrong",
        "s p50",
        "s p95",
        "frames looked at, mean",
    ]);
    let mut all = Row::default();
    for ((name, ..), row) in HOLDS.iter().zip(&rows) {
        all.sequences += row.sequences;
        all.wrong += row.wrong;
        all.scanned += row.scanned;
        all.seconds.extend(&row.seconds);
        report.line(row.line(name));
    }
    report.line(all.line("all"));
    Ok(report.finish())
}

fn play(clip: &ClipFrames, text: &str, row: &mut Row) {
    let (mut scanner, mut confirmer) = (Scanner::new(Mode::Live), ReadConfirmer::new());
    let (mut now, mut next) = (0.0, 0u32);
    row.sequences += 1;
    let mut grey = Vec::new();
    while now < TIMEOUT {
        // The newest frame; if it was scanned already, the next one when it comes.
        let newest = ((now * FPS) as u32).max(next);
        now = f64::max(now, f64::from(newest) / FPS);
        next = newest + 1;
        let Some(frame) = clip.frame(Duration::from_secs_f64(f64::from(newest) / FPS)) else { return };
        let start = thread_cpu_time();
        scan::luma_of(&frame, &mut grey);
        let scan = scanner.scan(Luma { pixels: &grey, width: FRAME.0, height: FRAME.1 });
        let confirmed = confirmer.offer(&scan);
        now += thread_cpu_time().saturating_sub(start).as_secs_f64();
        row.scanned += 1;
        if let Some(code) = confirmed {
            if code.text.is_some_and(|read| read.text == text) {
                row.seconds.push(now);
            } else {
                row.wrong += 1;
            }
            return;
        }
    }
}

impl Row {
    fn line(&self, name: &str) -> String {
        let seconds = Sorted::new(self.seconds.iter().copied());
        let bound = self.seconds.len();
        let unread = self.sequences - bound - self.wrong;
        format!(
            "| {name} | {} | {bound} | {unread} ({:.0} %) | {} | {:.2} | {:.2} | {:.1} |",
            self.sequences,
            100.0 * unread as f64 / self.sequences.max(1) as f64,
            self.wrong,
            seconds.above(0.5),
            seconds.above(0.95),
            self.scanned as f64 / self.sequences.max(1) as f64
        )
    }
}
