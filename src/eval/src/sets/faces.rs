//! A folder of faces with `expect.csv`: what is expected of each picture, and why.

use std::path::Path;

use anyhow::Context as _;

/// A row of `expect.csv`.
#[derive(Clone, Debug, serde::Deserialize)]
pub struct ExpectedFace {
    /// The picture, relative to the folder.
    pub file: String,
    /// `make` if a portrait can be made of it.
    pub expect: String,
    /// Why not; empty for a usable picture.
    #[serde(default)]
    pub why: String,
    /// The portrait's enlargement, where it is known.
    #[serde(default)]
    pub enlargement: Option<f64>,
}

impl ExpectedFace {
    /// Whether a portrait can be made of it.
    pub fn is_usable(&self) -> bool {
        self.expect == "make"
    }
}

/// The set's list.
///
/// # Errors
/// When `expect.csv` cannot be read.
pub fn list(folder: &Path) -> anyhow::Result<Vec<ExpectedFace>> {
    let path = folder.join("expect.csv");
    let mut reader = csv::Reader::from_path(&path).with_context(|| path.display().to_string())?;
    let rows = reader.deserialize().collect::<Result<Vec<_>, _>>();
    rows.with_context(|| path.display().to_string())
}
