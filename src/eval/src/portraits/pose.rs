//! The table `pose`: error of the head pose where the true change is known.
//!
//! What is known is a change and not an angle: a picture rolled, mirrored, made smaller and compressed, or with its head turned
//! over the network's own depth. No picture with a measured absolute angle is at hand.

use super::make::{Subject, rolled};
use super::subjects::subjects;
use super::turn;
use crate::report::Report;
use crate::statistics::Sorted;
use image::{RgbImage, imageops};
use portrait::Engine;
use standard::CheckName as C;
use std::path::Path;

/// Yaw, pitch and roll, degrees.
type Angles = [f64; 3];

/// Names of the angles, as in [`Angles`].
const NAMES: [(&str, C); 3] =
    [("yaw", C::HeadPoseYaw), ("pitch", C::HeadPosePitch), ("roll", C::HeadPoseRoll)];
/// Known turns, degrees.
const TURNS: [f32; 6] = [-15.0, -10.0, -5.0, 5.0, 10.0, 15.0];

/// Errors of one kind, degrees.
#[derive(Default)]
struct Errors(Vec<f64>);

impl Errors {
    fn add(&mut self, before: Option<f64>, after: Option<f64>, wanted: f64) {
        self.0.extend(before.zip(after).map(|(a, b)| b - a - wanted));
    }

    fn row(&self, what: &str) -> String {
        let size = Sorted::new(self.0.iter().map(|e| e.abs()));
        let n = size.len();
        let [median, most, largest] = [0.5, 0.95, 1.0].map(|share| size.above(share));
        let mean = self.0.iter().sum::<f64>() / n.max(1) as f64;
        format!("| {what} | {n} | {mean:+.1} | {median:.1} | {most:.1} | {largest:.1} |")
    }
}

/// Measures it on the set of faces in `folder`.
///
/// # Errors
/// When the set or a model cannot be read, or a check fails.
pub fn table(folder: &Path) -> anyhow::Result<String> {
    let (engine, preset) = (super::engine()?, super::preset()?);
    let subjects = subjects(&engine, &preset, folder)?;
    let mut report = Report::default();
    report.line(format!("{} pictures.\n", subjects.len()));
    report.columns(&["known change", "n", "mean error", "median of its size", "95th percentile", "largest"]);
    let angles = |picture: &RgbImage| -> anyhow::Result<Option<Angles>> {
        let found = engine.assess(picture, &preset)?;
        let [yaw, pitch, roll] = NAMES.map(|(_, check)| found.check(check).and_then(|c| c.value));
        Ok(yaw.zip(pitch).zip(roll).map(|((y, p), r)| [y, p, r]))
    };
    let mut rows: Vec<(String, Errors)> = Vec::new();
    for subject in &subjects {
        let Some(level) = angles(&subject.picture)? else { continue };
        for (what, picture, wanted) in changes(&engine, subject)? {
            let after = angles(&picture)?;
            for (i, (name, _)) in NAMES.iter().enumerate() {
                let Some((factor, shift)) = wanted[i] else { continue };
                let what = format!("{what}: {name}");
                let at = rows.iter().position(|(w, _)| *w == what).unwrap_or_else(|| {
                    rows.push((what, Errors::default()));
                    rows.len() - 1
                });
                rows[at].1.add(Some(factor * level[i]), after.map(|a| a[i]), shift);
            }
        }
    }
    rows.iter().for_each(|(what, errors)| report.line(errors.row(what)));
    Ok(report.finish())
}

/// The expected change of an angle: a factor and what is added, degrees; `None` if nothing is known.
type Wanted = Option<(f64, f64)>;

/// Every known change of one picture: its name, the changed picture, and the expected change of yaw, pitch and roll.
fn changes(engine: &Engine, subject: &Subject) -> anyhow::Result<Vec<(String, RgbImage, [Wanted; 3])>> {
    let picture = &subject.picture;
    let stays = Some((1.0, 0.0));
    let small = imageops::resize(
        picture,
        (picture.width() * 6 / 10).max(1),
        (picture.height() * 6 / 10).max(1),
        imageops::FilterType::Triangle,
    );
    let turned = Some((-1.0, 0.0));
    let mut all = vec![
        ("mirrored".to_owned(), imageops::flip_horizontal(picture), [turned, stays, turned]),
        ("reduced to 0.6".to_owned(), small, [stays; 3]),
    ];
    for turn in TURNS {
        let by = Some((1.0, f64::from(turn)));
        all.push((format!("rolled by {:.0}", turn.abs()), rolled(subject, turn), [stays, stays, by]));
    }
    if let Some(mesh) = engine.mesh(picture)? {
        for turn in TURNS {
            let by = Some((1.0, f64::from(turn)));
            let size = turn.abs();
            let yawed = turn::turned(picture, &mesh, turn, 0.0);
            all.push((format!("turned sideways by {size:.0}"), yawed, [by, stays, None]));
            let nodded = turn::turned(picture, &mesh, 0.0, turn);
            all.push((format!("nodded by {size:.0}"), nodded, [stays, by, None]));
        }
    }
    Ok(all)
}
