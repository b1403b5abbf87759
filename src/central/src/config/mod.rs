//! The server's settings: one TOML file, typed. Every mistake is reported at once with file, key, line and reason.

mod address;
mod console;
mod kiosks;
mod session_length;

pub use self::console::{ConsolePort, TlsFiles};
pub use self::kiosks::KioskPort;
pub use self::session_length::SESSION_LENGTH;
pub use ::config::ConfigError;

use ::config::{Mistake, Section};
use std::path::{Path, PathBuf};

/// Everything `central serve` needs to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// Folder of the database, the pictures and the keys.
    pub state: PathBuf,
    /// Folder of the preset files that tasks refer to.
    pub presets: PathBuf,
    /// The port that kiosks talk to.
    pub kiosks: KioskPort,
    /// The port that browsers talk to.
    pub console: ConsolePort,
}

impl Config {
    /// Reads and checks a settings file. Relative paths are relative to the file.
    ///
    /// # Errors
    /// Every mistake at once.
    pub fn read(file: &Path) -> Result<Config, ConfigError> {
        ::config::read(file, Config::take)
    }

    /// Checks the text of a settings file; relative paths are relative to `base`.
    ///
    /// # Errors
    /// Every mistake at once.
    pub fn parse(text: &str, base: &Path) -> Result<Config, Vec<Mistake>> {
        ::config::parse(text, base, Config::take)
    }

    fn take(file: &mut Section<'_>) -> Config {
        Config {
            state: file.needed_path("state", "name the folder of database, pictures and keys"),
            presets: file.needed_path("presets", "name the folder of the portrait standards"),
            kiosks: file.section("kiosks", KioskPort::take),
            console: file.section("console", ConsolePort::take),
        }
    }
}

#[cfg(test)]
mod tests;
