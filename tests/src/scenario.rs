//! The folder of a scenario, and the sentences that it expects.

use anyhow::{Context as _, Result};
use sentences::Code;
use std::path::{Path, PathBuf};

/// Makes an empty folder below `base`; the scenario's files stay in it until the next run.
///
/// # Errors
/// When it cannot be made or emptied.
pub fn folder(base: &str, scenario: &str) -> Result<PathBuf> {
    let folder = Path::new(base).join(scenario);
    let shown = || folder.display().to_string();
    if folder.exists() {
        std::fs::remove_dir_all(&folder).with_context(shown)?;
    }
    std::fs::create_dir_all(&folder).with_context(shown)?;
    Ok(folder)
}

/// The Chinese sentence of a code, up to the first placeholder.
///
/// # Panics
/// When no sentence has the code: the test waits for something that cannot come.
#[must_use]
pub fn sentence(code: &str) -> String {
    let code = Code::find(code).unwrap_or_else(|| panic!("no sentence has the code {code}"));
    let text = sentences::say(code, sentences::Lang::Zh, &[]);
    text.split(['{', '–']).next().unwrap_or_default().to_owned()
}
