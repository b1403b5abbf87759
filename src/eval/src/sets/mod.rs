//! The named sets of pictures and values that measurements run on. They are not in the repository; environment variables name
//! their folders.

pub mod codes;
pub mod faces;
pub mod people;

use std::path::{Path, PathBuf};

/// A measurement needs a set that is not named.
#[derive(Debug, thiserror::Error)]
#[error("{0} names no folder")]
pub struct SetNotNamed(&'static str);

/// The folders of the sets that are named.
#[derive(Debug, Default)]
pub struct Sets {
    faces: Option<PathBuf>,
    quality: Option<PathBuf>,
    codes: Option<PathBuf>,
}

impl Sets {
    /// The sets that `FACES_SET`, `QUALITY_SET` and `QR_SET` name.
    pub fn from_environment() -> Self {
        let named = |name| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
        Self { faces: named("FACES_SET"), quality: named("QUALITY_SET"), codes: named("QR_SET") }
    }

    /// Faces, with `expect.csv` and `people.csv`.
    ///
    /// # Errors
    /// [`SetNotNamed`].
    pub fn faces(&self) -> Result<&Path, SetNotNamed> {
        self.faces.as_deref().ok_or(SetNotNamed("FACES_SET"))
    }

    /// Published raw values and scores, `*.csv`.
    ///
    /// # Errors
    /// [`SetNotNamed`].
    pub fn quality(&self) -> Result<&Path, SetNotNamed> {
        self.quality.as_deref().ok_or(SetNotNamed("QUALITY_SET"))
    }

    /// Photographed codes, with `expected.jsonl`.
    ///
    /// # Errors
    /// [`SetNotNamed`].
    pub fn codes(&self) -> Result<&Path, SetNotNamed> {
        self.codes.as_deref().ok_or(SetNotNamed("QR_SET"))
    }
}
