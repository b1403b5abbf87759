//! Ways of reading a set of pictures: the plain decoders and the scanner, each measured picture by picture.

use std::collections::BTreeMap;

use image::GrayImage;
use scan::{Luma, Routes, Scan, Scanner, thread_cpu_time};

use super::plain;
use crate::sets::codes::CodePicture;
use crate::statistics::Sorted;

/// What was read in one picture.
pub struct Outcome {
    texts: Vec<String>,
    both: bool,
    view: Option<&'static str>,
}

/// The result of one way of reading over the set.
#[derive(Default)]
pub struct Row {
    /// Pictures in which only the expected text was read.
    pub right: usize,
    /// Pictures in which another text was read.
    pub wrong: usize,
    /// Pictures in which nothing was read.
    pub none: usize,
    /// Pictures that two routes read alike.
    pub both: usize,
    /// Processor time of each picture, ms.
    pub millis: Sorted,
    /// How often each view was the first to read.
    pub views: BTreeMap<&'static str, usize>,
}

/// Reads with `scanner`.
pub fn scanned(scanner: &mut Scanner, grey: &GrayImage) -> Outcome {
    let Scan { codes, .. } =
        scanner.scan(Luma { pixels: grey.as_raw(), width: grey.width(), height: grey.height() });
    let both = codes.first().is_some_and(|code| code.routes == Routes::Both);
    let texts = codes.into_iter().map(|code| code.text.map(|text| text.text).unwrap_or_default()).collect();
    Outcome { texts, both, view: scanner.read_in() }
}

/// Reads with plain `rqrr`.
pub fn plain_rqrr(grey: &GrayImage) -> Outcome {
    Outcome { texts: plain::rqrr(grey), both: false, view: None }
}

/// Reads with plain `rxing`.
pub fn plain_rxing(grey: &GrayImage) -> Outcome {
    Outcome { texts: plain::rxing(grey), both: false, view: None }
}

/// Reads every picture; with `misses`, names on standard error what was not read.
pub fn measured(items: &[CodePicture], misses: bool, mut read: impl FnMut(&GrayImage) -> Outcome) -> Row {
    let mut row = Row::default();
    let mut millis = Vec::new();
    for item in items {
        let start = thread_cpu_time();
        let outcome = read(&item.grey);
        millis.push(thread_cpu_time().saturating_sub(start).as_secs_f64() * 1e3);
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
    row.millis = Sorted::new(millis);
    row
}
