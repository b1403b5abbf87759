//! Names of the files in the server's state folder.

use crate::config::Config;
use std::path::PathBuf;

/// The ledger's database.
pub(crate) fn ledger(config: &Config) -> PathBuf {
    config.state.join("ledger.sqlite")
}

/// Folder of pictures and personal records.
pub(crate) fn pictures(config: &Config) -> PathBuf {
    config.state.join("pictures")
}

/// The key that signs the server's own entries.
pub(crate) fn journal_key(config: &Config) -> PathBuf {
    config.state.join("journal.key")
}
