//! Children that do not outlive the test: every wait has an end, every child is killed on drop with all its own children,
//! and what it said is printed, which the test runner shows when the test fails.

use anyhow::{Context as _, Result, bail};
use rustix::process::{Pid, Signal, kill_process_group};
use std::fs::File;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// Time between two looks at something that is waited for.
const BEAT: Duration = Duration::from_millis(30);
/// Lines of a log that are shown.
const TAIL: usize = 40;

/// A child that runs, its output in two files.
#[derive(Debug)]
pub struct Process {
    name: String,
    child: Child,
    out: PathBuf,
    log: PathBuf,
}

/// What a child said and how it ended.
#[derive(Clone, Debug)]
pub struct Finished {
    /// Exit code; `None`: killed by a signal.
    pub code: Option<i32>,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub log: String,
}

impl Process {
    /// Starts a child; its output goes to `FOLDER/NAME.out` and `FOLDER/NAME.log`.
    ///
    /// # Errors
    /// When it cannot be started or a file cannot be made.
    pub fn start(name: &str, mut command: Command, folder: &Path) -> Result<Process> {
        std::fs::create_dir_all(folder)?;
        let (out, log) = (folder.join(format!("{name}.out")), folder.join(format!("{name}.log")));
        command.stdin(Stdio::null()).stdout(File::create(&out)?).stderr(File::create(&log)?);
        // A group of its own, so that a browser's many processes go with the one that started them.
        command.process_group(0);
        let child = command.spawn().with_context(|| format!("{name} cannot be started"))?;
        Ok(Process { name: name.to_owned(), child, out, log })
    }

    /// Waits until standard output has a line that begins so, and gives the rest of it.
    ///
    /// # Errors
    /// When the child ends or the time is over before; says what it said.
    pub fn line(&mut self, beginning: &str, patience: Duration) -> Result<String> {
        let until = Instant::now() + patience;
        loop {
            let said = std::fs::read_to_string(&self.out)?;
            // Only whole lines: the last one may still be being written.
            let whole = said.rsplit_once('\n').map_or("", |(whole, _)| whole);
            if let Some(rest) = whole.lines().find_map(|line| line.strip_prefix(beginning)) {
                return Ok(rest.to_owned());
            }
            if let Some(status) = self.child.try_wait()? {
                bail!("{} ended ({status}) before it said \"{beginning}\":\n{}", self.name, self.said());
            }
            if Instant::now() >= until {
                bail!("{} did not say \"{beginning}\" within {patience:?}:\n{}", self.name, self.said());
            }
            std::thread::sleep(BEAT);
        }
    }

    /// Waits for the child's end.
    ///
    /// # Errors
    /// When it does not end in time; it is killed, and the error says what it said.
    pub fn finish(mut self, patience: Duration) -> Result<Finished> {
        let until = Instant::now() + patience;
        let status = loop {
            if let Some(status) = self.child.try_wait()? {
                break status;
            }
            if Instant::now() >= until {
                bail!("{} did not end within {patience:?}:\n{}", self.name, self.said());
            }
            std::thread::sleep(BEAT);
        };
        self.finished(status)
    }

    fn finished(&self, status: ExitStatus) -> Result<Finished> {
        let text = |file: &Path| -> Result<String> {
            Ok(String::from_utf8_lossy(&std::fs::read(file)?).into_owned())
        };
        Ok(Finished { code: status.code(), out: text(&self.out)?, log: text(&self.log)? })
    }

    /// Ends it at once, as a power cut would.
    pub fn kill(&mut self) {
        // Fails only when the whole group has ended already.
        if let Ok(id) = i32::try_from(self.child.id())
            && let Some(group) = Pid::from_raw(id)
        {
            let _ = kill_process_group(group, Signal::KILL);
        }
        let _ = self.child.wait();
    }

    fn said(&self) -> String {
        let text = std::fs::read(&self.log).unwrap_or_default();
        let text = String::from_utf8_lossy(&text).into_owned();
        let lines: Vec<&str> = text.lines().collect();
        lines[lines.len().saturating_sub(TAIL)..].join("\n")
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
        println!("--- {} said last:\n{}", self.name, self.said());
    }
}

/// Runs a child to its end.
///
/// # Errors
/// When it cannot be started or does not end in time.
pub fn run(name: &str, command: Command, folder: &Path, patience: Duration) -> Result<Finished> {
    Process::start(name, command, folder)?.finish(patience)
}
