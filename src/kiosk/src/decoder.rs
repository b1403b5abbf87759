//! The authorised collector's own decoders: commands that turn a code's payload into JSON, run shut off from the network.
//!
//! A command gets the payload on standard input and answers on standard output, see `collection::payload`. It is started
//! without a shell, with an empty environment, in a user, network and process namespace of its own (util-linux `unshare`,
//! which needs no privilege): there is no network interface in it, not even loopback, and when it is over, or its time
//! is, everything that it started is gone with it. Where the kernel refuses such namespaces, no command is run at all and
//! `kiosk doctor` says so.

use collection::payload::{Failure, MAX_REPLY_BYTES};
use rustix::process::{Pid, Signal, kill_process_group};
use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// Longest time a decoder may take.
pub const TIME: Duration = Duration::from_secs(2);

/// What shuts a command off, and what limits it. Absolute, so that no search path decides.
const UNSHARE: &str = "/usr/bin/unshare";
const PRLIMIT: &str = "/usr/bin/prlimit";
/// A new user namespace (so that the others need no privilege), one without a network, and one of processes that ends whole.
const NAMESPACES: [&str; 5] = ["--user", "--net", "--pid", "--fork", "--kill-child=KILL"];
/// The namespace's first process, which only waits: a command that were first itself would be deaf to signals, its own crash's
/// too, and so seem to end well.
const FIRST: [&str; 3] = [UNSHARE, "--fork", "--"];
/// Seconds of processor, bytes of memory, open files, bytes of a file that it writes, and no core dumps.
const LIMITS: [&str; 5] = ["--cpu=3", "--as=4294967296", "--nofile=64", "--fsize=1048576", "--core=0"];

/// The commands that the kiosk's file names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoders {
    /// Name to program and arguments.
    pub commands: BTreeMap<String, Vec<PathBuf>>,
    /// How long one may take.
    pub time: Duration,
}

impl Default for Decoders {
    fn default() -> Self {
        Decoders { commands: BTreeMap::new(), time: TIME }
    }
}

impl Decoders {
    /// Runs the command of this name on a payload.
    ///
    /// # Errors
    /// [`Failure::TimedOut`] after its time; [`Failure::Failed`] when there is no such command, it cannot be shut off, it ends
    /// with a failure, or it says more than [`MAX_REPLY_BYTES`]. The log says which, and nothing of the code.
    pub fn run(&self, name: &str, payload: &[u8]) -> Result<Vec<u8>, Failure> {
        let Some(command) = self.commands.get(name) else {
            tracing::error!(decoder = name, "a task lists a decoder that this kiosk's file does not name");
            return Err(Failure::Failed);
        };
        let done = answer(shut_off(command), payload, self.time);
        if let Err(broken) = &done {
            tracing::error!(decoder = name, reason = %broken, "a decoder gave no answer");
        }
        done.map_err(|broken| match broken {
            Broken::Late => Failure::TimedOut,
            Broken::Start(_) | Broken::Flood | Broken::End(_) => Failure::Failed,
        })
    }

    /// Whether this computer can shut a command off; `None` when no command is configured.
    ///
    /// # Errors
    /// Why it cannot; then no decoder is run.
    #[must_use]
    pub fn probe(&self) -> Option<Result<(), String>> {
        if self.commands.is_empty() {
            return None;
        }
        // The kernel's own list of interfaces, as a command would see it: two lines of heading and loopback, which is down.
        let look = [PathBuf::from("/bin/cat"), PathBuf::from("/proc/self/net/dev")];
        let seen = match answer(shut_off(&look), b"", self.time) {
            Ok(seen) => String::from_utf8_lossy(&seen).into_owned(),
            Err(broken) => return Some(Err(broken.to_string())),
        };
        let interfaces: Vec<&str> =
            seen.lines().filter_map(|l| l.split_once(':')).map(|(name, _)| name.trim()).collect();
        Some(match interfaces.as_slice() {
            [] | ["lo"] => Ok(()),
            others => Err(format!("a command would see the network: {}", others.join(", "))),
        })
    }
}

/// Why a command gave no answer.
#[derive(Debug, thiserror::Error)]
enum Broken {
    #[error("it did not answer in time")]
    Late,
    #[error("it could not be started: {0}")]
    Start(std::io::Error),
    #[error("it said more than {MAX_REPLY_BYTES} bytes")]
    Flood,
    #[error("it ended with {0}; its command, or this kernel's user namespaces, are to be looked at")]
    End(String),
}

fn shut_off(command: &[PathBuf]) -> Command {
    let mut shut = Command::new(UNSHARE);
    shut.args(NAMESPACES).arg("--").args(FIRST).arg(PRLIMIT).args(LIMITS).arg("--").args(command);
    shut.env_clear().current_dir("/").process_group(0);
    shut.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    shut
}

/// Starts it, gives it the payload, and takes what it says until it ends or its time is over; either way nothing of it is left.
fn answer(mut command: Command, payload: &[u8], time: Duration) -> Result<Vec<u8>, Broken> {
    let until = Instant::now() + time;
    let mut running = Running(command.spawn().map_err(Broken::Start)?);
    let (input, output) = (running.0.stdin.take(), running.0.stdout.take());
    let payload = payload.to_vec();
    // Both ends in threads of their own: a command that neither reads nor writes must hold up nobody. They end when the
    // command's ends of the pipes are closed, that is at the latest when it is killed.
    std::thread::spawn(move || input.map(|mut input| input.write_all(&payload)));
    let (said, hear) = channel();
    std::thread::spawn(move || {
        let mut reply = Vec::new();
        let heard = output.map(|output| output.take(MAX_REPLY_BYTES as u64 + 1).read_to_end(&mut reply));
        // Nobody listens any more when the time is over.
        let _ = said.send(heard.is_some_and(|h| h.is_ok()).then_some(reply));
    });
    let reply = match hear.recv_timeout(until.saturating_duration_since(Instant::now())) {
        Ok(Some(reply)) => reply,
        Ok(None) => return Err(Broken::End("an unreadable answer".to_owned())),
        Err(RecvTimeoutError::Timeout) => return Err(Broken::Late),
        Err(RecvTimeoutError::Disconnected) => return Err(Broken::End("a broken pipe".to_owned())),
    };
    if reply.len() > MAX_REPLY_BYTES {
        return Err(Broken::Flood);
    }
    running.end(until)?;
    Ok(reply)
}

/// A started command; killed with everything it started when it is let go of.
struct Running(Child);

impl Running {
    /// Waits for an end that is a success.
    fn end(&mut self, until: Instant) -> Result<(), Broken> {
        loop {
            match self.0.try_wait() {
                Ok(Some(status)) if status.success() => return Ok(()),
                Ok(Some(status)) => return Err(Broken::End(status.to_string())),
                Err(error) => return Err(Broken::End(error.to_string())),
                Ok(None) if Instant::now() >= until => return Err(Broken::Late),
                Ok(None) => std::thread::sleep(Duration::from_millis(2)),
            }
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Killing `unshare` kills the namespace's first process (--kill-child), and with it the kernel kills the rest.
        if let Ok(id) = i32::try_from(self.0.id())
            && let Some(group) = Pid::from_raw(id)
            && matches!(self.0.try_wait(), Ok(None))
        {
            let _ = kill_process_group(group, Signal::KILL);
        }
        let _ = self.0.wait();
    }
}

#[cfg(test)]
mod tests;
