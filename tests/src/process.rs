//! Child processes that do not outlive the test: every wait has a timeout, every child is killed on drop with all its own
//! children, and the end of its log is printed, which the test runner shows when the test fails.

use anyhow::{Context as _, Result, bail};
use rustix::process::{Pid, Signal, kill_process_group};
use std::fs::File;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// Time between two checks of a condition that is waited for.
const POLL: Duration = Duration::from_millis(30);
/// Lines of a log that are printed.
const TAIL: usize = 40;

/// A running child; its output goes to two files.
#[derive(Debug)]
pub struct Process {
    name: String,
    child: Child,
    out: PathBuf,
    log: PathBuf,
}

/// The output of a child, and how it ended.
#[derive(Clone, Debug)]
pub struct Finished {
    /// Exit code; `None` if a signal ended it.
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
        // A separate process group, so that a browser's many processes go with the one that started them.
        command.process_group(0);
        let child = command.spawn().with_context(|| format!("{name} cannot be started"))?;
        Ok(Process { name: name.to_owned(), child, out, log })
    }

    /// Waits until standard output has a line that begins with `beginning`, and returns the rest of the line.
    ///
    /// # Errors
    /// When the child ends or the timeout passes before; the error has the end of its log.
    pub fn line(&mut self, beginning: &str, timeout: Duration) -> Result<String> {
        let until = Instant::now() + timeout;
        loop {
            let output = std::fs::read_to_string(&self.out)?;
            // Only whole lines: the last one may still be incomplete.
            let whole = output.rsplit_once('\n').map_or("", |(whole, _)| whole);
            if let Some(rest) = whole.lines().find_map(|line| line.strip_prefix(beginning)) {
                return Ok(rest.to_owned());
            }
            if let Some(status) = self.child.try_wait()? {
                bail!(
                    "{} ended ({status}) before it printed \"{beginning}\":\n{}",
                    self.name,
                    self.log_tail()
                );
            }
            if Instant::now() >= until {
                bail!("{} did not print \"{beginning}\" within {timeout:?}:\n{}", self.name, self.log_tail());
            }
            std::thread::sleep(POLL);
        }
    }

    /// Waits for the child's end.
    ///
    /// # Errors
    /// When it does not end in time; it is killed, and the error has the end of its log.
    pub fn finish(mut self, timeout: Duration) -> Result<Finished> {
        let until = Instant::now() + timeout;
        let status = loop {
            if let Some(status) = self.child.try_wait()? {
                break status;
            }
            if Instant::now() >= until {
                bail!("{} did not end within {timeout:?}:\n{}", self.name, self.log_tail());
            }
            std::thread::sleep(POLL);
        };
        self.finished(status)
    }

    fn finished(&self, status: ExitStatus) -> Result<Finished> {
        let text = |file: &Path| -> Result<String> {
            Ok(String::from_utf8_lossy(&std::fs::read(file)?).into_owned())
        };
        Ok(Finished { code: status.code(), out: text(&self.out)?, log: text(&self.log)? })
    }

    /// Kills it at once, as a power cut would.
    pub fn kill(&mut self) {
        // Fails only when the whole group has ended already.
        if let Ok(id) = i32::try_from(self.child.id())
            && let Some(group) = Pid::from_raw(id)
        {
            let _ = kill_process_group(group, Signal::KILL);
        }
        let _ = self.child.wait();
    }

    fn log_tail(&self) -> String {
        let text = std::fs::read(&self.log).unwrap_or_default();
        let text = String::from_utf8_lossy(&text).into_owned();
        let lines: Vec<&str> = text.lines().collect();
        lines[lines.len().saturating_sub(TAIL)..].join("\n")
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
        println!("--- end of the log of {}:\n{}", self.name, self.log_tail());
    }
}

/// Runs a child to its end.
///
/// # Errors
/// When it cannot be started or does not end in time.
pub fn run(name: &str, command: Command, folder: &Path, timeout: Duration) -> Result<Finished> {
    Process::start(name, command, folder)?.finish(timeout)
}
