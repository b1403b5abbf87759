//! A real `kiosk`, enrolled with the demo's server, playing scripts before its recorded camera.

use crate::process::{self, Finished};
use crate::script::Script;
use crate::{Central, programs};
use anyhow::{Context as _, Result, ensure};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Timeout of a played script; its steps have shorter timeouts.
const PLAY_TIMEOUT: Duration = Duration::from_secs(150);
/// Timeout of everything else.
const RUN_TIMEOUT: Duration = Duration::from_secs(60);

/// One kiosk: its configuration and its store lie in the demo's folder.
#[derive(Debug)]
pub struct Kiosk {
    folder: PathBuf,
}

/// The results of a played script.
#[derive(Clone, Debug)]
pub struct Played {
    /// The summary on standard output.
    pub summary: Value,
    /// The log on standard error.
    pub log: String,
    /// Folder of screens, portrait and summary.
    pub out: PathBuf,
    /// Exit code.
    pub code: Option<i32>,
}

impl Kiosk {
    /// The kiosk that the demo wrote a configuration for. The faces are linked next to the codes, where scripts expect them.
    ///
    /// # Errors
    /// When the faces are missing.
    pub fn enrolled_with(central: &Central) -> Result<Kiosk> {
        let folder = central.folder().to_owned();
        std::os::unix::fs::symlink(programs::faces()?, folder.join("faces")).context("faces")?;
        Ok(Kiosk { folder })
    }

    /// Plays a script; its output goes to a separate folder `NAME`.
    ///
    /// # Errors
    /// When it cannot be run or prints no summary.
    pub fn play(&self, name: &str, script: &Script) -> Result<Played> {
        let file = self.folder.join(format!("{name}.toml"));
        script.write(&file)?;
        let out = self.folder.join(name);
        let mut command = programs::command("kiosk")?;
        command.arg("--config").arg(self.config()).arg("play").arg(&file).arg("--out").arg(&out);
        let done = process::run(name, command, &self.folder.join("logs"), PLAY_TIMEOUT)?;
        let summary = serde_json::from_str(done.out.trim());
        let summary = summary.with_context(|| format!("{name} gave no summary:\n{}", done.log))?;
        Ok(Played { summary, log: done.log, out, code: done.code })
    }

    /// Runs the kiosk with other arguments.
    ///
    /// # Errors
    /// When it cannot be run.
    pub fn run(&self, name: &str, arguments: &[&str]) -> Result<Finished> {
        let mut command = programs::command("kiosk")?;
        command.arg("--config").arg(self.config()).args(arguments);
        process::run(name, command, &self.folder.join("logs"), RUN_TIMEOUT)
    }

    /// Its configuration.
    #[must_use]
    pub fn config(&self) -> PathBuf {
        self.folder.join("kiosk.toml")
    }

    /// Every file of its encrypted store.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn store_files(&self) -> Result<Vec<PathBuf>> {
        let entries = std::fs::read_dir(self.folder.join("kiosk"))?.collect::<Result<Vec<_>, _>>()?;
        Ok(entries.into_iter().map(|e| e.path()).filter(|p| p.is_file()).collect())
    }
}

impl Played {
    /// Checks that every step of the script succeeded.
    ///
    /// # Errors
    /// Names the step that failed and what was on the screen.
    pub fn completed(self) -> Result<Played> {
        let failure = self.summary["failure"].as_str().unwrap_or_default().to_owned();
        let ok = self.summary["ok"] == true && self.code == Some(0);
        ensure!(ok, "{} (the screens are in {})\n{}", failure, self.out.display(), self.log);
        Ok(self)
    }

    /// Name of the last screen.
    #[must_use]
    pub fn ended_on(&self) -> &str {
        self.summary["ended_on"].as_str().unwrap_or_default()
    }

    /// Number of touches.
    #[must_use]
    pub fn touches(&self) -> u64 {
        self.summary["touches"].as_u64().unwrap_or(u64::MAX)
    }

    /// Entries and pictures that had not reached the server at the end.
    #[must_use]
    pub fn waiting(&self) -> u64 {
        self.summary["waiting"].as_u64().unwrap_or(u64::MAX)
    }

    /// Names of the screens in order.
    #[must_use]
    pub fn screens(&self) -> Vec<&str> {
        let all = self.summary["screens"].as_array().map(Vec::as_slice).unwrap_or_default();
        all.iter().filter_map(|s| s["screen"].as_str()).collect()
    }

    /// The finished portrait.
    ///
    /// # Errors
    /// When there is none.
    pub fn portrait(&self) -> Result<PathBuf> {
        let name = self.summary["portrait"].as_str().context("no portrait was submitted")?;
        Ok(self.out.join(Path::new(name)))
    }
}
