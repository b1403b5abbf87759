//! The kiosk's main: reads the command line, does what it says, and turns the outcome into an exit code.

use anyhow::Result;
use clap::Parser as _;
use kiosk::cli::{Cli, Command};
use kiosk::config::Config;
use kiosk::play::Script;
use std::path::Path;
use std::process::ExitCode;
use tracing_subscriber::EnvFilter;

fn main() -> ExitCode {
    if let Err(error) = portrait::disable_telemetry() {
        eprintln!("kiosk: {error}");
        return ExitCode::from(2);
    }
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    // Faces and keys are in this process's memory; none of it belongs on a disk.
    if let Err(error) = rustix::process::setrlimit(
        rustix::process::Resource::Core,
        rustix::process::Rlimit { current: Some(0), maximum: Some(0) },
    ) {
        tracing::warn!(%error, "core dumps could not be turned off");
    }
    match run(&Cli::parse()) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("kiosk: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn run(cli: &Cli) -> Result<ExitCode> {
    let config = Config::read(&cli.config)?;
    let models = cli.models.as_deref();
    match &cli.command {
        None => kiosk::run::open(&config, models).map(|()| ExitCode::SUCCESS),
        Some(Command::Doctor { json }) => doctor(&config, models, *json),
        Some(Command::Play { script, out }) => {
            let summary = kiosk::run::play(&config, models, &Script::read(script)?, out)?;
            println!("{}", serde_json::to_string(&summary)?);
            Ok(if summary.ok { ExitCode::SUCCESS } else { ExitCode::from(1) })
        }
    }
}

fn doctor(config: &Config, models: Option<&Path>, json: bool) -> Result<ExitCode> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let findings = runtime.block_on(kiosk::doctor::examine(config, models));
    for finding in &findings {
        if json {
            println!("{}", serde_json::to_string(finding)?);
            continue;
        }
        println!("{} {:7} {}", if finding.ok { "ok " } else { "BAD" }, finding.part, finding.found);
        if !finding.advice.is_empty() {
            println!("            -> {}", finding.advice);
        }
    }
    Ok(if findings.iter().all(|f| f.ok) { ExitCode::SUCCESS } else { ExitCode::from(1) })
}
