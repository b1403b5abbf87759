//! Is one picture the other, or an edit of it?
//!
//! Both faces are brought to one frame by their mesh. What two photographs of one person never share is the exact play of
//! edges: the direction and strength of the gradient at every place, which neither recolouring nor a new background nor
//! recompression changes much. The mesh lies a little differently on a picture and on its edit, so the second face is moved,
//! scaled and turned a little until the gradients agree best, once as it is and once mirrored. The likeness is the correlation
//! of the locally evened gradients inside of the face.

use crate::find::{Detection, Mesh};
use crate::geometry::{Point, Similarity};
use crate::models::{EngineError, Models};
use crate::plane::Plane;
use crate::resample::warp;
use image::RgbImage;
use zeroize::Zeroizing;

/// Side of the common frame, pixels.
const SIDE: usize = 128;
/// Shifts that are tried first in both directions, pixels.
const SHIFT: i32 = 4;
/// Neighbourhood over which strength is evened out, pixels.
const EVEN: usize = 6;
/// First steps of the fine search: pixels, and shares of one (scale) or radians (turn). Each round halves them.
const STEPS: (f32, f32) = (1.0, 0.024);
/// Rounds of the fine search; the last moves by an eighth of a pixel.
const ROUNDS: usize = 4;
/// Likeness from which on two pictures are one photograph. Measured (table `same-photo` of docs/MEASUREMENTS.md): different shots of
/// one person reach 0.811; of 855 edits six lie lower than the limit, most of them shrunk to 160 columns or with bars of text across
/// the face, and nearly all above 0.9.
pub(super) const LIMIT: f32 = 0.85;
/// Eye centres and corners of the mouth in the common frame.
const TARGETS: [Point; 4] =
    [Point::new(44.0, 48.0), Point::new(84.0, 48.0), Point::new(48.0, 94.0), Point::new(80.0, 94.0)];
/// Middle and radii of the face's ellipse in the common frame.
const FACE: (f32, f32, f32, f32) = (64.0, 66.0, 44.0, 54.0);

/// The face's evened gradients: horizontal and vertical by turns.
pub(super) fn patch(models: &Models, picture: &RgbImage, face: &Detection) -> Result<Vec<f32>, EngineError> {
    let mesh = Mesh::measure(models, picture, face)?;
    let from =
        [mesh.at(33).midpoint(mesh.at(133)), mesh.at(362).midpoint(mesh.at(263)), mesh.at(61), mesh.at(291)];
    let aligned = warp(picture, &Similarity::fit(&from, &TARGETS), SIDE);
    let luma = aligned.data.iter().map(|p| 0.299 * p[0] + 0.587 * p[1] + 0.114 * p[2]).collect();
    // Light smoothing makes a picture and its recompressed copy alike.
    let smooth = Plane { width: SIDE, height: SIDE, data: luma }.mean(1);
    Ok(gradients(&smooth))
}

fn gradients(luma: &Plane) -> Vec<f32> {
    let mut gx = Plane::new(SIDE, SIDE, 0.0);
    let mut gy = gx.clone();
    let mut strength = gx.clone();
    for y in 1..SIDE - 1 {
        for x in 1..SIDE - 1 {
            let i = y * SIDE + x;
            gx.data[i] = luma.data[i + 1] - luma.data[i - 1];
            gy.data[i] = luma.data[i + SIDE] - luma.data[i - SIDE];
            strength.data[i] = gx.data[i].hypot(gy.data[i]);
        }
    }
    let even = strength.mean(EVEN);
    let mut out = Vec::with_capacity(2 * SIDE * SIDE);
    for i in 0..SIDE * SIDE {
        let scale = 1.0 / (even.data[i] + 0.01);
        // One strong edge must not outvote a hundred fine ones.
        out.push((gx.data[i] * scale).clamp(-2.0, 2.0));
        out.push((gy.data[i] * scale).clamp(-2.0, 2.0));
    }
    out
}

/// How the second face is laid on the first.
#[derive(Clone, Copy, Default)]
struct Lay {
    dx: f32,
    dy: f32,
    /// Scale, less one.
    grow: f32,
    /// Radians.
    turn: f32,
}

impl Lay {
    /// The eight neighbours: a step to both sides in each of the four.
    fn moved(mut self, neighbour: usize, step: f32, share: f32) -> Lay {
        let sign = if neighbour.is_multiple_of(2) { 1.0 } else { -1.0 };
        match neighbour / 2 {
            0 => self.dx += sign * step,
            1 => self.dy += sign * step,
            2 => self.grow += sign * share,
            _ => self.turn += sign * share,
        }
        self
    }
}

/// Correlation of two patches, the best over small movements and the mirror, `-1..=1`.
pub(super) fn likeness(a: &[f32], b: &[f32]) -> f32 {
    let across = |i: usize| 2 * (i / SIDE * SIDE + SIDE - 1 - i % SIDE);
    let mirrored = (0..SIDE * SIDE).flat_map(|i| [-b[across(i)], b[across(i) + 1]]);
    // It is as much the person as the template is.
    let mirrored: Zeroizing<Vec<f32>> = Zeroizing::new(mirrored.collect());
    best(a, b).max(best(a, &mirrored))
}

