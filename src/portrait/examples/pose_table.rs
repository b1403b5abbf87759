//! Error of the head pose where the true change is known: `pose_table FOLDER` takes the usable pictures of a set (`expect.csv`:
//! file, expect) and prints Markdown.
//!
//! What is known is a change and not an angle: a picture rolled, mirrored, made smaller and compressed, or with its head turned
//! over the network's own depth. No picture with a measured absolute angle is at hand.

#[path = "../tests/faults/make.rs"]
#[expect(dead_code, reason = "only some of the faults are needed here")]
mod make;
#[path = "set/mod.rs"]
mod set;
#[path = "../tests/faults/turn.rs"]
mod turn;

use anyhow::Context as _;
use image::{RgbImage, imageops};
use make::{Subject, rolled};
use portrait::{Engine, find_models};
use standard::{CheckName as C, Preset};
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

    fn row(&self, what: &str) {
        let mut size: Vec<f64> = self.0.iter().map(|e| e.abs()).collect();
        size.sort_by(f64::total_cmp);
        let n = size.len();
        let at =
            |share: usize| size.get((n * share / 100).min(n.saturating_sub(1))).copied().unwrap_or(f64::NAN);
        let mean = self.0.iter().sum::<f64>() / n.max(1) as f64;
        println!("| {what} | {n} | {mean:+.1} | {:.1} | {:.1} | {:.1} |", at(50), at(95), at(100));
    }
}

fn main() -> anyhow::Result<()> {
    let folder = std::env::args().nth(1).context("usage: pose_table FOLDER")?;
    let preset = Preset::parse(include_str!("../../../kiosk-config/presets/chsi.toml"))?;
    let engine = Engine::open(&find_models(None))?;
    let subjects = set::subjects(&engine, &preset, Path::new(&folder))?;
    println!("{} pictures.\n", subjects.len());
    println!("| known change | n | mean error | median of its size | 95th percentile | largest |");
    println!("|---|---|---|---|---|---|");
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
    rows.iter().for_each(|(what, errors)| errors.row(what));
    Ok(())
}

/// What must become of an angle: a factor before and what is added, degrees.
type Wanted = Option<(f64, f64)>;

/// Every known change of one picture: its name, the picture, and what must become of yaw, pitch and roll.
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
