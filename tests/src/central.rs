//! A real `central demo` on loopback, with the facts that it writes for scripts.

use crate::process::Process;
use crate::programs;
use anyhow::{Context as _, Result};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Timeout of the first start, which creates the school and hashes its pass phrases.
const START_TIMEOUT: Duration = Duration::from_secs(60);

/// The server and its demo school.
#[derive(Debug)]
pub struct Central {
    process: Option<Process>,
    folder: PathBuf,
    ports: (u16, u16),
    facts: Value,
}

/// A demo student, from `demo.json`.
#[derive(Clone, Debug)]
pub struct Student {
    /// Full name, which must not be in any log.
    pub name: String,
    /// Unique number, which must not be in any log.
    pub unique_number: String,
    /// Identity number, which must not be in any log.
    pub id_number: String,
    /// Month and day of birth.
    pub birthday: String,
}

impl Central {
    /// Starts a server with a new school in `folder` on free ports.
    ///
    /// # Errors
    /// When it does not start; the error has the end of its log.
    pub fn with_new_school(folder: &Path) -> Result<Central> {
        let mut central =
            Central { process: None, folder: folder.to_owned(), ports: (0, 0), facts: Value::Null };
        central.start()?;
        Ok(central)
    }

    /// Starts it; after the first time on the same ports.
    ///
    /// # Errors
    /// When it does not start; the error has the end of its log.
    pub fn start(&mut self) -> Result<()> {
        let mut command = programs::command("central")?;
        command.arg("demo").arg("--state").arg(&self.folder);
        command.args([
            "--kiosk-port",
            &self.ports.0.to_string(),
            "--console-port",
            &self.ports.1.to_string(),
        ]);
        let mut process = Process::start("central", command, &self.folder.join("logs"))?;
        process.line("ready ", START_TIMEOUT)?;
        self.process = Some(process);
        self.facts = serde_json::from_slice(&std::fs::read(self.folder.join("demo.json"))?)?;
        self.ports = (port(&self.fact("/kiosks")?)?, port(&self.fact("/console")?)?);
        Ok(())
    }

    /// Kills it without a shutdown.
    pub fn kill(&mut self) {
        self.process = None;
    }

    /// A text of `demo.json`.
    ///
    /// # Errors
    /// When there is none.
    pub fn fact(&self, pointer: &str) -> Result<String> {
        let text = self.facts.pointer(pointer).and_then(Value::as_str);
        Ok(text.with_context(|| format!("demo.json has no {pointer}"))?.to_owned())
    }

    /// One of the demo students, from 1.
    ///
    /// # Errors
    /// When there is no such student.
    pub fn student(&self, number: usize) -> Result<Student> {
        let of = |key: &str| self.fact(&format!("/students/{}/{key}", number - 1));
        Ok(Student {
            name: of("name")?,
            unique_number: of("unique_number")?,
            id_number: of("id_number")?,
            birthday: of("birth_month_day")?,
        })
    }

    /// Pictures of codes that must be refused, each with the code of the sentence that says why.
    ///
    /// # Errors
    /// When `demo.json` has no list of codes.
    pub fn wrong_codes(&self) -> Result<Vec<(String, String)>> {
        let all = self.facts["codes"].as_array().context("demo.json has no codes")?;
        let text = |v: &Value| v.as_str().map(str::to_owned);
        Ok(all.iter().filter_map(|c| Some((text(&c["file"])?, text(&c["sentence"])?))).collect())
    }

    /// The folder of the demo.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }
}

fn port(url: &str) -> Result<u16> {
    let text = url.trim_end_matches('/').rsplit(':').next().unwrap_or_default();
    text.parse().with_context(|| format!("{url} has no port"))
}
