//! Holds our mappings against published raw values and scores: `quality_table FOLDER` reads every table `*.csv` in it (`;`
//! between columns, a component's raw value in the column of its name, its score in `NAME.scalar`) and prints Markdown.

use anyhow::{Context as _, ensure};
use portrait::IsoComponent;
use std::path::Path;

/// What one component's rows showed.
#[derive(Default)]
struct Tally {
    pairs: usize,
    mismatches: usize,
    raw: Option<(f64, f64)>,
    scores: Option<(f64, f64)>,
}

fn main() -> anyhow::Result<()> {
    let folder = std::env::args().nth(1).context("usage: quality_table FOLDER")?;
    let mut tables = Vec::new();
    for entry in std::fs::read_dir(&folder).with_context(|| folder.clone())? {
        let path = entry?.path();
        if path.extension().is_some_and(|end| end == "csv") {
            tables.push(path);
        }
    }
    ensure!(!tables.is_empty(), "{folder} holds no table");
    println!("| component | pairs | mismatches | raw values | scores |\n|---|---|---|---|---|");
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
        println!("| {component:?} | {} | {} | {raw} | {scores} |", tally.pairs, tally.mismatches);
        pairs += tally.pairs;
        mismatches += tally.mismatches;
    }
    println!("| **all** | **{pairs}** | **{mismatches}** | | |");
    Ok(())
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
