//! The table `faces`: what `portrait batch` makes of a set of faces, and whether `portrait verify` accepts it. Pictures are named
//! by their number in `expect.csv`.

use crate::process::{program, run};
use crate::report::Report;
use crate::sets::faces::{self, ExpectedFace};
use anyhow::Context as _;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

const STANDARD: [&str; 4] = ["--preset", "chsi", "--background", "blue"];

/// A row of the batch's `verdicts.csv`.
#[derive(Clone, Debug, Default, serde::Deserialize)]
struct Verdict {
    file: String,
    outcome: String,
    #[serde(default)]
    code: String,
    #[serde(default)]
    output: String,
}

/// One picture: its number, the batch's verdict, and whether its portrait was accepted.
struct Result {
    number: usize,
    verdict: Verdict,
    accepted: bool,
}

/// Measures it on the set of faces in `folder`.
///
/// # Errors
/// When the set cannot be read or the programs cannot be run.
pub fn table(folder: &Path) -> anyhow::Result<String> {
    let expected = faces::list(folder)?;
    let out = tempfile::tempdir()?;
    let portrait = program("portrait")?;
    run(Command::new(&portrait).arg("batch").arg(folder).arg("-o").arg(out.path()).args(STANDARD))?;
    let mut seen: BTreeMap<String, Verdict> = BTreeMap::new();
    let list = out.path().join("verdicts.csv");
    let mut reader = csv::Reader::from_path(&list).with_context(|| list.display().to_string())?;
    for verdict in reader.deserialize() {
        let verdict: Verdict = verdict?;
        seen.insert(verdict.file.clone(), verdict);
    }
    // Usable pictures first, the reasons in alphabetical order.
    let mut groups: BTreeMap<(bool, String), Vec<Result>> = BTreeMap::new();
    for (index, face) in expected.iter().enumerate() {
        let verdict = seen.get(&face.file).cloned().unwrap_or_default();
        let accepted = verdict.outcome == "made" && is_accepted(&portrait, &verdict.output)?;
        let result = Result { number: index + 1, verdict, accepted };
        groups.entry((!face.why.is_empty(), reason(face))).or_default().push(result);
    }
    let mut report = Report::default();
    report.columns(&[
        "expected",
        "pictures",
        "made",
        "of these accepted by `verify`",
        "refused with the right sentence",
        "otherwise, by number in expect.csv",
    ]);
    for ((refused, why), group) in &groups {
        report.row(&cells(*refused, why, group));
    }
    Ok(report.finish())
}

fn reason(face: &ExpectedFace) -> String {
    if face.why.is_empty() { "usable".to_owned() } else { face.why.clone() }
}

fn cells(refused: bool, why: &str, group: &[Result]) -> [String; 6] {
    let made = group.iter().filter(|result| result.verdict.outcome == "made").count();
    let accepted = group.iter().filter(|result| result.accepted).count();
    let right = |result: &&Result| is_sentence_for(&result.verdict.code, why);
    let as_expected = |result: &&Result| if refused { right(result) } else { result.accepted };
    let otherwise: Vec<String> = group
        .iter()
        .filter(|result| !as_expected(result))
        .map(|Result { number, verdict, .. }| {
            let found = [verdict.code.as_str(), verdict.outcome.as_str(), "missing"];
            format!("{number} {}", found.into_iter().find(|text| !text.is_empty()).unwrap_or_default())
        })
        .collect();
    [
        if refused { format!("refused: {why}") } else { why.to_owned() },
        group.len().to_string(),
        made.to_string(),
        accepted.to_string(),
        if refused { group.iter().filter(right).count().to_string() } else { "-".to_owned() },
        if otherwise.is_empty() { "-".to_owned() } else { otherwise.join(", ") },
    ]
}

/// Whether the sentence `code` states the reason `why` of expect.csv.
fn is_sentence_for(code: &str, why: &str) -> bool {
    match why {
        "hair cut off" => code == "refusal.hair_cut",
        "several faces" => code == "refusal.several_faces",
        "enlargement" => code == "refusal.enlargement",
        "no placement" => code.strip_prefix("refusal.no_placement_").is_some_and(|rule| {
            ["side_edge", "lower_edge", "face_centred", "hair_top", "eye_line", "face_width"].contains(&rule)
        }),
        _ => false,
    }
}

/// Whether `portrait verify`, a separate process, accepts the file.
fn is_accepted(portrait: &Path, file: &str) -> anyhow::Result<bool> {
    let ran = run(Command::new(portrait).args(["verify", file, "--json"]).args(STANDARD))?;
    let answer: serde_json::Value = serde_json::from_str(&ran.output).unwrap_or_default();
    Ok(ran.code == Some(0) && answer["verdict"] != "block" && !answer.is_null())
}
