//! Closed-form matting (Levin, Lischinski, Weiss 2008) between what the network is sure of.
//!
//! The matting Laplacian of 3 x 3 windows is kept as a 25-point stencil per unknown pixel and solved by conjugate gradients
//! with a diagonal preconditioner, starting at the network's matte. Single precision and 30 steps suffice: the result
//! agrees with a full solver to three digits (docs/MEASUREMENTS.md).

use crate::plane::{Mask, Plane};
use crate::resample::Colour;

/// Regularisation of the windows' colour covariance; 1e-4 is visibly softer.
const EPSILON: f64 = 1e-5;
/// Steps of conjugate gradients.
const STEPS: usize = 30;
/// The residual's share at which further steps change nothing visible.
const ENOUGH: f64 = 1e-6;

/// Alpha: 1 where `person`, 0 where `background`, solved in between, beginning at `rough`.
pub(crate) fn solve(picture: &Colour, rough: &Plane, person: &Mask, background: &Mask) -> Plane {
    let mut alpha = rough.clone();
    let mut band = Band { cells: Vec::new(), number: vec![u32::MAX; alpha.data.len()] };
    for i in 0..alpha.data.len() {
        if background.data[i] {
            alpha.data[i] = 0.0;
        } else if person.data[i] {
            alpha.data[i] = 1.0;
        } else {
            band.number[i] = band.cells.len() as u32;
            band.cells.push(i);
        }
    }
    let stencils = laplacian(picture, &band);
    descend(&stencils, &band, &mut alpha);
    alpha
}

/// The unknown pixels: their positions, and for each pixel its place in that list (`u32::MAX`: known).
struct Band {
    cells: Vec<usize>,
    number: Vec<u32>,
}

/// Row `q` of the Laplacian: weights of the 5 x 5 pixels around unknown `q`.
fn laplacian(picture: &Colour, band: &Band) -> Vec<[f32; 25]> {
    let (w, h) = (picture.width, picture.height);
    let mut rows = vec![[0.0f32; 25]; band.cells.len()];
    for y in 1..h.saturating_sub(1) {
        for x in 1..w.saturating_sub(1) {
            let unknown = |k: usize| band.number[(y + k / 3 - 1) * w + x + k % 3 - 1];
            let ids: [u32; 9] = std::array::from_fn(unknown);
            if ids.iter().any(|id| *id != u32::MAX) {
                add_window(picture, x, y, &ids, &mut rows);
            }
        }
    }
    rows
}

fn add_window(picture: &Colour, x: usize, y: usize, ids: &[u32; 9], rows: &mut [[f32; 25]]) {
    let w = picture.width;
    let mut p: [[f32; 3]; 9] = std::array::from_fn(|k| picture.data[(y + k / 3 - 1) * w + x + k % 3 - 1]);
    let mean: [f32; 3] = std::array::from_fn(|c| p.iter().map(|v| v[c]).sum::<f32>() / 9.0);
    p.iter_mut().for_each(|v| (0..3).for_each(|c| v[c] -= mean[c]));
    let inverse = inverse_covariance(&p);
    let q: [[f32; 3]; 9] = p.map(|v| std::array::from_fn(|i| (0..3).map(|j| inverse[i][j] * v[j]).sum()));
    for i in 0..9 {
        if ids[i] == u32::MAX {
            continue;
        }
        let row = &mut rows[ids[i] as usize];
        for (j, v) in p.iter().enumerate() {
            let likeness = (1.0 + q[i][0] * v[0] + q[i][1] * v[1] + q[i][2] * v[2]) / 9.0;
            let place = (j / 3 + 2 - i / 3) * 5 + (j % 3 + 2 - i % 3);
            row[place] += f32::from(u8::from(i == j)) - likeness;
        }
    }
}

/// The inverse of the regularised covariance of nine centred colours. In double precision: across a sharp edge all colours lie
/// on one line, and the determinant is the small difference of large products.
fn inverse_covariance(p: &[[f32; 3]; 9]) -> [[f32; 3]; 3] {
    let moment = |i: usize, j: usize| p.iter().map(|v| f64::from(v[i] * v[j])).sum::<f64>() / 9.0;
    let r = EPSILON / 9.0;
    let (a, b, c) = (moment(0, 0) + r, moment(0, 1), moment(0, 2));
    let (d, e, f) = (moment(1, 1) + r, moment(1, 2), moment(2, 2) + r);
    let (ia, ib, ic) = (d * f - e * e, c * e - b * f, b * e - c * d);
    let (id, ie, last) = (a * f - c * c, b * c - a * e, a * d - b * b);
    let scale = 1.0 / (a * ia + b * ib + c * ic);
    [[ia, ib, ic], [ib, id, ie], [ic, ie, last]].map(|row| row.map(|v| (v * scale) as f32))
}

/// Conjugate gradients on a plane with a margin of two, so that stencils never leave it.
fn descend(rows: &[[f32; 25]], band: &Band, alpha: &mut Plane) {
    let (w, h) = (alpha.width, alpha.height);
    let wide = w + 4;
    let mut whole = vec![0.0f32; wide * (h + 4)];
    for y in 0..h {
        whole[(y + 2) * wide + 2..(y + 2) * wide + 2 + w].copy_from_slice(alpha.row(y));
    }
    let place: Vec<usize> = band.cells.iter().map(|i| (i / w + 2) * wide + i % w + 2).collect();
    let apply = |field: &[f32], out: &mut [f32]| {
        for ((o, row), at) in out.iter_mut().zip(rows).zip(&place) {
            let mut sum = 0.0;
            for k in 0..5 {
                let from = at + k * wide - 2 * wide - 2;
                let line = &field[from..from + 5];
                sum += (0..5).map(|l| row[k * 5 + l] * line[l]).sum::<f32>();
            }
            *o = sum;
        }
    };
    let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(x, y)| f64::from(*x) * f64::from(*y)).sum::<f64>();
    let n = rows.len();
    let inverse: Vec<f32> = rows.iter().map(|row| 1.0 / row[12].max(1e-6)).collect();
    let (mut residual, mut product) = (vec![0.0f32; n], vec![0.0f32; n]);
    apply(&whole, &mut residual);
    residual.iter_mut().for_each(|r| *r = -*r);
    let mut direction: Vec<f32> = residual.iter().zip(&inverse).map(|(r, i)| r * i).collect();
    let mut field = vec![0.0f32; whole.len()];
    let mut energy = dot(&residual, &direction);
    let first = energy;
    let mut scaled = vec![0.0f32; n];
    for _ in 0..STEPS {
        place.iter().zip(&direction).for_each(|(at, d)| field[*at] = *d);
        apply(&field, &mut product);
        let curvature = dot(&direction, &product);
        if curvature <= 0.0 {
            break;
        }
        let step = (energy / curvature) as f32;
        for i in 0..n {
            whole[place[i]] += step * direction[i];
            residual[i] -= step * product[i];
            scaled[i] = residual[i] * inverse[i];
        }
        let next = dot(&residual, &scaled);
        if next < ENOUGH * first {
            break;
        }
        let turn = (next / energy) as f32;
        energy = next;
        direction.iter_mut().zip(&scaled).for_each(|(d, s)| *d = s + turn * *d);
    }
    for (i, at) in band.cells.iter().zip(&place) {
        alpha.data[*i] = whole[*at].clamp(0.0, 1.0);
    }
}
