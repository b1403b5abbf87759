//! `scan IMG...`: reads the codes in picture files.
//!
//! With `--json` one object a line goes to standard output: `{"file","texts","bytes_base64","millis"}`; `texts` and
//! `bytes_base64` run in parallel, and a payload that is no text has `null` in `texts`. A file that could not be read
//! also carries `error` (the sentence's code) and `reason`. Exit code: 0 every picture held a code, 1 at least one held
//! none, 2 at least one could not be read.

use sentences::Code;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use clap::{Parser, ValueEnum};
use scan::{Luma, Mode, Scanner, picture};
use serde::Serialize;

/// Reads the QR codes in picture files.
#[derive(Parser)]
#[command(version)]
struct Args {
    /// Pictures: JPEG, PNG, WebP or BMP.
    #[arg(required = true, value_name = "IMG")]
    images: Vec<PathBuf>,
    /// One JSON object per picture.
    #[arg(long)]
    json: bool,
    /// How much time a picture is given.
    #[arg(long, value_enum, default_value = "thorough")]
    mode: ModeArg,
}

#[derive(Clone, Copy, ValueEnum)]
enum ModeArg {
    /// As for camera frames: about 30 ms.
    Live,
    /// As for stills: up to 500 ms.
    Thorough,
}

/// One line of output.
#[derive(Serialize)]
struct Line {
    file: String,
    texts: Vec<Option<String>>,
    bytes_base64: Vec<String>,
    millis: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<Code>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

fn main() -> anyhow::Result<ExitCode> {
    let args = Args::parse();
    let mode = match args.mode {
        ModeArg::Live => Mode::Live,
        ModeArg::Thorough => Mode::Thorough,
    };
    let mut out = std::io::stdout().lock();
    let mut worst = 0;
    for image in &args.images {
        let line = scan_file(image, mode);
        worst = worst.max(match (&line.error, line.bytes_base64.is_empty()) {
            (Some(_), _) => 2,
            (None, true) => 1,
            (None, false) => 0,
        });
        if args.json {
            writeln!(out, "{}", serde_json::to_string(&line)?)?;
        } else {
            writeln!(out, "{}", as_text(&line))?;
        }
    }
    Ok(ExitCode::from(worst))
}

fn scan_file(image: &Path, mode: Mode) -> Line {
    let file = image.display().to_string();
    let start = Instant::now();
    let mut line = Line { file, texts: vec![], bytes_base64: vec![], millis: 0.0, error: None, reason: None };
    match picture::open(image) {
        Ok(grey) => {
            let luma = Luma { pixels: grey.as_raw(), width: grey.width(), height: grey.height() };
            for code in Scanner::new(mode).scan(luma).codes {
                line.bytes_base64.push(STANDARD.encode(&code.bytes));
                line.texts.push(code.text.map(|text| text.text));
            }
        }
        Err(error) => {
            line.error = Some(error.code());
            line.reason = Some(error.to_string());
        }
    }
    line.millis = (start.elapsed().as_secs_f64() * 1e4).round() / 10.0;
    line
}

fn as_text(line: &Line) -> String {
    if let Some(reason) = &line.reason {
        return reason.clone();
    }
    let shown: Vec<String> = line
        .texts
        .iter()
        .zip(&line.bytes_base64)
        .map(|(text, bytes)| text.clone().unwrap_or_else(|| format!("(base64) {bytes}")))
        .collect();
    let content = if shown.is_empty() { "no code found".to_owned() } else { shown.join(" | ") };
    format!("{}: {content}", line.file)
}
