//! The table `same-photo`: whether edits of a photograph are told from other photographs.

use super::edits::{self, Edit};
use crate::report::Report;
use crate::sets::people::{self, Shot};
use crate::statistics::Sorted;
use portrait::{Comparison, Engine, Template, compare};
use standard::Comparing;
use std::path::Path;

/// Measures it on the set of faces in `folder`; with `each`, prints every single likeness to standard error.
///
/// # Errors
/// When the set or a model cannot be read.
pub fn table(folder: &Path, each: bool) -> anyhow::Result<String> {
    let engine = super::engine()?;
    let shots = people::read(folder, &engine)?;
    let mut report = Report::default();
    report.columns(&["two photographs of", "n", "false alarms", "highest likeness", "95 %"]);
    for (name, same) in [("one person", true), ("two people", false)] {
        report.line(different(&shots, name, same, each));
    }
    report.line("");
    report.columns(&["edit", "n", "found", "lowest likeness", "5 %"]);
    let (mut n, mut found) = (0, 0);
    for edit in &edits::all(&engine)? {
        let (row, of, hits) = edited(&engine, &shots, edit, each);
        report.line(row);
        n += of;
        found += hits;
    }
    report.line(format!("| all | {n} | {found} | | |"));
    Ok(report.finish())
}

fn compared(a: &Template, b: &Template, each: bool, what: &str) -> Comparison {
    let seen = compare(a, b, &Comparing::default());
    if each {
        eprintln!("{what}\t{:.4}\t{:.4}", seen.photo_likeness, seen.similarity);
    }
    seen
}

/// The row about every pair of different photographs.
fn different(shots: &[Shot], name: &str, same: bool, each: bool) -> String {
    let (mut found, mut alarms) = (Vec::new(), 0);
    for (i, a) in shots.iter().enumerate() {
        for (j, b) in shots[..i].iter().enumerate() {
            if (a.person == b.person) != same || !(a.certain && b.certain) {
                continue;
            }
            let seen = compared(&a.template, &b.template, each, &format!("pair\t{name}\t{i}-{j}"));
            alarms += usize::from(seen.same_photo);
            found.push(f64::from(seen.photo_likeness));
        }
    }
    let found = Sorted::new(found);
    let (n, top, most) = (found.len(), found.nearest(1.0), found.nearest(0.95));
    format!("| {name} | {n} | {alarms} | {top:.3} | {most:.3} |")
}

/// The row about one kind of edit, how many there were, and how many were found.
fn edited(engine: &Engine, shots: &[Shot], edit: &Edit<'_>, each: bool) -> (String, usize, usize) {
    let (mut found, mut hits) = (Vec::new(), 0);
    for (i, shot) in shots.iter().enumerate() {
        let Some(picture) = (edit.make)(&shot.picture) else { continue };
        let Ok(template) = engine.template(&picture) else { continue };
        let seen = compared(&shot.template, &template, each, &format!("edit\t{}\t{i}", edit.name));
        hits += usize::from(seen.same_photo);
        found.push(f64::from(seen.photo_likeness));
    }
    let found = Sorted::new(found);
    let (n, lowest, low) = (found.len(), found.nearest(0.0), found.nearest(0.05));
    (format!("| {} | {n} | {hits} | {lowest:.3} | {low:.3} |", edit.name), n, hits)
}
