//! `portrait make`.

use super::outcome::{Outcome, Report, assessment, sentence};
use portrait::{Assessment, Engine, EngineError, MakeError, MakeOptions, Portrait, Refusal};
use sentences::codes;
use serde_json::{Value, json};
use standard::{BackgroundName, Preset};
use std::path::Path;

/// What is wanted of every input.
pub(crate) struct Job<'a> {
    pub(crate) preset: &'a Preset,
    pub(crate) background: BackgroundName,
    pub(crate) strict: bool,
    pub(crate) fast: bool,
    pub(crate) alpha: Option<&'a Path>,
}

pub(crate) fn run(engine: &Result<Engine, EngineError>, path: &Path, output: &Path, job: &Job<'_>) -> Report {
    let picture = match super::picture(path) {
        Ok(picture) => picture,
        Err(report) => return *report,
    };
    let engine = match engine {
        Ok(engine) => engine,
        Err(e) => return Report::engine(path, e),
    };
    let options = MakeOptions { strict: job.strict, alpha: job.alpha.is_some(), fast: job.fast };
    match engine.make(&picture, job.preset, job.background, options) {
        Ok(portrait) => write(path, output, job, &portrait),
        Err(MakeError::Engine(e)) => Report::engine(path, &e),
        Err(MakeError::Encode(e)) => Report::unjudged(path, codes::REFUSAL_FILE, &[], Some(e.to_string())),
        Err(MakeError::Refused { refusal, capture }) => refused(path, &refusal, capture.as_deref()),
    }
}

fn write(path: &Path, output: &Path, job: &Job<'_>, portrait: &Portrait) -> Report {
    let failed = |detail: String| Report::unjudged(path, codes::REFUSAL_NOT_WRITTEN, &[], Some(detail));
    if let Err(e) = std::fs::write(output, &portrait.jpeg) {
        return failed(format!("{}: {e}", output.display()));
    }
    if let (Some(file), Some(alpha)) = (job.alpha, &portrait.alpha)
        && let Err(e) = alpha.save_with_format(file, image::ImageFormat::Png)
    {
        return failed(format!("{}: {e}", file.display()));
    }
    let body = json!({
        "verdict": portrait.file.verdict.max(portrait.capture.verdict),
        "made": true,
        "output": output.display().to_string(),
        "bytes": portrait.jpeg.len(),
        "capture": assessment(&portrait.capture),
        "file": assessment(&portrait.file),
    });
    let mut report = Report::new(path, Outcome::Good, body);
    report.lines.push(format!("{}: made {}", path.display(), output.display()));
    report.lines.extend(super::outcome::lines(path, &portrait.capture).into_iter().skip(1));
    report
}

fn refused(path: &Path, refusal: &Refusal, capture: Option<&Assessment>) -> Report {
    let mut reason = sentence(refusal.code(), &refusal.args());
    reason["detail"] = refusal.to_string().into();
    let line = format!("{}: {}", path.display(), reason["hint_en"].as_str().unwrap_or_default());
    let capture = capture.map_or(Value::Null, assessment);
    let body = json!({ "verdict": "block", "made": false, "reason": reason, "capture": capture });
    let mut report = Report::new(path, Outcome::Bad, body);
    report.lines.push(line);
    report
}
