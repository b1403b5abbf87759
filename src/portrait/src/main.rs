//! `portrait`: the photo engine on the command line.
//!
//! Results go to stdout, one JSON object per input and line with `--json`; logs go to stderr. Exit: 0 good, 1 bad, 2 could
//! not be judged.

mod tool;

use anyhow::Context;
use clap::{Args, Parser, Subcommand};
use portrait::Engine;
use standard::BackgroundName;
use std::path::PathBuf;
use std::process::ExitCode;
use tool::outcome::Outcome;

/// What the help says last.
const AFTER: &str = "\
Exit codes: 0 good, 1 bad (blocked, refused, another person, the same photograph), 2 could not be judged. Of several inputs the
worst counts. Results go to standard output, one line or JSON object per input; logs to standard error (RUST_LOG sets how many).
Pictures are JPEG, PNG, WebP or BMP up to 60 megapixels; their EXIF orientation and colour profile are applied.";

/// Judges captured pictures, makes registration portraits, verifies finished files.
#[derive(Parser)]
#[command(name = "portrait", version, after_help = AFTER)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    /// Folder of the networks; default $KIOSK_MODELS, then models/cache upwards from here.
    #[arg(long, global = true, value_name = "DIR")]
    models: Option<PathBuf>,
}

#[derive(Args)]
pub(crate) struct Standard {
    /// Name of a preset that is built in (chsi, gat461), or a TOML file.
    #[arg(long, default_value = "chsi")]
    pub(crate) preset: String,
    /// Print one JSON object per input and line.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Subcommand)]
enum Command {
    /// Makes every capture check on pictures.
    Check {
        /// The pictures.
        #[arg(required = true)]
        images: Vec<PathBuf>,
        #[command(flatten)]
        standard: Standard,
    },
    /// Makes the portrait of a picture.
    Make {
        /// The picture.
        image: PathBuf,
        #[command(flatten)]
        standard: Standard,
        /// Name of a background that the preset has; its first one if not given.
        #[arg(long, value_name = "NAME")]
        background: Option<BackgroundName>,
        /// Where the portrait goes.
        #[arg(short, long)]
        output: PathBuf,
        /// Refuse on blocking capture checks too.
        #[arg(long)]
        strict: bool,
        /// Take the quicker way to a matte: single hairs soften.
        #[arg(long)]
        fast: bool,
        /// Also write the matte, at the input's size, as PNG.
        #[arg(long, value_name = "FILE")]
        alpha: Option<PathBuf>,
    },
    /// Measures the file rules on finished portraits.
    Verify {
        /// The files.
        #[arg(required = true)]
        files: Vec<PathBuf>,
        #[command(flatten)]
        standard: Standard,
        /// Name of the background that the file must have; the preset's first one if not given.
        #[arg(long, value_name = "NAME")]
        background: Option<BackgroundName>,
    },
    /// Compares the main faces of two pictures.
    Compare {
        /// One picture.
        a: PathBuf,
        /// The other.
        b: PathBuf,
        /// Print a JSON object.
        #[arg(long)]
        json: bool,
    },
    /// Makes the portraits of all pictures of a folder, not of its sub-folders.
    Batch {
        /// The folder.
        folder: PathBuf,
        #[command(flatten)]
        standard: Standard,
        /// Name of a background that the preset has; its first one if not given.
        #[arg(long, value_name = "NAME")]
        background: Option<BackgroundName>,
        /// Folder for the portraits and verdicts.csv.
        #[arg(short, long)]
        output: PathBuf,
        /// Refuse on blocking capture checks too.
        #[arg(long)]
        strict: bool,
        /// Take the quicker way to a matte: single hairs soften.
        #[arg(long)]
        fast: bool,
    },
}

fn main() -> ExitCode {
    if let Err(error) = portrait::disable_telemetry() {
        eprintln!("portrait: {error}");
        return ExitCode::from(2);
    }
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    match run(Cli::parse()) {
        Ok(outcome) => ExitCode::from(outcome.code()),
        Err(error) => {
            eprintln!("portrait: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn run(cli: Cli) -> anyhow::Result<Outcome> {
    let folder = portrait::find_models(cli.models.as_deref());
    let engine = Engine::open(&folder);
    match cli.command {
        Command::Check { images, standard } => {
            let preset = tool::preset(&standard.preset)?;
            Ok(tool::each(&images, standard.json, |path| tool::check::run(&engine, path, &preset)))
        }
        Command::Verify { files, standard, background } => {
            let preset = tool::preset(&standard.preset)?;
            let background = tool::background(&preset, background)?;
            Ok(tool::each(&files, standard.json, |path| {
                tool::check::verify(&engine, path, &preset, background)
            }))
        }
        Command::Make { image, standard, background, output, strict, fast, alpha } => {
            let preset = tool::preset(&standard.preset)?;
            let background = tool::background(&preset, background)?;
            let job = tool::make::Job { preset: &preset, background, strict, fast, alpha: alpha.as_deref() };
            Ok(tool::each(&[image], standard.json, |path| tool::make::run(&engine, path, &output, &job)))
        }
        Command::Compare { a, b, json } => {
            Ok(tool::each(&[a], json, |path| tool::compare::run(&engine, path, &b)))
        }
        Command::Batch { folder, standard, background, output, strict, fast } => {
            let preset = tool::preset(&standard.preset)?;
            let background = tool::background(&preset, background)?;
            let job = tool::make::Job { preset: &preset, background, strict, fast, alpha: None };
            tool::batch::run(&engine, &folder, &output, &job, standard.json)
                .with_context(|| format!("folder {}", folder.display()))
        }
    }
}
