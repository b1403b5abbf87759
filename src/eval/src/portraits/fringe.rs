//! Where the limit of EdgeFringe comes from, the last part of the table `matte`: of each picture a clean portrait and four with
//! known faults at the edge are made, and `verify` measures each.

use crate::report::Report;
use crate::statistics::Sorted;
use anyhow::{Context as _, ensure};
use image::{Rgb, RgbImage};
use jpeg_encoder::{ColorType, Encoder, PixelDensity};
use portrait::{CutOut, ROUTES, decode};
use standard::CheckName;
use std::path::PathBuf;

/// The portrait's size, pixels.
const SIZE: (usize, usize) = (480, 640);
const KINDS: [&str; 5] = [
    "as made",
    "the old wall's colours left in the edge",
    "outline two pixels too wide, old wall in between",
    "outline four pixels too wide, old wall in between",
    "a light rim of two pixels",
];

/// Measures it on `pictures` and adds it to the report.
///
/// # Errors
/// When a picture or a model cannot be read, or no picture could be cut out.
pub fn add(report: &mut Report, pictures: &[PathBuf]) -> anyhow::Result<()> {
    let (engine, preset) = (super::engine()?, super::preset()?);
    let wall = preset.backgrounds.first().context("a preset has a background")?;
    let mut seen: Vec<Vec<f64>> = vec![Vec::new(); KINDS.len()];
    let mut limit = None;
    for path in pictures {
        let picture = decode(&std::fs::read(path)?)?;
        let Ok(cut) = engine.cut_out(&picture, &preset, &ROUTES[super::PRODUCT_ROUTE], None) else {
            continue;
        };
        for (kind, values) in seen.iter_mut().enumerate() {
            let found = engine.verify(&file(&variant(&cut, kind, wall.rgb))?, &preset, wall.name)?;
            let Some(check) = found.check(CheckName::EdgeFringe) else { continue };
            limit = check.threshold.max;
            values.extend(check.value);
        }
    }
    ensure!(!seen[0].is_empty(), "no picture could be cut out");
    let limit = limit.context("verify states its limit")?;
    let (edge, over) = (format!("edge on {}", wall.name), format!("over the limit of {limit}"));
    report.columns(&[&edge, "n", "least", "quarter", "median", "three quarters", "most", &over]);
    for (kind, values) in KINDS.iter().zip(seen) {
        let over = values.iter().filter(|v| **v > limit).count();
        let values = Sorted::new(values);
        let [least, quarter, median, three, most] =
            [0.0, 0.25, 0.5, 0.75, 1.0].map(|share| values.before(share));
        report.line(format!(
            "| {kind} | {} | {least:.1} | {quarter:.1} | {median:.1} | {three:.1} | {most:.1} | {over} |",
            values.len()
        ));
    }
    Ok(())
}

/// The portrait as [`KINDS`] says.
fn variant(cut: &CutOut, kind: usize, wall: [u8; 3]) -> RgbImage {
    let captured = cut.captured();
    let mixed = |alpha: &[f32]| {
        RgbImage::from_fn(SIZE.0 as u32, SIZE.1 as u32, |x, y| {
            let a = alpha[y as usize * SIZE.0 + x as usize];
            let p = captured.get_pixel(x, y).0;
            Rgb(std::array::from_fn(|c| (a * f32::from(p[c]) + (1.0 - a) * f32::from(wall[c]) + 0.5) as u8))
        })
    };
    match kind {
        0 => cut.before(wall),
        1 => mixed(cut.alpha()),
        2 => mixed(&widened(cut.alpha(), 2)),
        3 => mixed(&widened(cut.alpha(), 4)),
        _ => {
            let (clean, wide) = (cut.before(wall), widened(cut.alpha(), 2));
            RgbImage::from_fn(SIZE.0 as u32, SIZE.1 as u32, |x, y| {
                let i = y as usize * SIZE.0 + x as usize;
                let rim = (wide[i] - cut.alpha()[i]).clamp(0.0, 1.0);
                let p = clean.get_pixel(x, y).0;
                Rgb(p.map(|v| (f32::from(v) * (1.0 - rim) + 238.0 * rim + 0.5) as u8))
            })
        }
    }
}

/// The largest alpha within `radius` pixels along rows and columns.
fn widened(alpha: &[f32], radius: usize) -> Vec<f32> {
    let (w, h) = SIZE;
    let most = |plane: &[f32], i: usize, step: usize, at: usize, count: usize| {
        let (from, to) = (at.saturating_sub(radius), (at + radius).min(count - 1));
        (from..=to).map(|k| plane[i + k * step - at * step]).fold(0.0f32, f32::max)
    };
    let rows: Vec<f32> = (0..w * h).map(|i| most(alpha, i, 1, i % w, w)).collect();
    (0..w * h).map(|i| most(&rows, i, w, i / w, h)).collect()
}

/// As good a file as the permitted bytes allow.
fn file(picture: &RgbImage) -> anyhow::Result<Vec<u8>> {
    let mut last = Vec::new();
    for quality in (60..=94).rev().step_by(2) {
        let mut out = Vec::new();
        let mut encoder = Encoder::new(&mut out, quality);
        encoder.set_density(PixelDensity::dpi(300));
        encoder.encode(picture.as_raw(), picture.width() as u16, picture.height() as u16, ColorType::Rgb)?;
        last = out;
        if last.len() <= 40_000 {
            break;
        }
    }
    Ok(last)
}
