//! A folder of photographed codes with `expected.jsonl` (`{"file","text"}` a line): what is read, how long it takes.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context as _;
use image::{GrayImage, Luma as Grey, imageops};
use scan::{Luma, Mode, Routes, Scan, Scanner, picture, worked};

use crate::chance::Chance;
use crate::plain;

/// Size of a camera's frame.
const FRAME: (u32, u32) = (1280, 720);
/// Frames of noise that a live scanner gives up.
const NOISE_FRAMES: usize = 60;

#[derive(serde::Deserialize)]
struct Expected {
    file: String,
    text: String,
}

/// One picture of the set.
struct Item {
    file: String,
    text: String,
    grey: GrayImage,
}

/// Outcome of one picture.
struct Outcome {
    texts: Vec<String>,
    both: bool,
    view: Option<&'static str>,
}

/// What one way of reading gave over the set.
#[derive(Default)]
struct Row {
    right: usize,
    wrong: usize,
    none: usize,
    both: usize,
    millis: Vec<f64>,
    views: BTreeMap<&'static str, usize>,
}

fn open(dir: &Path) -> anyhow::Result<Vec<Item>> {
    let list = std::fs::read_to_string(dir.join("expected.jsonl")).context("expected.jsonl")?;
    let item = |line: &str| {
        let Expected { file, text } = serde_json::from_str(line)?;
        let grey = picture::open(&dir.join(&file))?;
        Ok(Item { file, text, grey })
    };
    list.lines().map(item).collect()
}

fn scanned(scanner: &mut Scanner, grey: &GrayImage) -> Outcome {
    let Scan { codes, .. } =
        scanner.scan(Luma { pixels: grey.as_raw(), width: grey.width(), height: grey.height() });
    let both = codes.first().is_some_and(|code| code.routes == Routes::Both);
    let texts = codes.into_iter().map(|code| code.text.map(|text| text.text).unwrap_or_default()).collect();
    Outcome { texts, both, view: scanner.read_in() }
}

fn alone(texts: Vec<String>) -> Outcome {
    Outcome { texts, both: false, view: None }
}

/// Reads every picture in four ways and prints the table; with `misses`, names what was not read.
pub fn run(dir: &Path, misses: bool) -> anyhow::Result<()> {
    let items = open(dir)?;
    println!(
        "| way | right of {} | wrong | not read | two routes agree | ms median | ms p95 | ms most |",
        items.len()
    );
    println!("|---|---|---|---|---|---|---|---|");
    measured(&items, misses, |grey| alone(plain::rqrr(grey))).print("plain rqrr");
    measured(&items, misses, |grey| alone(plain::rxing(grey))).print("plain rxing");
    let live = measured(&items, misses, |grey| scanned(&mut Scanner::new(Mode::Live), grey));
    live.print("scan, one live frame");
    let thorough = measured(&items, misses, |grey| scanned(&mut Scanner::new(Mode::Thorough), grey));
    thorough.print("scan, thorough");
    if misses {
        thorough.views.iter().for_each(|(view, count)| eprintln!("{count} first read {view}"));
    }
    Ok(())
}

/// Times frames of a camera's size: the set's pictures on grey, then noise, in the order of the rows of the table.
pub fn time(dir: &Path) -> anyhow::Result<()> {
    let mut items = open(dir)?;
    items.iter_mut().for_each(|item| item.grey = framed(&item.grey));
    let rqrr = measured(&items, false, |grey| alone(plain::rqrr(grey)));
    let rxing = measured(&items, false, |grey| alone(plain::rxing(grey)));
    let mut scanner = Scanner::new(Mode::Live);
    let live = measured(&items, false, |grey| {
        scanner.forget();
        scanned(&mut scanner, grey)
    });
    let mut chance = Chance::new(7);
    let noise: Vec<Item> = (0..NOISE_FRAMES)
        .map(|_| {
            let grey = GrayImage::from_fn(FRAME.0, FRAME.1, |_, _| Grey([chance.below(256) as u8]));
            Item { file: String::new(), text: String::new(), grey }
        })
        .collect();
    let given_up = |read: &mut dyn FnMut(&GrayImage) -> Outcome| measured(&noise, false, read).at(0.95);
    let given = [
        given_up(&mut |grey| alone(plain::rqrr(grey))),
        given_up(&mut |grey| alone(plain::rxing(grey))),
        given_up(&mut |grey| scanned(&mut scanner, grey)),
    ];
    let base = live.at(0.5);
    println!(
        "| way | frames read of {} | ms median | against ours | ms p95 | noise given up after, ms p95 |",
        items.len()
    );
    println!("|---|---|---|---|---|---|");
    for ((name, row), given) in
        [("plain rqrr", &rqrr), ("plain rxing", &rxing), ("scan, live", &live)].iter().zip(given)
    {
        println!(
            "| {name} | {} | {:.1} | {:.2} | {:.1} | {given:.1} |",
            row.right,
            row.at(0.5),
            row.at(0.5) / base,
            row.at(0.95)
        );
    }
    Ok(())
}

/// Fitted into a camera's frame on grey, never enlarged.
fn framed(grey: &GrayImage) -> GrayImage {
    let shrink = (FRAME.0 as f32 / grey.width() as f32).min(FRAME.1 as f32 / grey.height() as f32).min(1.0);
    let side = |pixels: u32| ((pixels as f32 * shrink) as u32).max(1);
    let small = imageops::thumbnail(grey, side(grey.width()), side(grey.height()));
    let mut frame = GrayImage::from_pixel(FRAME.0, FRAME.1, Grey([128]));
    let middle = |outer: u32, inner: u32| i64::from((outer - inner) / 2);
    imageops::replace(&mut frame, &small, middle(FRAME.0, small.width()), middle(FRAME.1, small.height()));
    frame
}

fn measured(items: &[Item], misses: bool, mut read: impl FnMut(&GrayImage) -> Outcome) -> Row {
    let mut row = Row::default();
    for item in items {
        let start = worked();
        let outcome = read(&item.grey);
        row.millis.push(worked().saturating_sub(start).as_secs_f64() * 1e3);
        row.both += usize::from(outcome.both);
        if let Some(view) = outcome.view {
            *row.views.entry(view).or_default() += 1;
        }
        if outcome.texts.is_empty() {
            row.none += 1;
        } else if outcome.texts.iter().all(|text| *text == item.text) {
            row.right += 1;
            continue;
        } else {
            row.wrong += 1;
        }
        if misses {
            eprintln!("{}: {:?} instead of {:?}", item.file, outcome.texts, item.text);
        }
    }
    row.millis.sort_by(f64::total_cmp);
    row
}

impl Row {
    /// The time that this share of the pictures keep; `millis` is sorted.
    fn at(&self, share: f64) -> f64 {
        let place = (self.millis.len() as f64 * share) as usize;
        self.millis.get(place).or(self.millis.last()).copied().unwrap_or(0.0)
    }

    fn print(&self, name: &str) {
        println!(
            "| {name} | {} | {} | {} | {} | {:.1} | {:.1} | {:.1} |",
            self.right,
            self.wrong,
            self.none,
            self.both,
            self.at(0.5),
            self.at(0.95),
            self.at(1.0)
        );
    }
}
