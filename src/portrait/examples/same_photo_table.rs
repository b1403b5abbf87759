//! The table of `docs/MEASUREMENTS.md` about one photograph or two: `same_photo_table FOLDER`. With a second argument it also tells
//! every single likeness on stderr, for choosing the limit.

#[path = "support/edits.rs"]
mod edits;
#[path = "support/set.rs"]
mod set;

use anyhow::Context as _;
use edits::Edit;
use portrait::{Comparison, Engine, Template, compare, find_models};
use set::{Shot, quantile};
use standard::Comparing;
use std::path::Path;

fn main() -> anyhow::Result<()> {
    let folder = std::env::args().nth(1).context("usage: same_photo_table FOLDER [each]")?;
    let each = std::env::args().nth(2).is_some();
    let engine = Engine::open(&find_models(None))?;
    let shots = set::read(Path::new(&folder), &engine)?;
    println!("| two photographs of | n | false alarms | highest likeness | 95 % |\n|---|---|---|---|---|");
    for (name, same) in [("one person", true), ("two people", false)] {
        strangers(&shots, name, same, each);
    }
    println!("\n| edit | n | found | lowest likeness | 5 % |\n|---|---|---|---|---|");
    let (mut n, mut found) = (0, 0);
    for edit in &edits::all(&engine)? {
        let (of, hits) = edited(&engine, &shots, edit, each);
        n += of;
        found += hits;
    }
    println!("| all | {n} | {found} | | |");
    Ok(())
}

fn look(a: &Template, b: &Template, each: bool, what: &str) -> Comparison {
    let seen = compare(a, b, &Comparing::default());
    if each {
        eprintln!("{what}\t{:.4}\t{:.4}", seen.photo_likeness, seen.similarity);
    }
    seen
}

/// The row about every pair of different photographs.
fn strangers(shots: &[Shot], name: &str, same: bool, each: bool) {
    let (mut found, mut alarms) = (Vec::new(), 0);
    for (i, a) in shots.iter().enumerate() {
        for (j, b) in shots[..i].iter().enumerate() {
            if (a.person == b.person) != same || !(a.vouched && b.vouched) {
                continue;
            }
            let seen = look(&a.template, &b.template, each, &format!("pair\t{name}\t{i}-{j}"));
            alarms += usize::from(seen.same_photo);
            found.push(seen.photo_likeness);
        }
    }
    let (n, top, most) = (found.len(), quantile(&mut found, 1.0), quantile(&mut found, 0.95));
    println!("| {name} | {n} | {alarms} | {top:.3} | {most:.3} |");
}

/// The row about one kind of edit: how many there were, and how many were found.
fn edited(engine: &Engine, shots: &[Shot], edit: &Edit<'_>, each: bool) -> (usize, usize) {
    let (mut found, mut hits) = (Vec::new(), 0);
    for (i, shot) in shots.iter().enumerate() {
        let Some(picture) = (edit.make)(&shot.picture) else { continue };
        let Ok(template) = engine.template(&picture) else { continue };
        let seen = look(&shot.template, &template, each, &format!("edit\t{}\t{i}", edit.name));
        hits += usize::from(seen.same_photo);
        found.push(seen.photo_likeness);
    }
    let (n, lowest, low) = (found.len(), quantile(&mut found, 0.0), quantile(&mut found, 0.05));
    println!("| {} | {n} | {hits} | {lowest:.3} | {low:.3} |", edit.name);
    (n, hits)
}
