//! The table `faults`: each known fault is made from each usable picture of a set; one part for the check that must notice it,
//! one for all other checks.

use super::make::{self, EARS, FAULTS, Fault, RECOMPRESSED, Subject, Way};
use super::subjects::subjects;
use crate::report::Report;
use crate::statistics::Sorted;
use portrait::Assessment;
use standard::{CheckName, Verdict};
use std::path::Path;

/// Cheeks below this lightness (L*) make a picture one of a dark face in these tables.
const DARK: f32 = 50.0;
/// A check whose verdict changes on no more than this share of the pictures counts as still.
const STILL: f64 = 0.05;

/// One picture before and after one fault.
struct Pair {
    dark: bool,
    before: Assessment,
    after: Assessment,
}

impl Pair {
    fn values(&self, check: CheckName) -> Option<(f64, f64)> {
        let value = |found: &Assessment| found.check(check).and_then(|c| c.value);
        value(&self.before).zip(value(&self.after))
    }

    fn verdicts(&self, check: CheckName) -> Option<(Verdict, Verdict)> {
        let verdict = |found: &Assessment| found.check(check).map(|c| c.verdict);
        verdict(&self.before).zip(verdict(&self.after))
    }
}

/// Measures it on the set of faces in `folder`.
///
/// # Errors
/// When the set or a model cannot be read, or a check fails.
pub fn table(folder: &Path) -> anyhow::Result<String> {
    let (engine, preset) = (super::engine()?, super::preset()?);
    let subjects = subjects(&engine, &preset, folder)?;
    let before =
        subjects.iter().map(|s| engine.assess(&s.picture, &preset)).collect::<Result<Vec<_>, _>>()?;
    let dark: Vec<bool> = subjects.iter().map(|s| lightness(s) < DARK).collect();
    let many = dark.iter().filter(|d| **d).count();
    let mut report = Report::default();
    report.line(format!(
        "{} pictures, {} with light and {many} with dark cheeks (median L* below {DARK:.0}).\n",
        dark.len(),
        dark.len() - many
    ));
    report.columns(&[
        "fault",
        "the check that must notice",
        "n",
        "right way",
        "median before",
        "median after",
        "worse verdict",
        "light: right way, n",
        "dark: right way, n",
    ]);
    let mut others = Vec::new();
    for fault in FAULTS.iter().chain([&EARS, &RECOMPRESSED]) {
        let mut pairs = Vec::new();
        for ((subject, before), dark) in subjects.iter().zip(&before).zip(&dark) {
            let after = engine.assess(&(fault.make)(subject), &preset)?;
            pairs.push(Pair { dark: *dark, before: before.clone(), after });
        }
        report.line(own_check(fault, &pairs));
        others.push(other_checks(fault, &pairs));
    }
    report.line("\nNeighbours: every other check that both pictures could be judged by.\n");
    report.columns(&[
        "fault",
        "other checks that stayed still",
        "moved: share of pictures with another verdict, median change",
    ]);
    others.iter().for_each(|row| report.line(row));
    Ok(report.finish())
}

/// The row of the check that must notice.
fn own_check(fault: &Fault, pairs: &[Pair]) -> String {
    let right = |(a, b): (f64, f64)| if fault.way == Way::Up { b > a } else { b < a };
    let share = |dark: Option<bool>| {
        let values =
            pairs.iter().filter(|p| dark.is_none_or(|d| p.dark == d)).filter_map(|p| p.values(fault.check));
        let (hits, all) = values.fold((0, 0), |(h, n), v| (h + usize::from(right(v)), n + 1));
        (if all == 0 { f64::NAN } else { 100.0 * f64::from(hits as u32) / f64::from(all as u32) }, all)
    };
    let worse = pairs.iter().filter_map(|p| p.verdicts(fault.check));
    let (worse, judged) = worse.fold((0, 0), |(w, n), (a, b)| (w + usize::from(b > a), n + 1));
    let middle = |pick: fn((f64, f64)) -> f64| {
        median(pairs.iter().filter_map(|p| p.values(fault.check)).map(pick).collect())
    };
    let ((all, n), (light, lights), (dark, darks)) = (share(None), share(Some(false)), share(Some(true)));
    format!(
        "| {} | {} | {n} | {all:.0} % | {:.2} | {:.2} | {worse} of {judged} | {light:.0} %, {lights} | {dark:.0} %, {darks} |",
        fault.name,
        fault.check,
        hundredths(middle(|v| v.0)),
        hundredths(middle(|v| v.1)),
    )
}

/// The value rounded to hundredths, without a negative zero.
fn hundredths(value: f64) -> f64 {
    (value * 100.0).round() / 100.0 + 0.0
}

/// The row of all other checks.
fn other_checks(fault: &Fault, pairs: &[Pair]) -> String {
    let (mut still, mut moved) = (0, Vec::new());
    for check in CheckName::ALL.iter().copied().filter(|c| *c != fault.check) {
        let verdicts: Vec<_> = pairs.iter().filter_map(|p| p.verdicts(check)).collect();
        if verdicts.is_empty() {
            continue;
        }
        let other = verdicts.iter().filter(|(a, b)| a != b).count();
        let share = f64::from(other as u32) / f64::from(verdicts.len() as u32);
        if share <= STILL {
            still += 1;
        } else {
            let change = median(pairs.iter().filter_map(|p| p.values(check)).map(|(a, b)| b - a).collect());
            moved.push((share, format!("{check} {:.0} %, {:+.2}", 100.0 * share, hundredths(change))));
        }
    }
    moved.sort_by(|a, b| b.0.total_cmp(&a.0));
    let list: Vec<String> = moved.into_iter().map(|(_, text)| text).collect();
    let list = if list.is_empty() { "none".to_owned() } else { list.join("; ") };
    format!("| {} | {still} | {list} |", fault.name)
}

fn median(values: Vec<f64>) -> f64 {
    Sorted::new(values).above(0.5)
}

/// Median lightness of both cheeks, L* 0..=100: half way from the cheek's edge to the nose, a disc of a tenth of the face.
fn lightness(subject: &Subject) -> f32 {
    let points = &subject.face.points;
    let radius = 0.1 * make::width(&subject.face);
    let mut light = Vec::new();
    for cheek in points.cheeks {
        let middle = cheek.midpoint(points.nose);
        for (x, y, p) in subject.picture.enumerate_pixels() {
            if (x as f32 - middle.x).hypot(y as f32 - middle.y) <= radius {
                let [r, g, b] = p.0.map(make::linear);
                let y = 0.2126 * r + 0.7152 * g + 0.0722 * b;
                light.push(if y > 216.0 / 24389.0 { 116.0 * y.cbrt() - 16.0 } else { 903.3 * y });
            }
        }
    }
    light.sort_by(f32::total_cmp);
    light.get(light.len() / 2).copied().unwrap_or_default()
}
