//! Small files in which the demo remembers its first start.

use super::error::DemoError;
use crate::files;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// Reads what an earlier start wrote.
pub(super) fn recall<T: for<'de> Deserialize<'de>>(file: &Path) -> Result<T, DemoError> {
    serde_json::from_str(&files::read_text(file)?)
        .map_err(|e| DemoError::Memory { file: file.display().to_string(), reason: e.to_string() })
}

/// Writes a value for later starts.
pub(super) fn remember<T: Serialize>(file: &Path, value: &T) -> Result<(), DemoError> {
    let text = serde_json::to_vec_pretty(value)
        .map_err(|e| DemoError::Memory { file: file.display().to_string(), reason: e.to_string() })?;
    Ok(files::write_secret(file, &text)?)
}
