//! `portrait check` and `portrait verify`.

use super::outcome::{Outcome, Report, assessment, lines};
use portrait::{Assessment, Engine, EngineError, VerifyError};
use standard::{BackgroundName, Preset};
use std::path::Path;

pub(crate) fn run(engine: &Result<Engine, EngineError>, path: &Path, preset: &Preset) -> Report {
    let picture = match super::picture(path) {
        Ok(picture) => picture,
        Err(report) => return *report,
    };
    match engine.as_ref().map(|e| e.assess(&picture, preset)) {
        Ok(Ok(found)) => report(path, &found),
        Ok(Err(e)) => Report::engine(path, &e),
        Err(e) => Report::engine(path, e),
    }
}

pub(crate) fn verify(
    engine: &Result<Engine, EngineError>,
    path: &Path,
    preset: &Preset,
    background: BackgroundName,
) -> Report {
    let bytes = match super::read(path) {
        Ok(bytes) => bytes,
        Err(report) => return *report,
    };
    match engine.as_ref().map(|e| e.verify(&bytes, preset, background)) {
        Ok(Ok(found)) => report(path, &found),
        Ok(Err(VerifyError::Decode(e))) => Report::unjudged(path, e.code(), &[], Some(e.to_string())),
        Ok(Err(VerifyError::Engine(e))) => Report::engine(path, &e),
        Err(e) => Report::engine(path, e),
    }
}

fn report(path: &Path, found: &Assessment) -> Report {
    let mut report = Report::new(path, Outcome::of(found.verdict), assessment(found));
    report.lines = lines(path, found);
    report
}
