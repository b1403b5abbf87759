//! The central server's program: reads the command line and turns the result into an exit code.

#![deny(clippy::wildcard_enum_match_arm)]

mod cli;

use clap::Parser;
use cli::args::Args;
use rustix::fs::Mode;
use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    // Files that the program writes, the database's own included, are readable by their owner alone.
    rustix::process::umask(Mode::RWXG | Mode::RWXO);
    let args = Args::parse();
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    match cli::run::run(args.command).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // The errors name their object themselves; a backtrace would only hide the sentence.
            eprintln!("central: {error}");
            ExitCode::FAILURE
        }
    }
}
