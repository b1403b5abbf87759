//! The tool's commands: each turns one input into one report.

pub(crate) mod batch;
pub(crate) mod check;
pub(crate) mod compare;
pub(crate) mod make;
pub(crate) mod outcome;

use anyhow::Context;
use outcome::{Outcome, Report};
use sentences::codes;
use standard::{BackgroundName, Preset};
use std::path::{Path, PathBuf};

/// Presets that are part of the program.
const BUILT_IN: [(&str, &str); 2] = [
    ("chsi", include_str!("../../../../kiosk-config/presets/chsi.toml")),
    ("gat461", include_str!("../../../../kiosk-config/presets/gat461.toml")),
];
/// Largest picture file that is read, bytes.
const MAX_BYTES: u64 = 200 * 1024 * 1024;

/// The preset of that name, or of that file.
pub(crate) fn preset(name: &str) -> anyhow::Result<Preset> {
    let text = match BUILT_IN.iter().find(|(n, _)| *n == name) {
        Some((_, text)) => (*text).to_owned(),
        None => std::fs::read_to_string(name)
            .with_context(|| format!("preset {name}: neither built in nor a file that can be read"))?,
    };
    Preset::parse(&text).with_context(|| format!("preset {name}"))
}

/// The background asked for, or the preset's first one.
///
/// # Errors
/// When the preset does not have it; says which ones it has.
pub(crate) fn background(preset: &Preset, asked: Option<BackgroundName>) -> anyhow::Result<BackgroundName> {
    let names = || preset.backgrounds.iter().map(|b| b.name);
    let found = asked.map_or_else(|| names().next(), |asked| names().find(|name| *name == asked));
    found.with_context(|| {
        let asked = asked.map_or_else(String::new, |name| format!(" {name}"));
        let known: Vec<String> = names().map(|name| name.to_string()).collect();
        format!("preset {} has no background{asked}; it has {}", preset.name, known.join(", "))
    })
}

/// Runs `job` on every input, prints what it says, and returns the worst outcome.
pub(crate) fn each(inputs: &[PathBuf], json: bool, job: impl Fn(&Path) -> Report) -> Outcome {
    let mut worst = Outcome::Good;
    for input in inputs {
        let report = job(input);
        report.print(json);
        worst = worst.max(report.outcome);
    }
    worst
}

/// The bytes of a picture file, or a report that says why not.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, Box<Report>> {
    let unreadable =
        |detail: String| Box::new(Report::unjudged(path, codes::REFUSAL_UNREADABLE, &[], Some(detail)));
    let size = std::fs::metadata(path).map_err(|e| unreadable(e.to_string()))?;
    if !size.is_file() {
        return Err(unreadable("not a file".into()));
    }
    if size.len() > MAX_BYTES {
        return Err(Box::new(Report::unjudged(path, codes::REFUSAL_PICTURE_TOO_LARGE, &[], None)));
    }
    std::fs::read(path).map_err(|e| unreadable(e.to_string()))
}

/// The picture in a file, or a report that says why not.
pub(crate) fn picture(path: &Path) -> Result<image::RgbImage, Box<Report>> {
    let bytes = read(path)?;
    portrait::decode(&bytes).map_err(|e| Box::new(Report::unjudged(path, e.code(), &[], Some(e.to_string()))))
}
