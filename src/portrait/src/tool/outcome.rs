//! What a command says about one input: a JSON object, its exit code, and a few lines for people.

use portrait::{Assessment, EngineError};
use sentences::{Code, Lang, say, say_with};
use serde_json::{Map, Value, json};
use standard::{Check, Verdict};
use std::path::Path;

/// Good, bad, or could not be judged; the worst is the greatest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Outcome {
    Good,
    Bad,
    Unjudged,
}

impl Outcome {
    pub(crate) const fn code(self) -> u8 {
        match self {
            Outcome::Good => 0,
            Outcome::Bad => 1,
            Outcome::Unjudged => 2,
        }
    }

    pub(crate) fn of(verdict: Verdict) -> Outcome {
        match verdict {
            Verdict::Pass | Verdict::Warn => Outcome::Good,
            Verdict::Block => Outcome::Bad,
            Verdict::NotAssessed => Outcome::Unjudged,
        }
    }
}

/// The report on one input.
#[derive(Debug)]
pub(crate) struct Report {
    pub(crate) outcome: Outcome,
    pub(crate) json: Map<String, Value>,
    /// What a person reads without `--json`.
    pub(crate) lines: Vec<String>,
}

impl Report {
    /// A report on `path` with the fields of `body`, which must be a JSON object.
    pub(crate) fn new(path: &Path, outcome: Outcome, body: Value) -> Report {
        let mut json = Map::new();
        json.insert("input".into(), path.display().to_string().into());
        if let Value::Object(fields) = body {
            json.extend(fields);
        }
        Report { outcome, json, lines: Vec::new() }
    }

    /// Could not be judged, and why.
    pub(crate) fn unjudged(
        path: &Path,
        code: Code,
        args: &[(&'static str, String)],
        detail: Option<String>,
    ) -> Report {
        let mut reason = sentence(code, args);
        if let Some(detail) = detail {
            reason["detail"] = detail.into();
        }
        let line = format!("{}: {}", path.display(), reason["hint_en"].as_str().unwrap_or_default());
        let mut report = Report::new(path, Outcome::Unjudged, json!({ "verdict": null, "reason": reason }));
        report.lines.push(line);
        report
    }

    /// The engine could not work.
    pub(crate) fn engine(path: &Path, error: &EngineError) -> Report {
        Report::unjudged(path, error.code(), &[("file", error.file())], Some(error.to_string()))
    }

    /// Prints the report to stdout.
    pub(crate) fn print(&self, json: bool) {
        if json {
            println!("{}", Value::Object(self.json.clone()));
        } else {
            self.lines.iter().for_each(|line| println!("{line}"));
        }
    }
}

/// A sentence by its code, in both languages, its advice behind it.
pub(crate) fn sentence(code: Code, args: &[(&'static str, String)]) -> Value {
    let both = |lang: Lang, gap: &str| {
        let what = say_with(code, lang, args);
        match code.remedy() {
            Some(remedy) => format!("{what}{gap}{}", say_with(remedy, lang, args)),
            None => what,
        }
    };
    json!({ "code": code, "hint": both(Lang::Zh, ""), "hint_en": both(Lang::En, " ") })
}

/// An assessment as the stable JSON of the tool: every check with its hints.
pub(crate) fn assessment(found: &Assessment) -> Value {
    let checks: Vec<Value> = found.checks.iter().map(hinted).collect();
    json!({
        "verdict": found.verdict,
        "checks": checks,
        "face": found.face,
        "others": found.others,
        "not_assessed": found.not_assessed,
    })
}

/// A check with its sentence; one that passes needs none.
fn hinted(check: &Check) -> Value {
    let number = |v: Option<f64>| v.map(|v| format!("{v}")).unwrap_or_default();
    let (value, min, max) = (number(check.value), number(check.threshold.min), number(check.threshold.max));
    let args = [("value", value.as_str()), ("min", min.as_str()), ("max", max.as_str())];
    let mut json = serde_json::to_value(check).unwrap_or_default();
    let silent = check.verdict == Verdict::Pass;
    json["hint"] = if silent { Value::Null } else { say(check.code, Lang::Zh, &args).into() };
    json["hint_en"] = if silent { Value::Null } else { say(check.code, Lang::En, &args).into() };
    json
}

/// Lines for people: the verdict and every check that does not pass.
pub(crate) fn lines(path: &Path, found: &Assessment) -> Vec<String> {
    let mut out = vec![format!("{}: {:?}", path.display(), found.verdict)];
    for check in found.checks.iter().filter(|c| c.verdict != Verdict::Pass) {
        let value = check.value.map_or_else(|| "-".to_owned(), |v| format!("{v} {}", check.unit));
        out.push(format!("  {:?} {} {value}: {}", check.verdict, check.name, say(check.code, Lang::En, &[])));
    }
    out
}
