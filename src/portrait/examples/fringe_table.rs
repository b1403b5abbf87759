//! Where the limit of EdgeFringe comes from: `fringe_table PRESET.toml IMG...` makes of each picture a clean portrait and three
//! with known faults at the edge, lets `verify` measure each, and prints the distribution as Markdown.

use anyhow::{Context as _, ensure};
use image::{Rgb, RgbImage};
use jpeg_encoder::{ColorType, Encoder, PixelDensity};
use portrait::{CutOut, Engine, ROUTES, decode, find_models};
use standard::{BackgroundName, CheckName, Preset};

/// The product's route among [`ROUTES`].
const BEST: usize = 6;
/// The portrait's size, pixels.
const SIZE: (usize, usize) = (480, 640);
const KINDS: [&str; 5] = [
    "as made",
    "the old wall's colours left in the edge",
    "outline two pixels too wide, old wall in between",
    "outline four pixels too wide, old wall in between",
    "a light rim of two pixels",
];

fn main() -> anyhow::Result<()> {
    let mut args = std::env::args().skip(1);
    let preset = args.next().context("usage: fringe_table PRESET.toml IMG...")?;
    let preset = Preset::parse(&std::fs::read_to_string(preset)?)?;
    let wall = preset.backgrounds.first().context("a preset has a background")?;
    let engine = Engine::open(&find_models(None))?;
    let mut seen: Vec<Vec<f64>> = vec![Vec::new(); KINDS.len()];
    let mut limit = None;
    for path in args {
        let picture = decode(&std::fs::read(&path)?)?;
        let Ok(cut) = engine.cut_out(&picture, &preset, &ROUTES[BEST], None) else { continue };
        for (kind, values) in seen.iter_mut().enumerate() {
            let found = engine.verify(&file(&variant(&cut, kind, wall.rgb))?, &preset, wall.name)?;
            let Some(check) = found.check(CheckName::EdgeFringe) else { continue };
            limit = check.threshold.max;
            values.extend(check.value);
        }
    }
    ensure!(!seen[0].is_empty(), "no picture could be cut out");
    let limit = limit.context("verify states its limit")?;
    println!(
        "| edge on {} | n | least | quarter | median | three quarters | most | over the limit of {limit} |",
        name(wall.name)
    );
    println!("|---|---|---|---|---|---|---|---|");
    for (kind, mut values) in KINDS.iter().zip(seen) {
        values.sort_by(f64::total_cmp);
        let at = |share: usize| values[(values.len() - 1) * share / 4];
        let over = values.iter().filter(|v| **v > limit).count();
        let n = values.len();
        println!(
            "| {kind} | {n} | {:.1} | {:.1} | {:.1} | {:.1} | {:.1} | {over} |",
            at(0),
            at(1),
            at(2),
            at(3),
            at(4)
        );
    }
    Ok(())
}

fn name(wall: BackgroundName) -> &'static str {
    match wall {
        BackgroundName::Blue => "blue",
        BackgroundName::White => "white",
        BackgroundName::Grey => "grey",
    }
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
