//! The table `quality`: our ISO/IEC 29794-5 mappings against published raw values and scores, in files `*.csv` with `;` between
//! columns, a component's raw value in the column of its name and its score in `NAME.scalar`.

use crate::report::Report;
use anyhow::{Context as _, ensure};
use portrait::IsoComponent;
use std::path::Path;

/// The result for one component.
#[derive(Default)]
struct Tally {
    pairs: usize,
    mismatches: usize,
    raw: Option<(f64, f64)>,
    scores: Option<(f64, f64)>,
}

/// Measures it on the values in `folder`.
///
/// # Errors
/// When the folder has no such file, or one cannot be read.
pub fn table(folder: &Path) -> anyhow::Result<String> {
    let mut tables = Vec::new();
    for entry in std::fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        if path.extension().is_some_and(|end| end == "csv") {
            tables.push(path);
        }
    }
    ensure!(!tables.is_empty(), "{} holds no table", folder.display());
    let mut report = Report::default();
    report.columns(&["component", "pairs", "mismatches", "raw values", "scores"]);
    let (mut pairs, mut mismatches) = (0, 0);
    for component in IsoComponent::ALL {
        let mut tally = Tally::default();
        for table in &tables {
            count(table, component, &mut tally).with_context(|| table.display().to_string())?;
        }
        let span = |r: Option<(f64, f64)>, digits: usize| {
            r.map_or_else(|| "-".to_owned(), |(a, b)| format!("{a:.digits$}..{b:.digits$}"))
        };
        let (raw, scores) = (span(tally.raw, 4), span(tally.scores, 0));
        report.line(format!("| {component:?} | {} | {} | {raw} | {scores} |", tally.pairs, tally.mismatches));
        pairs += tally.pairs;
        mismatches += tally.mismatches;
    }
    report.line(format!("| **all** | **{pairs}** | **{mismatches}** | | |"));
    Ok(report.finish())
}

fn count(table: &Path, component: IsoComponent, tally: &mut Tally) -> anyhow::Result<()> {
    let mut reader = csv::ReaderBuilder::new().delimiter(b';').flexible(true).from_path(table)?;
    let header = reader.headers()?.clone();
    let column = |name: String| {
        header.iter().position(|h| h == name).with_context(|| format!("there is no column {name}"))
    };
    let (raw, score) = (column(format!("{component:?}"))?, column(format!("{component:?}.scalar"))?);
    for row in reader.records() {
        let row = row?;
        let number = |i: usize| Ok::<f64, anyhow::Error>(row.get(i).unwrap_or_default().trim().parse()?);
        let (raw, wanted) = (number(raw)?, number(score)?);
        tally.pairs += 1;
        tally.mismatches += usize::from((component.score(raw) - wanted).abs() > 1e-9);
        let widen = |r: &mut Option<(f64, f64)>, v: f64| {
            let (a, b) = r.unwrap_or((v, v));
            *r = Some((a.min(v), b.max(v)));
        };
        widen(&mut tally.raw, raw);
        widen(&mut tally.scores, wanted);
    }
    Ok(())
}
