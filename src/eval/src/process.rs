//! Runs the project's programs as processes and measures their time and peak memory.

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};

/// How often a running process is asked for its peak memory. The kernel keeps the peak, so only what is allocated in the last
/// interval before the end can be missed.
const POLL: Duration = Duration::from_millis(5);

/// The repository's root.
pub fn root() -> &'static Path {
    // The crate lies two levels below it.
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap_or(Path::new("."))
}

/// The folder of the models.
pub fn models() -> PathBuf {
    portrait::find_models(None)
}

/// The demo's pictures, sorted by name.
///
/// # Errors
/// When the folder cannot be read.
pub fn demo_pictures() -> anyhow::Result<Vec<PathBuf>> {
    let folder = models().join("demo");
    let entries = std::fs::read_dir(&folder).with_context(|| folder.display().to_string())?;
    let is_picture = |path: &PathBuf| {
        path.extension().is_some_and(|e| ["jpg", "jpeg", "png"].iter().any(|known| e == *known))
    };
    let mut pictures: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).filter(is_picture).collect();
    pictures.sort();
    Ok(pictures)
}

/// The path of one of the project's programs, next to this one.
///
/// # Errors
/// When it is not built.
pub fn program(name: &str) -> anyhow::Result<PathBuf> {
    let path = std::env::current_exe()?.with_file_name(name);
    ensure!(path.is_file(), "{name} is not built (`make build`)");
    Ok(path)
}

/// What one run of a program left behind.
#[derive(Debug)]
pub struct Ran {
    /// Its standard output.
    pub output: String,
    /// Wall time, s.
    pub seconds: f64,
    /// Peak memory, MB.
    pub peak_mb: f64,
    /// Exit code; `None` if a signal ended it.
    pub code: Option<i32>,
}

impl Ran {
    /// The lines of the output that are JSON objects.
    ///
    /// # Errors
    /// When one is not what is expected.
    pub fn json_lines<T: serde::de::DeserializeOwned>(&self) -> anyhow::Result<Vec<T>> {
        let lines = self.output.lines().filter(|line| line.starts_with('{'));
        lines.map(|line| serde_json::from_str(line).with_context(|| line.to_owned())).collect()
    }
}

/// Runs a program to its end, in the repository's root, without its messages.
///
/// # Errors
/// When it cannot be started.
pub fn run(command: &mut Command) -> anyhow::Result<Ran> {
    let started = Instant::now();
    let child = command.current_dir(root()).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = child.spawn().with_context(|| format!("{command:?}"))?;
    let pid = child.id();
    let mut output = String::new();
    let mut pipe = child.stdout.take().context("the output is a pipe")?;
    let ended = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let poller = scope.spawn(|| {
            let mut peak = 0.0;
            while !ended.load(Ordering::Relaxed) {
                peak = peak_mb_of(pid).unwrap_or(peak);
                std::thread::sleep(POLL);
            }
            peak
        });
        let read = pipe.read_to_string(&mut output);
        let status = child.wait();
        let seconds = started.elapsed().as_secs_f64();
        ended.store(true, Ordering::Relaxed);
        let peak_mb = poller.join().unwrap_or_default();
        read?;
        Ok(Ran { output, seconds, peak_mb, code: status?.code() })
    })
}

/// The most memory that this process has held, MB.
pub fn own_peak_mb() -> Option<f64> {
    peak_mb_of(std::process::id())
}

fn peak_mb_of(pid: u32) -> Option<f64> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM"))?;
    line.split_whitespace().nth(1)?.parse::<f64>().ok().map(|kb| kb / 1024.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_has_its_output_its_code_and_its_peak() {
        let ran = run(Command::new("sh").args(["-c", "sleep 0.1; echo '{\"a\":1}'; echo text; exit 3"]))
            .expect("runs");
        assert_eq!(ran.code, Some(3));
        assert!(ran.seconds >= 0.1 && ran.peak_mb > 0.0 && ran.peak_mb < 100.0, "{ran:?}");
        assert_eq!(ran.json_lines::<serde_json::Value>().expect("parses").len(), 1);
        assert!(own_peak_mb().is_some_and(|peak| peak > 1.0));
    }
}
