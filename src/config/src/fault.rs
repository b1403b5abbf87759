//! What can be wrong with a configuration file.

use std::fmt;
use std::path::PathBuf;

/// What is wrong with one key, or with the file as a whole.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The file cannot be read from the disk.
    #[error("cannot be read: {0}")]
    Unreadable(String),
    /// The file is larger than any configuration.
    #[error("is longer than {max} bytes")]
    TooLong {
        /// Most bytes that are read.
        max: usize,
    },
    /// The text is not TOML.
    #[error("is not TOML: {reason}")]
    Syntax {
        /// The parser's message.
        reason: String,
    },
    /// A key that must be there is not.
    #[error("is missing{}{advice}", if .advice.is_empty() { "" } else { "; " })]
    Missing {
        /// What to write there; may be empty.
        advice: &'static str,
    },
    /// A key that nothing reads.
    #[error("is not known here; remove it or correct its spelling")]
    Unknown,
    /// A value of another type or outside of its range.
    #[error("{0}")]
    Value(String),
}

impl From<&str> for Fault {
    fn from(reason: &str) -> Fault {
        Fault::Value(reason.to_owned())
    }
}

impl From<String> for Fault {
    fn from(reason: String) -> Fault {
        Fault::Value(reason)
    }
}

/// One thing that is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake<F = Fault> {
    /// Dotted key in the file (`server.url`, `backgrounds.2.rgb`); empty for the file as a whole.
    pub key: String,
    /// Line of the key, or of the section in which it is missing; 1 is the first. `None` where there is no such line.
    pub line: Option<usize>,
    /// What is wrong there.
    pub fault: F,
}

/// `line 3, server.url: is missing`.
impl<F: fmt::Display> fmt::Display for Mistake<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.line, self.key.as_str()) {
            (Some(line), "") => write!(f, "line {line}: {}", self.fault),
            (Some(line), key) => write!(f, "line {line}, {key}: {}", self.fault),
            (None, "") => self.fault.fmt(f),
            (None, key) => write!(f, "{key}: {}", self.fault),
        }
    }
}

/// Everything that is wrong with a configuration file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{} is refused:{}", .file.display(), list(.mistakes))]
pub struct ConfigError {
    /// The file.
    pub file: PathBuf,
    /// Its mistakes in the order in which the file is read: section by section.
    pub mistakes: Vec<Mistake>,
}

fn list(mistakes: &[Mistake]) -> String {
    mistakes.iter().map(|m| format!("\n  {m}")).collect()
}
