//! The table `compare`: cosines of pairs of pictures, and the error rates at three limits.

use crate::report::Report;
use crate::sets::people::{self, Shot};
use crate::statistics::Sorted;
use image::codecs::jpeg::JpegEncoder;
use image::{RgbImage, imageops};
use portrait::{Engine, compare, decode};
use standard::Comparing;
use std::path::Path;

/// Measures it on the set of faces in `folder`.
///
/// # Errors
/// When the set or a model cannot be read.
pub fn table(folder: &Path) -> anyhow::Result<String> {
    let engine = super::engine()?;
    let shots = people::read(folder, &engine)?;
    let map = Comparing::default();
    let pairs = |wanted: fn(&Shot, &Shot) -> bool| -> Sorted {
        let each = shots.iter().enumerate().flat_map(|(i, a)| shots[..i].iter().map(move |b| (a, b)));
        let each = each.filter(|(a, b)| wanted(a, b)).map(|(a, b)| compare(&a.template, &b.template, &map));
        // One photograph twice, in colour and without or mirrored, is not two shots of one person.
        Sorted::new(each.filter(|found| !found.same_photo).map(|found| f64::from(found.similarity)))
    };
    let genuine = pairs(|a, b| a.certain && b.certain && a.person == b.person);
    let strangers = pairs(|a, b| a.certain && b.certain && a.person != b.person);
    let unsure = pairs(|a, b| !(a.certain && b.certain) && a.person != b.person);
    let mut named: Vec<&str> = shots.iter().filter(|s| s.certain).map(|s| s.person.as_str()).collect();
    named.sort_unstable();
    named.dedup();
    let mut report = Report::default();
    report.line(format!("{} pictures with one face, {} people known by name.\n", shots.len(), named.len()));
    report.columns(&["pairs", "n", "lowest", "5 %", "median", "95 %", "highest"]);
    row(&mut report, "one person, two shots", &genuine);
    for (name, degrade) in DEGRADATIONS {
        row(&mut report, &format!("one person, one shot {name}"), &degraded(&engine, &shots, degrade)?);
    }
    row(&mut report, "two people", &strangers);
    row(&mut report, "two names, perhaps one person", &unsure);
    report.line("");
    report.columns(&[
        "from cosine",
        "score",
        "false matches",
        "at most, 95 % sure",
        "false non-matches",
        "at most, 95 % sure",
    ]);
    for limit in [map.manual_from, map.pass, map.manual_to] {
        let matched = strangers.values().filter(|c| *c >= limit).count();
        let missed = genuine.values().filter(|c| *c < limit).count();
        report.line(format!(
            "| {limit:.2} | {:.0} | {matched} of {} | {:.2} % | {missed} of {} | {:.1} % |",
            map.score(limit),
            strangers.len(),
            100.0 * bound(matched, strangers.len()),
            genuine.len(),
            100.0 * bound(missed, genuine.len()),
        ));
    }
    Ok(report.finish())
}

fn row(report: &mut Report, name: &str, values: &Sorted) {
    let [a, b, c, d, e] = [0.0, 0.05, 0.5, 0.95, 1.0].map(|share| values.nearest(share));
    report.line(format!("| {name} | {} | {a:.3} | {b:.3} | {c:.3} | {d:.3} | {e:.3} |", values.len()));
}

/// Degrades a picture; `None` where that is not possible.
type Degrade = fn(&Engine, &RgbImage) -> anyhow::Result<Option<RgbImage>>;

const DEGRADATIONS: [(&str, Degrade); 3] = [
    ("with a face 40 pixels wide", |engine, picture| narrow(engine, picture, 40.0)),
    ("as JPEG of quality 60", |_, picture| jpeg(picture, 60).map(Some)),
    ("at 0.35 of its brightness", |_, picture| {
        let mut dark = picture.clone();
        dark.iter_mut().for_each(|v| *v = (f32::from(*v) * 0.35) as u8);
        Ok(Some(dark))
    }),
];

fn narrow(engine: &Engine, picture: &RgbImage, width: f32) -> anyhow::Result<Option<RgbImage>> {
    let preset = super::preset()?;
    let Some(face) = engine.assess(picture, &preset)?.face else { return Ok(None) };
    let [left, right] = face.points.cheeks;
    let scale = width / left.distance(right);
    let side = |v: u32| ((v as f32 * scale).round() as u32).max(32);
    let (w, h) = (side(picture.width()), side(picture.height()));
    Ok((scale < 1.0).then(|| imageops::resize(picture, w, h, imageops::FilterType::CatmullRom)))
}

fn jpeg(picture: &RgbImage, quality: u8) -> anyhow::Result<RgbImage> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, quality).encode_image(picture)?;
    Ok(decode(&bytes)?)
}

/// Cosines of every pair of one person's shots, the first of which is degraded.
fn degraded(engine: &Engine, shots: &[Shot], degrade: Degrade) -> anyhow::Result<Sorted> {
    let map = Comparing::default();
    let mut out = Vec::new();
    for (i, a) in shots.iter().enumerate().filter(|(_, a)| a.certain) {
        let Some(worse) = degrade(engine, &a.picture)? else { continue };
        let Ok(worse) = engine.template(&worse) else { continue };
        for (j, b) in shots.iter().enumerate() {
            let clean = compare(&a.template, &b.template, &map);
            if i != j && a.person == b.person && !clean.same_photo {
                out.push(f64::from(compare(&worse, &b.template, &map).similarity));
            }
        }
    }
    Ok(Sorted::new(out))
}

/// The upper bound of the true rate at 95 % confidence: exact for the binomial distribution (Clopper and Pearson),
/// about three over n without errors. Pairs share pictures and so are not independent; the true bound is wider.
fn bound(wrong: usize, n: usize) -> f64 {
    let (mut low, mut high) = (0.0f64, 1.0f64);
    for _ in 0..60 {
        let p = f64::midpoint(low, high);
        let (mut term, mut sum) = ((1.0 - p).ln() * n as f64, 0.0);
        for k in 0..=wrong {
            sum += term.exp();
            term += ((n - k) as f64 / (k + 1) as f64).ln() + p.ln() - (1.0 - p).ln();
        }
        if sum > 0.05 { low = p } else { high = p }
    }
    high
}
