//! The server's settings: one TOML file, read into types, every mistake told at once with file, key and reason.

mod reader;

use reader::Reader;
use std::fmt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Largest settings file that is read, bytes.
const MAX_FILE_BYTES: u64 = 64 * 1024;

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

/// Where kiosks reach the server: TLS with the server's own authority.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KioskPort {
    /// Address and port; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Host names and addresses that kiosks call it by.
    pub names: Vec<String>,
}

/// Where browsers reach the console.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsolePort {
    /// Address and port; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Certificate for browsers; without one the console answers on loopback only.
    pub tls: Option<TlsFiles>,
    /// How long a session lives without signing in again.
    pub session: Duration,
}

/// A certificate chain and its key, both PEM.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TlsFiles {
    /// Chain, the server's certificate first.
    pub certificate: PathBuf,
    /// Private key.
    pub key: PathBuf,
}

/// One thing that is wrong with a settings file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// Where in the file (`console.listen`); empty for the file as a whole.
    pub key: String,
    /// What is wrong there.
    pub reason: String,
}

/// Everything that is wrong with a settings file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError {
    /// The file.
    pub file: PathBuf,
    /// Its mistakes, in the order of the file's sections.
    pub mistakes: Vec<Mistake>,
}

impl std::error::Error for ConfigError {}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is refused:", self.file.display())?;
        for Mistake { key, reason } in &self.mistakes {
            let separator = if key.is_empty() { "" } else { ": " };
            write!(f, "\n  {key}{separator}{reason}")?;
        }
        Ok(())
    }
}

impl Config {
    /// Reads and checks a settings file. Relative paths are relative to the file.
    ///
    /// # Errors
    /// Every mistake at once.
    pub fn read(file: &Path) -> Result<Config, ConfigError> {
        let whole = |reason: String| ConfigError {
            file: file.to_owned(),
            mistakes: vec![Mistake { key: String::new(), reason }],
        };
        let size = std::fs::metadata(file).map_err(|e| whole(e.to_string()))?.len();
        if size > MAX_FILE_BYTES {
            return Err(whole(format!("has {size} bytes, more than {MAX_FILE_BYTES}")));
        }
        let text = std::fs::read_to_string(file).map_err(|e| whole(e.to_string()))?;
        let base = file.parent().unwrap_or(Path::new("")).to_owned();
        Config::parse(&text, &base).map_err(|mistakes| ConfigError { file: file.to_owned(), mistakes })
    }

    /// Checks the text of a settings file; relative paths are relative to `base`.
    ///
    /// # Errors
    /// Every mistake at once.
    pub fn parse(text: &str, base: &Path) -> Result<Config, Vec<Mistake>> {
        let table = text.parse::<toml::Table>().map_err(|e| {
            vec![Mistake { key: String::new(), reason: e.to_string().trim().replace('\n', " ") }]
        })?;
        let mut top = Reader::new(table, base);
        let state = top.path("state");
        let presets = top.path("presets");
        let kiosks =
            top.section("kiosks", |r| KioskPort { listen: r.address("listen"), names: r.names("names") });
        let console = top.section("console", |r| {
            let listen = r.address("listen");
            let tls = match (r.optional_path("tls_certificate"), r.optional_path("tls_key")) {
                (Some(certificate), Some(key)) => Some(TlsFiles { certificate, key }),
                (None, None) => None,
                (Some(_), None) => r.mistake("tls_key", "is missing beside tls_certificate"),
                (None, Some(_)) => r.mistake("tls_certificate", "is missing beside tls_key"),
            };
            if tls.is_none() && !listen.ip().is_loopback() {
                let reason = "without tls_certificate only a loopback address is allowed: passwords would be readable on the way";
                r.mistake::<()>("listen", reason);
            }
            let hours = r.number("session_hours", 1..=24, 8);
            ConsolePort { listen, tls, session: Duration::from_secs(hours * 3600) }
        });
        let config = Config { state, presets, kiosks, console };
        let mistakes = top.finish();
        if mistakes.is_empty() { Ok(config) } else { Err(mistakes) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"
        state = "state"
        presets = "/etc/central/presets"
        [kiosks]
        listen = "0.0.0.0:7443"
        names = ["central.example.edu.cn", "10.0.0.5"]
        [console]
        listen = "127.0.0.1:7480"
    "#;

    #[test]
    fn relative_paths_start_at_the_file_and_absent_values_take_their_defaults() {
        let config = Config::parse(GOOD, Path::new("/etc/central")).expect("the example is right");
        assert_eq!(config.state, Path::new("/etc/central/state"));
        assert_eq!(config.console.session, Duration::from_secs(8 * 3600));
        assert_eq!(config.kiosks.names.len(), 2);
    }

    #[test]
    fn the_example_beside_the_program_is_right() {
        let text = include_str!("../../central.example.toml");
        Config::parse(text, Path::new("/etc/central")).expect("it is what people copy");
    }

    #[test]
    fn every_mistake_is_told_at_once() {
        let bad = r#"
            presets = 7
            [kiosks]
            listen = "nowhere"
            names = []
            colour = "green"
            [console]
            listen = "0.0.0.0:80"
            tls_key = "key.pem"
            session_hours = 99
        "#;
        let mistakes = Config::parse(bad, Path::new("")).expect_err("nearly everything is wrong");
        let keys: Vec<&str> = mistakes.iter().map(|m| m.key.as_str()).collect();
        assert_eq!(
            keys,
            [
                "state",
                "presets",
                "kiosks.listen",
                "kiosks.names",
                "kiosks.colour",
                "console.tls_certificate",
                "console.listen",
                "console.session_hours"
            ]
        );
    }

    #[test]
    fn text_that_is_not_toml_is_one_mistake() {
        assert_eq!(Config::parse("state = ", Path::new("")).expect_err("cut off").len(), 1);
    }
}
