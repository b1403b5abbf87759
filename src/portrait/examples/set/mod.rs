//! The usable pictures of a set, reduced to what measuring needs.

use super::make::Subject;
use anyhow::Context as _;
use portrait::{Engine, decode};
use standard::Preset;
use std::path::Path;

/// Every picture that `expect.csv` of the folder expects a portrait of, and of which one could be made.
///
/// # Errors
/// A file that cannot be read.
pub fn subjects(engine: &Engine, preset: &Preset, folder: &Path) -> anyhow::Result<Vec<Subject>> {
    let list = folder.join("expect.csv");
    let mut reader = csv::Reader::from_path(&list).with_context(|| list.display().to_string())?;
    let mut all = Vec::new();
    for row in reader.records() {
        let row = row?;
        let (Some(file), Some("make")) = (row.get(0), row.get(1)) else { continue };
        let path = folder.join(file);
        let bytes = std::fs::read(&path).with_context(|| path.display().to_string())?;
        all.extend(decode(&bytes).ok().and_then(|picture| Subject::of(engine, preset, &picture)));
    }
    Ok(all)
}
