//! A place without a network: a namespace with nothing but loopback, whose only name server writes down what it is asked, and with
//! a home folder and a folder for temporary files that are empty when a program starts.
//!
//! Namespaces belong to a process, so the test starts its own executable again inside (`unshare`, which needs no privilege where
//! the kernel permits user namespaces).

use anyhow::{Context as _, Result, ensure};
use std::net::{ToSocketAddrs as _, UdpSocket};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex, PoisonError};

/// Says to the executable that it is inside, and in which folder.
const INSIDE: &str = "SEALED_FOLDER";
/// A name that the test itself asks for, to see that the name server hears questions.
const PROBE: &str = "probe.invalid";
/// Folders below the test's that stand for the user's home and for /tmp.
const EMPTY: [&str; 2] = ["home", "tmp"];

/// Runs the ignored test `name` of this executable in a namespace of its own.
///
/// # Errors
/// When it fails, or when the kernel permits no namespaces.
pub fn run_inside(name: &str, folder: &Path) -> Result<()> {
    for empty in EMPTY {
        std::fs::create_dir_all(folder.join(empty))?;
    }
    let mut command = Command::new("unshare");
    command.args(["--user", "--map-root-user", "--net", "--mount", "--"]).arg(std::env::current_exe()?);
    command.args(["--ignored", "--exact", "--nocapture", name]);
    command.env(INSIDE, folder).env("HOME", folder.join("home")).env("TMPDIR", folder.join("tmp"));
    for variable in ["ORT_DISABLE_TELEMETRY", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"] {
        command.env_remove(variable);
    }
    let status = command.status().context("unshare cannot be started")?;
    ensure!(status.success(), "{name} failed in its namespace ({status}); what it said stands above");
    Ok(())
}

/// The folder of the test, where this process is inside; `None` elsewhere.
#[must_use]
pub fn folder() -> Option<PathBuf> {
    std::env::var_os(INSIDE).map(PathBuf::from)
}

/// The name server of the namespace, and the folders that must stay empty.
#[derive(Debug)]
pub struct Watch {
    folder: PathBuf,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Watch {
    /// Brings loopback up and becomes the name server.
    ///
    /// # Errors
    /// When this process is not root of a namespace of its own.
    pub fn begin(folder: &Path) -> Result<Watch> {
        let resolver = folder.join("resolv.conf");
        std::fs::write(&resolver, "nameserver 127.0.0.1\noptions timeout:1 attempts:1\n")?;
        let system = std::fs::canonicalize("/etc/resolv.conf").context("/etc/resolv.conf")?;
        run(Command::new("ip").args(["link", "set", "lo", "up"]))?;
        run(Command::new("mount").arg("--bind").arg(&resolver).arg(system))?;
        let socket = UdpSocket::bind(("127.0.0.1", 53)).context("port 53 of loopback")?;
        let asked = Arc::new(Mutex::new(Vec::new()));
        let names = Arc::clone(&asked);
        std::thread::spawn(move || answer(&socket, &names));
        let watch = Watch { folder: folder.to_owned(), asked };
        ensure!((PROBE, 80).to_socket_addrs().is_err(), "{PROBE} has an address");
        ensure!(watch.asked().iter().all(|name| name == PROBE), "asked already: {:?}", watch.asked());
        ensure!(!watch.asked().is_empty(), "the name server does not hear questions");
        Ok(watch)
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Checks that no name was asked for and that home and /tmp are as they were.
    ///
    /// # Errors
    /// Names what was asked for or left.
    pub fn nothing_left_the_programs(&self) -> Result<()> {
        let names: Vec<String> = self.asked().into_iter().filter(|name| name != PROBE).collect();
        ensure!(names.is_empty(), "the name server was asked for {names:?}");
        for empty in EMPTY {
            let left: Vec<PathBuf> = std::fs::read_dir(self.folder.join(empty))?
                .map(|entry| entry.map(|e| e.path()))
                .collect::<Result<_, _>>()?;
            ensure!(left.is_empty(), "left behind: {left:?}");
        }
        Ok(())
    }
}

fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("{command:?}"))?;
    ensure!(status.success(), "{command:?} ended with {status}");
    Ok(())
}

/// Writes every name down and answers that it does not exist.
fn answer(socket: &UdpSocket, names: &Mutex<Vec<String>>) {
    let mut question = [0; 512];
    while let Ok((length, from)) = socket.recv_from(&mut question) {
        let Some(message) = question.get_mut(..length).filter(|m| m.len() > 12) else { continue };
        names.lock().unwrap_or_else(PoisonError::into_inner).push(name_of(&message[12..]));
        // RFC 1035, section 4.1.1: a response with the code "name error", and the question as it came.
        message[2] |= 0x80;
        message[3] = 0x83;
        let _ = socket.send_to(message, from);
    }
}

/// The name at the beginning of a question (RFC 1035, section 4.1.2): labels with their lengths, ended by an empty one.
fn name_of(mut question: &[u8]) -> String {
    let mut labels = Vec::new();
    while let Some((&length, rest)) = question.split_first().filter(|(length, _)| **length > 0) {
        let (label, behind) = rest.split_at(usize::from(length).min(rest.len()));
        labels.push(String::from_utf8_lossy(label).into_owned());
        question = behind;
    }
    labels.join(".")
}
