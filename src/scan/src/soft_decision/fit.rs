//! Fits the function patterns of a code to the grey picture: finds the version, and each corner to a fraction of a pixel.

use image::GrayImage;
use imageproc::geometric_transformations::Projection;

use super::function_patterns::FunctionPatterns;
use crate::outline::{FinderTrio, Quad};

/// Least correlation between patterns and picture that counts as a code.
const MIN_CORRELATION: f32 = 0.5;
/// Candidate versions that are refined.
const MAX_REFINED: usize = 3;

/// Where a code lies.
pub(crate) struct Fit {
    side: usize,
    /// Three finder centres and the point that completes them in the code: top left, top right, bottom right, bottom left.
    points: Quad,
}

/// The known modules of one version: centre in modules, and the expected value (1 light, -1 dark).
struct Template {
    side: usize,
    spots: Vec<(f32, f32, f32)>,
}

impl Template {
    fn of(patterns: &FunctionPatterns) -> Self {
        let spot = |(x, y, dark): (usize, usize, bool)| {
            (x as f32 + 0.5, y as f32 + 0.5, if dark { -1.0 } else { 1.0 })
        };
        let mut spots: Vec<_> = patterns.patterns().map(spot).collect();
        // The quiet zone next to the finder patterns marks the code's edge.
        let edge = patterns.side as f32;
        for i in 0..7 {
            let (near, far) = (i as f32 + 0.5, edge - i as f32 - 0.5);
            spots.extend([(near, -0.5, 1.0), (-0.5, near, 1.0), (far, -0.5, 1.0), (-0.5, far, 1.0)]);
        }
        Self { side: patterns.side, spots }
    }

    /// Correlation of the expected with the picture, -1 to 1, where `points` are the corners.
    fn score(&self, picture: &GrayImage, points: &Quad) -> f32 {
        let Some(way) = projection(self.side, points) else { return -1.0 };
        let (mut sum, mut squares, mut expected_sum, mut product, mut expected_squares) =
            (0.0, 0.0, 0.0, 0.0, 0.0);
        for (x, y, expected) in &self.spots {
            let (u, v) = way * (*x, *y);
            let grey = grey_at(picture, u, v);
            sum += grey;
            squares += grey * grey;
            expected_sum += expected;
            expected_squares += expected * expected;
            product += expected * grey;
        }
        let count = self.spots.len() as f32;
        let spread = (squares - sum * sum / count).max(1.0)
            * (expected_squares - expected_sum * expected_sum / count).max(1e-3);
        (product - sum * expected_sum / count) / spread.sqrt()
    }
}

impl Fit {
    /// The best fit of any version near the size that `trio` suggests; none if nothing fits.
    pub(crate) fn find(picture: &GrayImage, trio: &FinderTrio) -> Option<Self> {
        let mut rough: Vec<(f32, Template, Quad)> = candidates(trio)
            .filter_map(FunctionPatterns::of)
            .map(|patterns| {
                let template = Template::of(&patterns);
                let (score, points) = best_of(picture, &template, trio, 0.08, 1);
                (score, template, points)
            })
            .collect();
        rough.sort_by(|a, b| b.0.total_cmp(&a.0));
        rough.truncate(MAX_REFINED);
        let mut best: Option<(f32, Fit)> = None;
        for (_, template, points) in rough {
            let (wide, wide_points) = best_of(picture, &template, trio, 0.07, 3);
            let start = if wide > template.score(picture, &points) { wide_points } else { points };
            let (score, points) = refined(picture, &template, start, trio.module);
            if best.as_ref().is_none_or(|(other, _)| score > *other) {
                best = Some((score, Fit { side: template.side, points }));
            }
        }
        best.filter(|(score, _)| *score >= MIN_CORRELATION).map(|(_, fit)| fit)
    }

    /// Modules along one side.
    pub(crate) fn side(&self) -> usize {
        self.side
    }

    /// From modules to pixels.
    pub(crate) fn projection(&self) -> Option<Projection> {
        projection(self.side, &self.points)
    }

