//! `portrait compare`.

use super::outcome::{Outcome, Report};
use portrait::{CompareError, Engine, EngineError, Template, compare};
use serde_json::json;
use standard::{Band, Comparing};
use std::path::Path;

pub(crate) fn run(engine: &Result<Engine, EngineError>, a: &Path, b: &Path) -> Report {
    let (one, other) = match (template(engine, a), template(engine, b)) {
        (Ok(one), Ok(other)) => (one, other),
        (Err(report), _) | (_, Err(report)) => return *report,
    };
    let found = compare(&one, &other, &Comparing::default());
    // A copy of the admission photo is no new photograph, however alike the faces are.
    let good = found.band != Band::Below && !found.same_photo;
    let body = json!({
        "other": b.display().to_string(),
        "score": found.score,
        "band": found.band,
        "same_photo": found.same_photo,
        "similarity": (f64::from(found.similarity) * 1e4).round() / 1e4,
        "photo_likeness": (f64::from(found.photo_likeness) * 1e4).round() / 1e4,
    });
    let mut report = Report::new(a, if good { Outcome::Good } else { Outcome::Bad }, body);
    let copy = if found.same_photo { ", the same photograph" } else { "" };
    report.lines.push(format!("score {:.1}, {:?}{copy}", found.score, found.band));
    report
}

fn template(engine: &Result<Engine, EngineError>, path: &Path) -> Result<Template, Box<Report>> {
    let picture = super::picture(path)?;
    let engine = engine.as_ref().map_err(|e| Box::new(Report::engine(path, e)))?;
    engine.template(&picture).map_err(|e| {
        Box::new(match &e {
            CompareError::Engine(e) => Report::engine(path, e),
            other => Report::unjudged(path, other.code(), &[], None),
        })
    })
}
