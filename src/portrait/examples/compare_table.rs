//! The table of `docs/MEASUREMENTS.md` about comparing two pictures: `compare_table FOLDER`.

#[path = "support/set.rs"]
mod set;

use anyhow::Context as _;
use image::codecs::jpeg::JpegEncoder;
use image::{RgbImage, imageops};
use portrait::{Engine, compare, decode, find_models};
use set::{Shot, quantile};
use standard::Comparing;
use standard::Preset;
use std::path::Path;

fn main() -> anyhow::Result<()> {
    let folder = std::env::args().nth(1).context("usage: compare_table FOLDER")?;
    let engine = Engine::open(&find_models(None))?;
    let shots = set::read(Path::new(&folder), &engine)?;
    let map = Comparing::default();
    let pairs = |wanted: fn(&Shot, &Shot) -> bool| -> Vec<f32> {
        let each = shots.iter().enumerate().flat_map(|(i, a)| shots[..i].iter().map(move |b| (a, b)));
        let each = each.filter(|(a, b)| wanted(a, b)).map(|(a, b)| compare(&a.template, &b.template, &map));
        // One photograph twice, in colour and without or mirrored, is not two shots of one person.
        each.filter(|found| !found.same_photo).map(|found| found.similarity).collect()
    };
    let mut genuine = pairs(|a, b| a.vouched && b.vouched && a.person == b.person);
    let mut strangers = pairs(|a, b| a.vouched && b.vouched && a.person != b.person);
    let mut unsure = pairs(|a, b| !(a.vouched && b.vouched) && a.person != b.person);
    let mut named: Vec<&str> = shots.iter().filter(|s| s.vouched).map(|s| s.person.as_str()).collect();
    named.sort_unstable();
    named.dedup();
    println!("{} pictures with one face, {} people known by name.\n", shots.len(), named.len());
    println!("| pairs | n | lowest | 5 % | median | 95 % | highest |\n|---|---|---|---|---|---|---|");
    row("one person, two shots", &mut genuine);
    for (name, spoil) in SPOILT {
        row(&format!("one person, one shot {name}"), &mut degraded(&engine, &shots, spoil)?);
    }
    row("two people", &mut strangers);
    row("two names, perhaps one person", &mut unsure);
    println!(
        "\n| from cosine | score | false matches | at most, 95 % sure | false non-matches | at most, 95 % sure |"
    );
    println!("|---|---|---|---|---|---|");
    for limit in [map.manual_from, map.pass, map.manual_to] {
        let matched = strangers.iter().filter(|c| f64::from(**c) >= limit).count();
        let missed = genuine.iter().filter(|c| f64::from(**c) < limit).count();
        println!(
            "| {limit:.2} | {:.0} | {matched} of {} | {:.2} % | {missed} of {} | {:.1} % |",
            map.score(limit),
            strangers.len(),
            100.0 * bound(matched, strangers.len()),
            genuine.len(),
            100.0 * bound(missed, genuine.len()),
        );
    }
    Ok(())
}

fn row(name: &str, values: &mut [f32]) {
    let [a, b, c, d, e] = [0.0, 0.05, 0.5, 0.95, 1.0].map(|share| quantile(values, share));
    println!("| {name} | {} | {a:.3} | {b:.3} | {c:.3} | {d:.3} | {e:.3} |", values.len());
}

/// A way of making a picture worse; `None` where it cannot be done.
type Spoil = fn(&Engine, &RgbImage) -> anyhow::Result<Option<RgbImage>>;

const SPOILT: [(&str, Spoil); 3] = [
    ("with a face 40 pixels wide", |engine, picture| narrow(engine, picture, 40.0)),
    ("as JPEG of quality 60", |_, picture| jpeg(picture, 60).map(Some)),
    ("at 0.35 of its brightness", |_, picture| {
        let mut dark = picture.clone();
        dark.iter_mut().for_each(|v| *v = (f32::from(*v) * 0.35) as u8);
        Ok(Some(dark))
    }),
];

fn narrow(engine: &Engine, picture: &RgbImage, width: f32) -> anyhow::Result<Option<RgbImage>> {
    let preset = Preset::parse(include_str!("../../../kiosk-config/presets/chsi.toml"))?;
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

/// Cosines of every pair of one person's shots, the first of which is made worse.
fn degraded(engine: &Engine, shots: &[Shot], spoil: Spoil) -> anyhow::Result<Vec<f32>> {
    let map = Comparing::default();
    let mut out = Vec::new();
    for (i, a) in shots.iter().enumerate().filter(|(_, a)| a.vouched) {
        let Some(worse) = spoil(engine, &a.picture)? else { continue };
        let Ok(worse) = engine.template(&worse) else { continue };
        for (j, b) in shots.iter().enumerate() {
            let clean = compare(&a.template, &b.template, &map);
            if i != j && a.person == b.person && !clean.same_photo {
                out.push(compare(&worse, &b.template, &map).similarity);
            }
        }
    }
    Ok(out)
}

/// The rate that lies above the true one in 95 of 100 such measurements: exact for the binomial distribution (Clopper and Pearson),
/// three over n where nothing went wrong. Pairs share pictures and so are not independent; the true bound is wider.
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
