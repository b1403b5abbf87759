//! The visit scripts of the demo, and variants of them with another clip or another end.

use crate::programs;
use anyhow::{Context as _, Result, ensure};
use std::path::Path;

/// The text of a script.
#[derive(Clone, Debug)]
pub struct Script {
    text: String,
}

impl Script {
    /// A script of the demo, by its name without `.toml`.
    ///
    /// # Errors
    /// When there is none.
    pub fn shipped(name: &str) -> Result<Script> {
        let file = programs::repository().join("kiosk-config/demo").join(format!("{name}.toml"));
        let text = std::fs::read_to_string(&file).with_context(|| file.display().to_string())?;
        Ok(Script { text })
    }

    /// A script with a title and nothing else.
    #[must_use]
    pub fn new(title: &str) -> Script {
        Script { text: format!("title = \"{title}\"\n") }
    }

    /// The script with `old` replaced by `new`.
    ///
    /// # Errors
    /// When `old` is not in it: the script has changed and the test must be adapted.
    pub fn with(&self, old: &str, new: &str) -> Result<Script> {
        ensure!(self.text.contains(old), "the script has no {old}:\n{}", self.text);
        Ok(Script { text: self.text.replace(old, new) })
    }

    /// The script up to the step that begins with `step`, which is left out too.
    ///
    /// # Errors
    /// When there is no such step.
    pub fn until(&self, step: &str) -> Result<Script> {
        let begin = format!("[[step]]\n{step}");
        let (text, _) =
            self.text.split_once(&begin).with_context(|| format!("the script has no step {step}"))?;
        Ok(Script { text: text.to_owned() })
    }

    /// The script with one more step.
    #[must_use]
    pub fn then(&self, step: &str) -> Script {
        Script { text: format!("{}\n[[step]]\n{step}\n", self.text) }
    }

    /// The script with a step that waits for a text.
    #[must_use]
    pub fn see(&self, text: &str) -> Script {
        // A TOML string in single quotes has no escapes.
        self.then(&format!("see = '{text}'"))
    }

    /// Writes it to `file`, next to the pictures that it names.
    ///
    /// # Errors
    /// When that is not possible.
    pub fn write(&self, file: &Path) -> Result<()> {
        Ok(std::fs::write(file, &self.text)?)
    }
}
