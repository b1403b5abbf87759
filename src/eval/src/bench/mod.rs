//! The budgets, measured in one run on one machine next to their peers, and written into `docs/MEASUREMENTS.md` (`make bench`).
//! Ratios are what counts. A missed budget is a figure, not an error.

mod codes;
mod portraits;
mod row;
mod whole;

use std::path::Path;
use std::process::ExitCode;

use crate::page;
use crate::report::Report;
use crate::sets::{SetNotNamed, Sets};
use row::{Bench, NotMeasured};

const BEGIN: &str = "<!-- bench:begin -->";
const END: &str = "<!-- bench:end -->";

/// Measures every budget and writes the table.
///
/// # Errors
/// When the page cannot be written. A row that fails is reported by the exit code.
pub fn run(sets: &Sets, peers: Option<&Path>) -> anyhow::Result<ExitCode> {
    let bench = Bench { sets, peers };
    let mut failed = 0;
    let mut table = Report::default();
    table.columns(&["what", "budget", "measured", "command"]);
    for row in codes::ROWS.iter().chain(portraits::ROWS).chain(whole::ROWS) {
        eprintln!("bench: {} ...", row.what);
        let measured = (row.measure)(&bench).unwrap_or_else(|error| {
            if error.is::<NotMeasured>() || error.is::<SetNotNamed>() {
                format!("not measured yet: {error}")
            } else {
                failed += 1;
                format!("the measurement failed: {error:#}")
            }
        });
        eprintln!("bench:   {measured}");
        table.row(&[row.what, row.budget, &measured, &format!("`{}`", row.command)]);
    }
    page::replace_between(BEGIN, END, &format!("{}\n\n{}", circumstances(), table.finish().trim_end()))?;
    eprintln!("bench: written to docs/MEASUREMENTS.md");
    Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// When, on which machine, and how busy it was.
fn circumstances() -> String {
    let information = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = information.lines().find(|line| line.starts_with("model name"));
    let processor =
        model.and_then(|line| line.split_once(": ")).map_or("unknown processor", |(_, name)| name);
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split(' ').next().and_then(|text| text.parse::<f64>().ok()).unwrap_or(f64::NAN);
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    format!("{}, {cores} cores of {processor}, load {load:.1} at the end.", page::stamp())
}
