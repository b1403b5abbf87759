//! Routes to a matte against truth that is known: `matte_table PRESET.toml ROUTE IMG...` prints one JSON object for one route;
//! `scripts/tables/matte.sh` runs each route in a process of its own, for its memory, and draws the table.
//!
//! Truth: each picture's person is cut out once, his outline made hard and single hairs drawn on it, everything at four times
//! the size and then reduced. Put before five invented walls this is a picture whose alpha and colours are known to the last
//! bit. What is invented is the outline, not the person.

mod scene;
mod walls;

use anyhow::{Context as _, ensure};
use image::RgbImage;
use portrait::{CutOut, Engine, ROUTES, decode, find_models};
use scene::Subject;
use std::time::Instant;

/// The background on which residual colour is measured.
const BLUE: [u8; 3] = [100, 197, 255];
/// The product's route among [`ROUTES`].
const BEST: usize = 6;
/// Runs of each scene; the quickest counts.
const RUNS: usize = 1;

/// What one route made of all scenes.
#[derive(Default)]
struct Sums {
    count: f64,
    millis: Vec<f64>,
    /// Sums of |alpha - truth| / 1000, of squared gradient differences, of CIE76 near the edge: by wall.
    errors: [[f64; 3]; walls::COUNT],
}

fn main() -> anyhow::Result<()> {
    let mut args = std::env::args().skip(1);
    let usage = "usage: matte_table PRESET.toml ROUTE IMG...";
    let preset = standard::Preset::parse(&std::fs::read_to_string(args.next().context(usage)?)?)?;
    let number: usize = args.next().context(usage)?.parse()?;
    let route = ROUTES.get(number).context("no such route")?;
    let engine = Engine::open(&find_models(None))?;
    let mut sums = Sums::default();
    let mut people = 0;
    for path in args {
        let picture = decode(&std::fs::read(&path)?)?;
        let Ok(person) = engine.cut_out(&picture, &preset, &ROUTES[BEST], None) else { continue };
        let subject = Subject::of(&person);
        people += 1;
        for wall in 0..walls::COUNT {
            let scene = subject.before(wall);
            measure(&engine, &preset, route, &subject, (&scene, wall), &mut sums)?;
        }
    }
    ensure!(sums.count > 0.0, "no picture could be cut out");
    sums.millis.sort_by(f64::total_cmp);
    let each = sums.count / walls::COUNT as f64;
    let by_wall: Vec<_> = (0..walls::COUNT)
        .map(|w| serde_json::json!({"wall": walls::NAMES[w], "errors": sums.errors[w].map(|e| e / each)}))
        .collect();
    let line = serde_json::json!({
        "route": route.name,
        "people": people,
        "scenes": sums.count,
        "median_millis": sums.millis[sums.millis.len() / 2],
        "peak_mb": peak_mb(),
        "walls": by_wall,
    });
    println!("{line}");
    Ok(())
}

fn measure(
    engine: &Engine,
    preset: &standard::Preset,
    route: &portrait::Route,
    subject: &Subject,
    (scene, wall): (&RgbImage, usize),
    sums: &mut Sums,
) -> anyhow::Result<()> {
    let mut quickest = f64::INFINITY;
    let mut cut: Option<CutOut> = None;
    for _ in 0..RUNS {
        let start = Instant::now();
        // A scene that a route cannot place counts as nothing found: that would be the worst of results, and none was seen.
        cut = Some(engine.cut_out(scene, preset, route, Some(subject.place()))?);
        quickest = quickest.min(start.elapsed().as_secs_f64() * 1e3);
    }
    let Some(cut) = cut else { return Ok(()) };
    let errors = subject.errors(cut.alpha(), &cut.before(BLUE), BLUE);
    sums.errors[wall].iter_mut().zip(errors).for_each(|(sum, error)| *sum += error);
    sums.millis.push(quickest);
    sums.count += 1.0;
    Ok(())
}

/// The most memory that this process has held, MB.
fn peak_mb() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM"))?;
    line.split_whitespace().nth(1)?.parse::<f64>().ok().map(|kb| kb / 1024.0)
}
