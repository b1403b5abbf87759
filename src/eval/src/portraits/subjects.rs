//! The usable pictures of a set, reduced to what measuring needs.

use super::make::Subject;
use crate::sets::faces;
use anyhow::Context as _;
use portrait::{Engine, decode};
use standard::Preset;
use std::path::Path;

/// Every usable picture of the folder of which a portrait could be made.
///
/// # Errors
/// When the list or a picture cannot be read.
pub fn subjects(engine: &Engine, preset: &Preset, folder: &Path) -> anyhow::Result<Vec<Subject>> {
    let mut all = Vec::new();
    for face in faces::list(folder)?.into_iter().filter(faces::ExpectedFace::is_usable) {
        let path = folder.join(&face.file);
        let bytes = std::fs::read(&path).with_context(|| path.display().to_string())?;
        all.extend(decode(&bytes).ok().and_then(|picture| Subject::of(engine, preset, &picture)));
    }
    Ok(all)
}
