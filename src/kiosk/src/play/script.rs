//! A visit script: frames, touches, and what must be on the screen before the next step. It can contain nothing else.

use serde::Deserialize;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Largest script that is read, bytes.
const MAX_FILE_BYTES: u64 = 64 * 1024;
/// Most steps.
const MAX_STEPS: usize = 500;

/// A script.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Script {
    /// What the script shows.
    pub title: String,
    /// Who is on its pictures and under which licence; shown on the screen.
    pub credit: Option<String>,
    /// The steps in order.
    #[serde(rename = "step")]
    pub steps: Vec<Step>,
    /// Folder that pictures are relative to.
    #[serde(skip)]
    pub base: PathBuf,
}

/// One step. Exactly one of `show`, `touch`, `keys`, `see` and `pause`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// What the camera sees from now on.
    pub show: Option<camera::Clip>,
    /// Touch the element with this accessible label, as soon as it is there and enabled.
    pub touch: Option<String>,
    /// How often in quick succession; once when absent.
    pub times: Option<u32>,
    /// Touch these keys of the keypad or the keyboard one after the other: digits and small letters.
    pub keys: Option<String>,
    /// Wait until a text that contains this is on the screen.
    pub see: Option<String>,
    /// Do nothing for so many seconds.
    pub pause: Option<f64>,
    /// Longest wait for this step, seconds.
    #[serde(default = "timeout")]
    pub within: f64,
}

fn timeout() -> f64 {
    30.0
}

/// Why a script cannot be played.
#[derive(Debug, thiserror::Error)]
pub enum ScriptError {
    /// It cannot be read.
    #[error("the script {path} cannot be read: {reason}")]
    Unreadable {
        /// The file.
        path: String,
        /// Why.
        reason: String,
    },
    /// It is not of the expected form.
    #[error("the script {path} cannot be used: {reason}")]
    Form {
        /// The file.
        path: String,
        /// Why.
        reason: String,
    },
}

impl Step {
    /// Longest wait for this step.
    #[must_use]
    pub fn timeout(&self) -> Duration {
        Duration::from_secs_f64(self.within.clamp(0.1, 600.0))
    }

    fn kinds(&self) -> usize {
        [
            self.show.is_some(),
            self.touch.is_some(),
            self.keys.is_some(),
            self.see.is_some(),
            self.pause.is_some(),
        ]
        .into_iter()
        .filter(|b| *b)
        .count()
    }
}

impl Script {
    /// Reads a script; pictures in it are relative to its folder.
    ///
    /// # Errors
    /// When it cannot be read or is not of the expected form.
    pub fn read(path: &Path) -> Result<Script, ScriptError> {
        let shown = path.display().to_string();
        let unreadable = |reason: String| ScriptError::Unreadable { path: shown.clone(), reason };
        let size = std::fs::metadata(path).map_err(|e| unreadable(e.to_string()))?.len();
        if size > MAX_FILE_BYTES {
            return Err(unreadable(format!("it is longer than {MAX_FILE_BYTES} bytes")));
        }
        let text = std::fs::read_to_string(path).map_err(|e| unreadable(e.to_string()))?;
        let base = path.parent().unwrap_or(Path::new(".")).to_owned();
        Script::parse(&text, base).map_err(|reason| ScriptError::Form { path: shown, reason })
    }

    /// Reads a script's text.
    ///
    /// # Errors
    /// Names the step that is wrong and why.
    pub fn parse(text: &str, base: PathBuf) -> Result<Script, String> {
        let mut script: Script = toml::from_str(text).map_err(|e| e.to_string().trim().to_owned())?;
        script.base = base;
        if script.steps.len() > MAX_STEPS {
            return Err(format!("it has more than {MAX_STEPS} steps"));
        }
        for (i, step) in script.steps.iter().enumerate() {
            let at = i + 1;
            if step.kinds() != 1 {
                return Err(format!("step {at} needs exactly one of show, touch, keys, see, pause"));
            }
            if step.keys.as_deref().is_some_and(|k| {
                k.is_empty() || !k.chars().all(|c| c.is_ascii_digit() || c.is_ascii_lowercase())
            }) {
                return Err(format!("step {at}: keys are digits and small letters"));
            }
            if step.times.is_some_and(|n| step.touch.is_none() || !(1..=10).contains(&n)) {
                return Err(format!("step {at}: times is 1 to 10 and belongs to touch"));
            }
            if !step.within.is_finite() || step.pause.is_some_and(|p| !(0.0..=600.0).contains(&p)) {
                return Err(format!("step {at}: times are 0 to 600 seconds"));
            }
        }
        Ok(script)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_cannot_carry_a_code_a_verdict_or_a_reply() {
        for key in ["code = \"x\"", "verdict = \"pass\"", "reply = \"stored\"", "payload = \"x\""] {
            let text = format!("title = \"t\"\n[[step]]\n{key}\n");
            assert!(Script::parse(&text, PathBuf::new()).is_err(), "{key}");
        }
    }

    #[test]
    fn a_step_does_one_thing() {
        let two = "title = \"t\"\n[[step]]\ntouch = \"a\"\nsee = \"b\"\n";
        assert!(Script::parse(two, PathBuf::new()).is_err());
        let one = "title = \"t\"\n[[step]]\ntouch = \"a\"\n";
        assert_eq!(Script::parse(one, PathBuf::new()).expect("one thing").steps.len(), 1);
    }
}