    /// The corners of the code.
    pub(crate) fn corners(&self) -> Quad {
        let far = self.side as f32;
        match self.projection() {
            Some(way) => [(0.0, 0.0), (far, 0.0), (far, far), (0.0, far)].map(|corner| way * corner),
            None => self.points,
        }
    }
}

/// Sizes within a third of what the distance of the patterns suggests, in modules.
fn candidates(trio: &FinderTrio) -> impl Iterator<Item = usize> + use<> {
    let leg = |a: (f32, f32)| (a.0 - trio.top_left.0).hypot(a.1 - trio.top_left.1);
    let about = (leg(trio.top_right) + leg(trio.bottom_left)) / 2.0 / trio.module.max(0.1);
    let (least, most) = (about * 0.72 + 7.0, about * 1.35 + 7.0);
    (1..=40).map(|version| 17 + 4 * version).filter(move |side| (least..=most).contains(&(*side as f32)))
}

/// The best of the guesses for the fourth point: the parallelogram's, moved by up to `reach` steps of `step` of a leg.
fn best_of(
    picture: &GrayImage,
    template: &Template,
    trio: &FinderTrio,
    step: f32,
    reach: i32,
) -> (f32, Quad) {
    let (tl, tr, bl) = (trio.top_left, trio.top_right, trio.bottom_left);
    let (right, down) = ((tr.0 - tl.0, tr.1 - tl.1), (bl.0 - tl.0, bl.1 - tl.1));
    let guesses = super::function_patterns::square(reach).map(|(i, j)| {
        let (u, v) = (1.0 + i as f32 * step, 1.0 + j as f32 * step);
        [tl, tr, (tl.0 + u * right.0 + v * down.0, tl.1 + u * right.1 + v * down.1), bl]
    });
    let scored = guesses.map(|points| (template.score(picture, &points), points));
    scored.max_by(|a, b| a.0.total_cmp(&b.0)).unwrap_or((-1.0, [tl, tr, tr, bl]))
}

/// Moves one coordinate at a time, by ever smaller steps, as long as it fits better. The fourth point moves farther: no
/// finder pattern was seen there.
fn refined(picture: &GrayImage, template: &Template, mut points: Quad, module: f32) -> (f32, Quad) {
    let mut best = template.score(picture, &points);
    for step in [1.5, 0.8, 0.4, 0.2, 0.1] {
        for _ in 0..3 {
            let before = best;
            for coordinate in 0..8 {
                let own = if coordinate / 2 == 2 { 1.6 } else { 0.6 };
                for sign in [-1.0, 1.0] {
                    let mut moved = points;
                    let point = &mut moved[coordinate / 2];
                    let by = sign * step * module * own;
                    if coordinate % 2 == 0 {
                        point.0 += by;
                    } else {
                        point.1 += by;
                    }
                    let score = template.score(picture, &moved);
                    if score > best {
                        (best, points) = (score, moved);
                    }
                }
            }
            if best - before < 1e-4 {
                break;
            }
        }
    }
    (best, points)
}

fn projection(side: usize, points: &Quad) -> Option<Projection> {
    let (near, far) = (3.5, side as f32 - 3.5);
    Projection::from_control_points([(near, near), (far, near), (far, far), (near, far)], *points)
}

/// The grey value at a point, bilinearly; beyond the edge that of the edge.
pub(crate) fn grey_at(picture: &GrayImage, x: f32, y: f32) -> f32 {
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    // Pixel (0, 0) is the area from 0 to 1: its middle is half a pixel in. `max` first: a NaN becomes the edge.
    let x = (x - 0.5).max(0.0).min((width - 1) as f32);
    let y = (y - 0.5).max(0.0).min((height - 1) as f32);
    let (x0, y0) = (x as usize, y as usize);
    let (x1, y1) = ((x0 + 1).min(width - 1), (y0 + 1).min(height - 1));
    let (fx, fy) = (x - x0 as f32, y - y0 as f32);
    let raw = picture.as_raw();
    let at = |x: usize, y: usize| f32::from(raw[y * width + x]);
    let upper = at(x0, y0) + (at(x1, y0) - at(x0, y0)) * fx;
    let lower = at(x0, y1) + (at(x1, y1) - at(x0, y1)) * fx;
    upper + (lower - upper) * fy
}
