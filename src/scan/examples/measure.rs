//! Measures the read rate over a folder of pictures with an `expected.jsonl` (`{"file","text"}` a line) and writes a
//! Markdown table: `cargo run -p scan --example measure -- DIR [--misses]`.
//!
//! `measure --free DIR` looks at pictures without codes instead and counts what is read or believed to be seen in them.
//!
//! Beside both modes it runs each route alone, once over the unchanged picture, as their users would.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::Context as _;
use scan::{Luma, Mode, Scanner, picture};

#[derive(serde::Deserialize)]
struct Expected {
    file: String,
    text: String,
}

#[derive(Default)]
struct Row {
    right: usize,
    wrong: usize,
    none: usize,
    both: usize,
    millis: Vec<f64>,
    views: BTreeMap<&'static str, usize>,
    notes: Vec<String>,
}

fn main() -> anyhow::Result<()> {
    let mut args = std::env::args().skip(1);
    let first = args.next().context("usage: measure DIR [--misses] | measure --free DIR")?;
    if first == "--free" {
        return free(&PathBuf::from(args.next().context("usage: measure --free DIR")?));
    }
    let dir = PathBuf::from(first);
    let misses = args.next().is_some();
    // The plain decoders panic on some pictures; here that is "not read", and no news.
    std::panic::set_hook(Box::new(|_| {}));
    let expected = expectations(&dir)?;
    println!(
        "| way | right of {} | wrong | not read | both routes agree | ms median | ms p95 | ms most |",
        expected.len()
    );
    println!("|---|---|---|---|---|---|---|---|");
    let plain_rxing = measure(&dir, &expected, |grey| Ok((rxing_alone(grey), false, None)))?;
    print_row("plain rxing, one pass", &plain_rxing);
    let plain_rqrr = measure(&dir, &expected, |grey| Ok((rqrr_alone(grey), false, None)))?;
    print_row("plain rqrr, one pass", &plain_rqrr);
    for (name, mode) in [("scan, live", Mode::Live), ("scan, thorough", Mode::Thorough)] {
        let row = measure(&dir, &expected, |grey| {
            let mut scanner = Scanner::new(mode);
            let scan =
                scanner.scan(Luma { pixels: grey.as_raw(), width: grey.width(), height: grey.height() });
            let both = scan.codes.first().is_some_and(|code| code.routes == scan::Routes::Both);
            let texts =
                scan.codes.into_iter().map(|code| code.text.map(|text| text.text).unwrap_or_default());
            Ok((texts.collect(), both, scanner.read_in()))
        })?;
        print_row(name, &row);
        if mode == Mode::Thorough {
            println!("\n| view that read first | pictures |\n|---|---|");
            row.views.iter().for_each(|(view, count)| println!("| {view} | {count} |"));
        }
        if misses {
            row.notes.iter().for_each(|note| eprintln!("{name}: {note}"));
        }
    }
    Ok(())
}

/// Live scans of every picture in `dir`, reduced to a camera frame's size.
fn free(dir: &Path) -> anyhow::Result<()> {
    let mut scanner = Scanner::new(Mode::Live);
    let (mut pictures, mut read, mut seen, mut row) = (0, 0, 0, Row::default());
    for entry in std::fs::read_dir(dir)? {
        let path = entry?.path();
        let Ok(grey) = picture::open(&path) else { continue };
        let frame = image::imageops::thumbnail(&grey, 1280, 720);
        pictures += 1;
        // Five frames, because live frames take the dearer views in turn.
        for _ in 0..5 {
            let start = Instant::now();
            let scan =
                scanner.scan(Luma { pixels: frame.as_raw(), width: frame.width(), height: frame.height() });
            row.millis.push(start.elapsed().as_secs_f64() * 1e3);
            read += scan.codes.len();
            seen += usize::from(scan.seen.is_some());
        }
    }
    row.millis.sort_by(f64::total_cmp);
    println!(
        "| pictures without codes | live scans | read | believed to be seen | ms median | ms p95 | ms most |"
    );
    println!("|---|---|---|---|---|---|---|");
    let scans = row.millis.len();
    println!(
        "| {pictures} | {scans} | {read} | {seen} | {:.1} | {:.1} | {:.1} |",
        row.at(0.5),
        row.at(0.95),
        row.at(1.0)
    );
    Ok(())
}

fn expectations(dir: &Path) -> anyhow::Result<Vec<Expected>> {
    let list = std::fs::read_to_string(dir.join("expected.jsonl")).context("expected.jsonl")?;
    list.lines().map(|line| Ok(serde_json::from_str(line)?)).collect()
}

type Outcome = (Vec<String>, bool, Option<&'static str>);

fn measure(
    dir: &Path,
    expected: &[Expected],
    mut read: impl FnMut(&image::GrayImage) -> anyhow::Result<Outcome>,
) -> anyhow::Result<Row> {
    let mut row = Row::default();
    for item in expected {
        let grey = picture::open(&dir.join(&item.file))?;
        let start = Instant::now();
        let (texts, both, view) = read(&grey)?;
        row.millis.push(start.elapsed().as_secs_f64() * 1e3);
        row.both += usize::from(both);
        if let Some(view) = view {
            *row.views.entry(view).or_default() += 1;
        }
        if texts.is_empty() {
            row.none += 1;
            row.notes.push(format!("not read: {}", item.file));
        } else if texts.iter().all(|text| *text == item.text) {
            row.right += 1;
        } else {
            row.wrong += 1;
            row.notes.push(format!("wrong: {}: {texts:?} instead of {:?}", item.file, item.text));
        }
    }
    row.millis.sort_by(f64::total_cmp);
    Ok(row)
}

impl Row {
    /// The time that this share of the pictures keep; `millis` is sorted.
    fn at(&self, share: f64) -> f64 {
        let place = (self.millis.len() as f64 * share) as usize;
        self.millis.get(place).or(self.millis.last()).copied().unwrap_or(0.0)
    }
}

fn print_row(name: &str, row: &Row) {
    println!(
        "| {name} | {} | {} | {} | {} | {:.1} | {:.1} | {:.1} |",
        row.right,
        row.wrong,
        row.none,
        row.both,
        row.at(0.5),
        row.at(0.95),
        row.at(1.0)
    );
}

fn rxing_alone(grey: &image::GrayImage) -> Vec<String> {
    let read = std::panic::catch_unwind(|| {
        rxing::helpers::detect_in_luma(
            grey.as_raw().clone(),
            grey.width(),
            grey.height(),
            Some(rxing::BarcodeFormat::QR_CODE),
        )
    });
    read.ok().and_then(Result::ok).map(|result| result.getText().to_owned()).into_iter().collect()
}

fn rqrr_alone(grey: &image::GrayImage) -> Vec<String> {
    let read = std::panic::catch_unwind(|| {
        let (width, height) = (grey.width() as usize, grey.height() as usize);
        let mut prepared =
            rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| grey.as_raw()[y * width + x]);
        prepared.detect_grids().iter().filter_map(|grid| grid.decode().ok()).map(|(_, text)| text).collect()
    });
    read.unwrap_or_default()
}
