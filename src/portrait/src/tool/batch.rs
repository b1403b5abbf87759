//! `portrait batch`: a whole folder, the networks loaded once.

use super::make::{self, Job};
use super::outcome::{Outcome, Report};
use anyhow::Context;
use indicatif::{ProgressBar, ProgressStyle};
use portrait::{Engine, EngineError};
use sentences::codes;
use serde_json::Value;
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Endings of pictures. Some of them are not read: a folder from a phone must not look as if nothing had been in it.
const ENDINGS: [&str; 11] =
    ["jpg", "jpeg", "png", "webp", "bmp", "heic", "heif", "avif", "tif", "tiff", "gif"];
const COLUMNS: [&str; 8] = ["file", "outcome", "code", "hint", "hint_en", "output", "bytes", "millis"];

pub(crate) fn run(
    engine: &Result<Engine, EngineError>,
    folder: &Path,
    output: &Path,
    job: &Job<'_>,
    json: bool,
) -> anyhow::Result<Outcome> {
    let pictures = pictures(folder)?;
    std::fs::create_dir_all(output).with_context(|| format!("output folder {}", output.display()))?;
    let list = output.join("verdicts.csv");
    let mut csv = csv::Writer::from_path(&list).with_context(|| list.display().to_string())?;
    csv.write_record(COLUMNS)?;
    let bar = ProgressBar::new(pictures.len() as u64);
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos}/{len} {wide_msg} {eta}") {
        bar.set_style(style);
    }
    let mut taken: HashSet<PathBuf> = HashSet::new();
    let mut worst = Outcome::Good;
    for picture in pictures {
        let name = picture.file_name().unwrap_or_default().to_string_lossy().into_owned();
        bar.set_message(name.clone());
        let stem = picture.file_stem().unwrap_or_default().to_string_lossy();
        let target = output.join(format!("{stem}.jpg"));
        let started = Instant::now();
        // Two inputs may differ in their ending alone; the second must not silently replace the first.
        let report = if taken.insert(target.clone()) {
            make::run(engine, &picture, &target, job)
        } else {
            Report::unjudged(&picture, codes::REFUSAL_NAME_TAKEN, &[], None)
        };
        csv.write_record(record(&name, &report, started.elapsed().as_millis()))?;
        if json {
            report.print(true);
        }
        worst = worst.max(report.outcome);
        bar.inc(1);
    }
    csv.flush()?;
    bar.finish_and_clear();
    Ok(worst)
}

/// The folder's pictures in the order of their names.
fn pictures(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let ending = path.extension().and_then(|e| e.to_str()).map(str::to_ascii_lowercase);
        if path.is_file() && ending.is_some_and(|e| ENDINGS.contains(&e.as_str())) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

fn record(name: &str, report: &Report, millis: u128) -> [String; 8] {
    let field = |value: Option<&Value>| match value {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Null) | None => String::new(),
        Some(other) => other.to_string(),
    };
    let reason = |key: &str| field(report.json.get("reason").and_then(|r| r.get(key)));
    let outcome = match report.outcome {
        Outcome::Good => "made",
        Outcome::Bad => "refused",
        Outcome::Unjudged => "not_judged",
    };
    [
        name.to_owned(),
        outcome.to_owned(),
        reason("code"),
        reason("hint"),
        reason("hint_en"),
        field(report.json.get("output")),
        field(report.json.get("bytes")),
        millis.to_string(),
    ]
}
