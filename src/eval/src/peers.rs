//! The peers that are Python packages, behind `scripts/bench/peers.py`.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use anyhow::{Context as _, ensure};
use serde::Deserialize;

use crate::process::{models, root, run};
use crate::statistics::Sorted;

fn script() -> PathBuf {
    root().join("scripts/bench/peers.py")
}

/// The result of zxing-cpp on a set of photographed codes.
#[derive(Debug)]
pub struct Zxing {
    /// Pictures in which the expected text was read.
    pub read: usize,
    /// Pictures in which only the expected text was read.
    pub right: usize,
    /// Pictures in which another text was read.
    pub wrong: usize,
    /// Pictures in which nothing was read.
    pub missed: usize,
    /// Median processor time of a picture, ms.
    pub median_millis: f64,
    /// 95th percentile, ms.
    pub p95_millis: f64,
    /// The slowest picture, ms.
    pub most_millis: f64,
}

#[derive(Deserialize)]
struct ZxingLine {
    read: usize,
    right: usize,
    wrong: usize,
    missed: usize,
    millis: Vec<f64>,
}

/// Reads the set of photographed codes in `folder` with zxing-cpp.
///
/// # Errors
/// When the peer fails.
pub fn zxing(python: &Path, folder: &Path) -> anyhow::Result<Zxing> {
    let folder = std::fs::canonicalize(folder)?;
    let ran = run(Command::new(python).arg("-B").arg(script()).arg("zxing").arg(folder))?;
    let [line]: [ZxingLine; 1] = ran.json_lines()?.try_into().ok().context("zxing-cpp failed")?;
    let millis = Sorted::new(line.millis);
    Ok(Zxing {
        read: line.read,
        right: line.right,
        wrong: line.wrong,
        missed: line.missed,
        median_millis: millis.median(),
        p95_millis: millis.above(0.95),
        most_millis: millis.above(1.0),
    })
}

/// A running MODNet peer: loaded once, and asked for one round at a time.
pub struct Modnet {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Modnet {
    /// Starts the peer with these pictures and lets it run once, because the first run allocates.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn start(python: &Path, pictures: &[PathBuf]) -> anyhow::Result<Modnet> {
        let mut command = Command::new(python);
        command.arg("-B").arg(script()).arg("modnet").arg(models().join("modnet.onnx")).args(pictures);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let input = child.stdin.take().context("its input is a pipe")?;
        let output = BufReader::new(child.stdout.take().context("its output is a pipe")?);
        let mut peer = Modnet { child, input, output };
        peer.seconds()?;
        Ok(peer)
    }

    /// Seconds of one picture, averaged over all of them.
    ///
    /// # Errors
    /// When the peer has ended.
    pub fn seconds(&mut self) -> anyhow::Result<f64> {
        writeln!(self.input, "again")?;
        let mut line = String::new();
        ensure!(self.output.read_line(&mut line)? > 0, "the peer has ended");
        Ok(line.trim().parse()?)
    }
}

impl Drop for Modnet {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
