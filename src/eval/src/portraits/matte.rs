//! The table `matte`: routes to a matte against known truth. Each route runs in a process of its own (`eval matte-route`),
//! because its peak memory is measured.
//!
//! Truth: each picture's person is cut out once, the outline is made hard and single hairs are drawn on it, everything at four
//! times the size and then reduced. Before five generated walls this is a picture whose alpha and colours are known exactly.
//! The outline is generated, not the person.

use super::matte_scene::Subject;
use super::{fringe, walls};
use crate::process::{own_peak_mb, run};
use crate::report::Report;
use crate::sets::faces;
use crate::statistics::Sorted;
use anyhow::{Context as _, ensure};
use image::RgbImage;
use portrait::{CutOut, Engine, ROUTES, decode};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

/// The background on which residual colour is measured.
const BLUE: [u8; 3] = [100, 197, 255];
/// Greatest enlargement of a picture that is used: enlarged faces give soft truth.
const MAX_ENLARGEMENT: f64 = 0.8;
/// Most persons: each is measured in five scenes on every route.
const MAX_PERSONS: usize = 8;

/// The sums of one route over all scenes.
#[derive(Default)]
struct Sums {
    count: f64,
    millis: Vec<f64>,
    /// Sums of |alpha - truth| / 1000, of squared gradient differences, of CIE76 near the edge: by wall.
    errors: [[f64; 3]; walls::COUNT],
}

/// The result of one route.
#[derive(Debug, Serialize, Deserialize)]
pub struct RouteResult {
    route: String,
    people: usize,
    scenes: f64,
    median_millis: f64,
    peak_mb: Option<f64>,
    walls: Vec<WallResult>,
}

/// The mean errors of one route before one wall: SAD / 1000, gradient error, CIE76 difference near the edge.
#[derive(Debug, Serialize, Deserialize)]
struct WallResult {
    wall: String,
    errors: [f64; 3],
}

impl RouteResult {
    /// The mean of one error over all walls.
    fn mean(&self, error: usize) -> f64 {
        self.walls.iter().map(|wall| wall.errors[error]).sum::<f64>() / self.walls.len() as f64
    }
}

/// Measures all routes on the set of faces in `folder`.
///
/// # Errors
/// When the set or a model cannot be read, or a route fails.
pub fn table(folder: &Path) -> anyhow::Result<String> {
    let usable: Vec<_> = faces::list(folder)?.into_iter().filter(faces::ExpectedFace::is_usable).collect();
    let sharp = usable.iter().filter(|face| face.enlargement.is_some_and(|factor| factor <= MAX_ENLARGEMENT));
    let sharp: Vec<PathBuf> = sharp.map(|face| folder.join(&face.file)).take(MAX_PERSONS).collect();
    let mut results: Vec<RouteResult> = Vec::new();
    for route in 0..ROUTES.len() {
        let own = std::env::current_exe()?;
        let ran = run(Command::new(own).arg("matte-route").arg(route.to_string()).args(&sharp))?;
        results.extend(ran.json_lines()?);
    }
    ensure!(results.len() == ROUTES.len(), "a route failed");
    let mut report = Report::default();
    totals(&mut report, &results)?;
    by_wall(&mut report, &results);
    report.line("\nEdgeFringe, per cent of the edge:\n");
    let all: Vec<PathBuf> = usable.iter().map(|face| folder.join(&face.file)).collect();
    fringe::add(&mut report, &all)?;
    Ok(report.finish())
}

fn totals(report: &mut Report, results: &[RouteResult]) -> anyhow::Result<()> {
    let peer = results.first().context("there are routes")?;
    report.line(format!(
        "{} persons, each before {} walls: {:.0} scenes a route.\n",
        peer.people,
        peer.walls.len(),
        peer.scenes
    ));
    report.columns(&[
        "route",
        "time, finding and placing included",
        "peak memory",
        "SAD / 1000",
        "gradient error",
        "dE on blue",
    ]);
    for result in results {
        report.line(format!(
            "| {} | {:.2} | {:.0} MB | {:.2} | {:.0} | {:.2} |",
            result.route,
            result.median_millis / peer.median_millis,
            result.peak_mb.unwrap_or(f64::NAN),
            result.mean(0),
            result.mean(1),
            result.mean(2)
        ));
    }
    Ok(())
}

fn by_wall(report: &mut Report, results: &[RouteResult]) {
    report.line("\nBy wall, SAD / gradient error / dE:\n");
    let mut columns = vec!["route"];
    columns.extend(walls::NAMES);
    report.columns(&columns);
    for result in results {
        let mut cells = vec![result.route.clone()];
        let cell = |wall: &WallResult| {
            let [sad, gradient, difference] = wall.errors;
            format!("{sad:.1} / {gradient:.0} / {difference:.1}")
        };
        cells.extend(result.walls.iter().map(cell));
        report.row(&cells);
    }
}

/// Measures one route on the persons of `pictures`.
///
/// # Errors
/// When there is no such route, a picture or a model cannot be read, or no picture could be cut out.
pub fn measure_route(number: usize, pictures: &[PathBuf]) -> anyhow::Result<RouteResult> {
    let (engine, preset) = (super::engine()?, super::preset()?);
    let route = ROUTES.get(number).context("there is no such route")?;
    let mut sums = Sums::default();
    let mut people = 0;
    for path in pictures {
        let picture = decode(&std::fs::read(path)?)?;
        let Ok(person) = engine.cut_out(&picture, &preset, &ROUTES[super::PRODUCT_ROUTE], None) else {
            continue;
        };
        let subject = Subject::of(&person);
        people += 1;
        for wall in 0..walls::COUNT {
            let scene = subject.before(wall);
            measure(&engine, &preset, route, &subject, (&scene, wall), &mut sums)?;
        }
    }
    ensure!(sums.count > 0.0, "no picture could be cut out");
    let each = sums.count / walls::COUNT as f64;
    let wall =
        |w: usize| WallResult { wall: walls::NAMES[w].to_owned(), errors: sums.errors[w].map(|e| e / each) };
    Ok(RouteResult {
        route: route.name.to_owned(),
        people,
        scenes: sums.count,
        median_millis: Sorted::new(sums.millis.iter().copied()).above(0.5),
        peak_mb: own_peak_mb(),
        walls: (0..walls::COUNT).map(wall).collect(),
    })
}

fn measure(
    engine: &Engine,
    preset: &standard::Preset,
    route: &portrait::Route,
    subject: &Subject,
    (scene, wall): (&RgbImage, usize),
    sums: &mut Sums,
) -> anyhow::Result<()> {
    let start = Instant::now();
    // A scene that a route cannot place is an error of the measurement: none was seen so far.
    let cut: CutOut = engine.cut_out(scene, preset, route, Some(subject.place()))?;
    sums.millis.push(start.elapsed().as_secs_f64() * 1e3);
    let errors = subject.errors(cut.alpha(), &cut.before(BLUE), BLUE);
    sums.errors[wall].iter_mut().zip(errors).for_each(|(sum, error)| *sum += error);
    sums.count += 1.0;
    Ok(())
}
