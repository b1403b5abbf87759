//! Budgets of the whole: screens, memory, search, the visit, the server. A row that cannot be measured yet says why.

use std::process::Command;

use anyhow::Context as _;
use serde::Deserialize;

use super::row::{Bench, NotMeasured, Row};
use crate::process::{program, root, run};
use crate::task_search;

/// Tasks in the search's index.
const TASKS: usize = 100_000;

/// The rows of the table.
pub const ROWS: &[Row] = &[
    Row {
        what: "UI frame with a 1280x720 preview",
        budget: "<= 8 ms",
        command: "-",
        measure: |_| not_yet("the app does not time its frames"),
    },
    Row {
        what: "start to usable",
        budget: "<= 2 s",
        command: "-",
        measure: |_| not_yet("the app does not mark the end of its start"),
    },
    Row {
        what: "memory",
        budget: "<= 250 MB idle, flat over 10,000 visits",
        command: "-",
        measure: |_| not_yet("needs a long run of visits"),
    },
    Row {
        what: "search",
        budget: "100,000 entries, <= 20 ms a keystroke",
        command: "eval task-search",
        measure: search,
    },
    Row {
        what: "the common visit",
        budget: "<= 6 touches, <= 47 s",
        command: "scripts/run.sh headless",
        measure: visit,
    },
    Row {
        what: "central",
        budget: "200 kiosks, p99 journal call <= 500 ms",
        command: "-",
        measure: |_| not_yet("the load driver is not built"),
    },
];

fn not_yet(reason: &str) -> anyhow::Result<String> {
    Err(NotMeasured(reason.to_owned()).into())
}

/// Every prefix of eight texts among 100,000 tasks of 20,000 schools, on one thread.
fn search(_: &Bench<'_>) -> anyhow::Result<String> {
    let times = task_search::measure(TASKS);
    Ok(format!(
        "median {:.1} ms, p95 {:.1} ms, slowest {:.1} ms of {} keystrokes; the index takes {:.0} ms once",
        times.median_ms, times.p95_ms, times.max_ms, times.keystrokes, times.index_ms
    ))
}

/// The summary that a played visit writes.
#[derive(Deserialize)]
struct Summary {
    touches: u32,
    seconds: f64,
    screens: Vec<serde_json::Value>,
}

/// The demo's visit against a new server, played by real processes.
fn visit(_: &Bench<'_>) -> anyhow::Result<String> {
    program("kiosk")?;
    let state = tempfile::tempdir()?;
    let ran = run(Command::new("scripts/run.sh").arg("headless").env("KIOSK_STATE", state.path()))?;
    if ran.code != Some(0) {
        return Err(NotMeasured(format!("the demo's visit ended with exit code {:?}", ran.code)).into());
    }
    let path = root().join("out/demo/summary.json");
    let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let Summary { touches, seconds, screens } = serde_json::from_str(&text)?;
    Ok(format!(
        "{touches} touches, {seconds:.1} s of machine time (the student's own time is not in it), {} screens",
        screens.len()
    ))
}
