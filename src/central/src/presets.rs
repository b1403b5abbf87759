//! The presets that this server's tasks refer to: every file of the presets folder, checked, then announced to the kiosks.

use crate::files::{self, FileError};
use crate::ledger::{Ledger, LedgerError};
use standard::{Preset, PresetMistakes};
use std::path::{Path, PathBuf};

/// A preset that cannot be published.
#[derive(Debug, thiserror::Error)]
pub enum PresetFileError {
    /// The folder or a file could not be read.
    #[error(transparent)]
    File(#[from] FileError),
    /// A file's numbers are wrong.
    #[error("{}: {mistakes}", file.display())]
    Preset {
        /// Which file.
        file: PathBuf,
        /// Every mistake in it.
        mistakes: PresetMistakes,
    },
    /// The ledger.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
}

/// Reads the folder and puts what is new into the feed.
pub(crate) async fn publish(ledger: &Ledger, dir: &Path) -> Result<(), PresetFileError> {
    for (preset, text) in read(dir)? {
        ledger.put_preset(preset.name, text).await?;
    }
    Ok(())
}

/// Every preset of the folder, with its text.
pub(crate) fn read(dir: &Path) -> Result<Vec<(Preset, String)>, PresetFileError> {
    let preset = |file: PathBuf| {
        let text = files::read_text(&file)?;
        let preset = Preset::parse(&text).map_err(|mistakes| PresetFileError::Preset { file, mistakes })?;
        Ok((preset, text))
    };
    list(dir)?.into_iter().map(preset).collect()
}

fn list(dir: &Path) -> Result<Vec<PathBuf>, FileError> {
    let named = |source| FileError { file: dir.to_owned(), source };
    let mut all = Vec::new();
    for entry in std::fs::read_dir(dir).map_err(named)? {
        let path = entry.map_err(named)?.path();
        if path.extension().is_some_and(|end| end == "toml") {
            all.push(path);
        }
    }
    all.sort();
    Ok(all)
}
