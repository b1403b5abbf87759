//! `eval`: accuracy and speed of the photo engine, the code reader and the school search, measured on named sets.
//!
//! Each table of `docs/MEASUREMENTS.md` is one subcommand, which prints it or, with `--write`, replaces it there (`make eval
//! NAME=...`). `eval bench` measures the budgets (`make bench`). Nothing depends on this crate, and it is not part of `make run`.

mod bench;
mod chance;
mod clips;
mod codes;
mod page;
mod peers;
mod portraits;
mod process;
mod report;
mod sets;
mod statistics;
mod table;
mod task_search;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::{Parser, Subcommand};
use sets::{SetNotNamed, Sets};
use table::Table;

/// Measures accuracy and speed on named sets.
///
/// FACES_SET names a folder of faces with expect.csv and people.csv, QUALITY_SET a folder of published raw values and scores,
/// QR_SET a folder of photographed codes with expected.jsonl.
#[derive(Parser)]
#[command(version)]
struct Args {
    #[command(subcommand)]
    command: Command,
    /// Replaces the table in docs/MEASUREMENTS.md instead of printing it.
    #[arg(long, global = true)]
    write: bool,
}

#[derive(Subcommand)]
enum Command {
    #[command(flatten)]
    Table(Table),
    /// Every table whose set is named.
    All,
    /// The budgets, each next to its limit.
    Bench {
        /// A Python interpreter that has the peers of scripts/bench/requirements.txt.
        #[arg(long, value_name = "PYTHON")]
        peers: Option<PathBuf>,
    },
    /// How long a live verdict takes, as one JSON object.
    LiveTimes {
        /// Pictures of one person each.
        #[arg(required = true)]
        pictures: Vec<PathBuf>,
    },
    /// How long each stage of a portrait takes.
    Stages {
        /// Pictures of one person each.
        #[arg(required = true)]
        pictures: Vec<PathBuf>,
    },
    /// How long a keystroke of the school search takes, as one JSON object.
    TaskSearch {
        /// Tasks in the index.
        #[arg(default_value_t = 100_000)]
        entries: usize,
    },
    /// Renders clips of the recorded camera as PNG files, for checking them by eye.
    Clips(clips::Options),
    /// Renders one generated code for each step of each axis as PNG files, for checking them by eye.
    CodesShow {
        /// Where the files go.
        folder: PathBuf,
    },
    /// One route of the table `matte`, as one JSON object; a process of its own, because its peak memory is measured.
    #[command(hide = true)]
    MatteRoute {
        /// Index of the route.
        route: usize,
        /// Pictures of one person each.
        #[arg(required = true)]
        pictures: Vec<PathBuf>,
    },
}

fn main() -> anyhow::Result<ExitCode> {
    let args = Args::parse();
    let sets = Sets::from_environment();
    match args.command {
        Command::Table(table) => one(&table, &sets, args.write)?,
        Command::All => return all(&sets, args.write),
        Command::Bench { peers } => return bench::run(&sets, peers.as_deref()),
        Command::LiveTimes { pictures } => {
            println!("{}", serde_json::to_string(&portraits::live_times::measure(&pictures)?)?);
        }
        Command::Stages { pictures } => print!("{}", portraits::stages::measure(&pictures)?),
        Command::TaskSearch { entries } => {
            println!("{}", serde_json::to_string(&task_search::measure(entries))?);
        }
        Command::Clips(options) => clips::render(&options)?,
        Command::CodesShow { folder } => codes::synthetic::show(&folder)?,
        Command::MatteRoute { route, pictures } => {
            println!("{}", serde_json::to_string(&portraits::matte::measure_route(route, &pictures)?)?);
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn one(table: &Table, sets: &Sets, write: bool) -> anyhow::Result<()> {
    let text = table.measure(sets)?;
    if write {
        page::replace_table(table.name(), &text)?;
    } else {
        print!("{text}");
    }
    Ok(())
}

/// Measures every table; one that fails does not stop the others.
fn all(sets: &Sets, write: bool) -> anyhow::Result<ExitCode> {
    let mut failed = 0;
    for table in Table::all() {
        let name = table.name();
        eprintln!("eval: {name} ...");
        match one(&table, sets, write).with_context(|| name) {
            Err(error) if error.is::<SetNotNamed>() => eprintln!("eval: {error:#}; the table is unchanged"),
            Err(error) => {
                eprintln!("eval: {error:#}; the table is unchanged");
                failed += 1;
            }
            Ok(()) => {}
        }
    }
    Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