/// The best correlation of `b` laid on `a`: whole pixels first on every third row and column, then ever finer steps.
fn best(a: &[f32], b: &[f32]) -> f32 {
    let mut lay = Lay::default();
    let mut top = -1.0f32;
    for dy in -SHIFT..=SHIFT {
        for dx in -SHIFT..=SHIFT {
            let tried = Lay { dx: dx as f32, dy: dy as f32, ..Lay::default() };
            let seen = correlation(a, b, tried, 3);
            if seen > top {
                (top, lay) = (seen, tried);
            }
        }
    }
    let (mut step, mut share) = STEPS;
    top = correlation(a, b, lay, 2);
    for _ in 0..ROUNDS {
        for tried in 0..8 {
            let tried = lay.moved(tried, step, share);
            let seen = correlation(a, b, tried, 2);
            if seen > top {
                (top, lay) = (seen, tried);
            }
        }
        (step, share) = (step / 2.0, share / 2.0);
    }
    correlation(a, b, lay, 1)
}

/// Correlation inside of the face's ellipse with `b` laid so, on every `every`-th row and column.
fn correlation(a: &[f32], b: &[f32], lay: Lay, every: usize) -> f32 {
    let (mx, my, rx, ry) = FACE;
    let (s, c) = lay.turn.sin_cos();
    let (s, c) = (s * (1.0 + lay.grow), c * (1.0 + lay.grow));
    let (mut ab, mut aa, mut bb) = (0.0f32, 0.0f32, 0.0f32);
    for y in (12..120usize).step_by(every) {
        let v = (y as f32 - my) / ry;
        let half = rx * (1.0 - v * v).max(0.0).sqrt();
        for x in ((mx - half) as usize..(mx + half) as usize).step_by(every) {
            let (u, w) = (x as f32 - mx, y as f32 - my);
            let at = Point::new(mx + c * u - s * w + lay.dx, my + s * u + c * w + lay.dy);
            let Some(q) = sample(b, at) else { continue };
            let p = &a[2 * (y * SIDE + x)..];
            ab += p[0] * q[0] + p[1] * q[1];
            aa += p[0] * p[0] + p[1] * p[1];
            bb += q[0] * q[0] + q[1] * q[1];
        }
    }
    ab / (aa * bb).sqrt().max(1e-6)
}

/// Both gradients at a point between pixels.
fn sample(field: &[f32], p: Point) -> Option<[f32; 2]> {
    let (x, y) = (p.x.floor(), p.y.floor());
    let last = (SIDE - 2) as f32;
    if !(0.0..=last).contains(&x) || !(0.0..=last).contains(&y) {
        return None;
    }
    let (fx, fy) = (p.x - x, p.y - y);
    let i = 2 * (y as usize * SIDE + x as usize);
    let (upper, lower) = (&field[i..i + 4], &field[i + 2 * SIDE..i + 2 * SIDE + 4]);
    let mix = |c: usize| {
        let above = upper[c] * (1.0 - fx) + upper[c + 2] * fx;
        let below = lower[c] * (1.0 - fx) + lower[c + 2] * fx;
        above * (1.0 - fy) + below * fy
    };
    Some([mix(0), mix(1)])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The gradients of a pattern of blobs that differs with `seed`, seen through `lay`.
    fn pattern(seed: u32, lay: Lay) -> Vec<f32> {
        let mut state = seed;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as f32 / (1u32 << 24) as f32
        };
        let blobs: Vec<[f32; 4]> =
            (0..90).map(|_| [next() * 128.0, next() * 128.0, 2.0 + 4.0 * next(), next() - 0.5]).collect();
        let (s, c) = lay.turn.sin_cos();
        let grow = 1.0 + lay.grow;
        let at = |i: usize| {
            let (u, v) = ((i % SIDE) as f32 - FACE.0 - lay.dx, (i / SIDE) as f32 - FACE.1 - lay.dy);
            let (x, y) = (FACE.0 + (c * u + s * v) / grow, FACE.1 + (c * v - s * u) / grow);
            let light = |[bx, by, r, h]: &[f32; 4]| {
                h * (-((x - bx).powi(2) + (y - by).powi(2)) / (2.0 * r * r)).exp()
            };
            0.5 + blobs.iter().map(light).sum::<f32>()
        };
        gradients(&Plane { width: SIDE, height: SIDE, data: (0..SIDE * SIDE).map(at).collect() })
    }

    #[test]
    fn what_lies_a_little_differently_is_found_and_another_pattern_is_not() {
        let own = pattern(7, Lay::default());
        assert!(likeness(&own, &own) > 0.999);
        for lay in [
            Lay { dx: 2.6, dy: -1.3, ..Lay::default() },
            Lay { grow: 0.03, turn: -0.02, ..Lay::default() },
            Lay { dx: -1.0, dy: 2.0, grow: -0.03, turn: 0.03 },
        ] {
            assert!(likeness(&own, &pattern(7, lay)) > 0.9, "{}", likeness(&own, &pattern(7, lay)));
        }
        assert!(likeness(&own, &pattern(8, Lay::default())) < 0.4);
    }

    #[test]
    fn a_mirrored_pattern_is_found() {
        let own = pattern(7, Lay::default());
        let across = |i: usize| 2 * (i / SIDE * SIDE + SIDE - 1 - i % SIDE);
        let mirrored: Vec<f32> =
            (0..SIDE * SIDE).flat_map(|i| [-own[across(i)], own[across(i) + 1]]).collect();
        assert!(likeness(&own, &mirrored) > 0.9, "{}", likeness(&own, &mirrored));
    }
}
