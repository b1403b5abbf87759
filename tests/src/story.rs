//! Where a story takes place, and the words it ends on.

use anyhow::{Context as _, Result};
use std::path::{Path, PathBuf};

/// An empty folder below `base`; what the story leaves in it can be looked at until the next run.
///
/// # Errors
/// When it cannot be made or emptied.
pub fn folder(base: &str, story: &str) -> Result<PathBuf> {
    let folder = Path::new(base).join(story);
    let shown = || folder.display().to_string();
    if folder.exists() {
        std::fs::remove_dir_all(&folder).with_context(shown)?;
    }
    std::fs::create_dir_all(&folder).with_context(shown)?;
    Ok(folder)
}

/// A sentence by its code, in Chinese, up to the first place that the program fills in.
#[must_use]
pub fn say(code: &str) -> String {
    let sentence = sentences::say(code, sentences::Lang::Zh, &[]);
    sentence.split(['{', '–']).next().unwrap_or_default().to_owned()
}
