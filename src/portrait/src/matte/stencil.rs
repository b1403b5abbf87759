//! The matting Laplacian (Levin, Lischinski, Weiss 2008, equation 12) around unknown pixels: for each of them the weights of
//! the 5 x 5 pixels around it, summed over the nine 3 x 3 windows that hold it.

use crate::parallel::in_halves;
use crate::plane::Mask;
use crate::resample::Colour;

/// Pixels that are worked on at a time.
pub(super) const LANES: usize = 8;
/// Regularisation of the windows' colour covariance; 1e-4 is visibly softer.
const EPSILON: f64 = 1e-5;

/// Eight neighbouring pixels of a row, some of them unknown, with the weights around each; known ones have none.
pub(super) struct Block {
    pub(super) x: usize,
    pub(super) y: usize,
    /// By place in the 5 x 5 square, then by pixel.
    pub(super) weights: [[f32; LANES]; 25],
}

impl Block {
    pub(super) fn new(x: usize, y: usize) -> Block {
        Block { x, y, weights: [[0.0; LANES]; 25] }
    }
}

/// Mean and inverse covariance of the colours of one window.
#[derive(Clone, Copy, Default)]
struct Window {
    mean: [f32; 3],
    inverse: [[f32; 3]; 3],
}

/// The windows that hold an unknown pixel.
pub(super) struct Windows {
    width: usize,
    height: usize,
    /// For each pixel the place of the window around it; `u32::MAX`: none.
    number: Vec<u32>,
    list: Vec<Window>,
}

impl Windows {
    pub(super) fn around(picture: &Colour, unknown: &Mask) -> Windows {
        let (w, h) = (unknown.width, unknown.height);
        let mut number = vec![u32::MAX; w * h];
        let mut middles = Vec::new();
        for y in 1..h.saturating_sub(1) {
            for x in 1..w.saturating_sub(1) {
                let held = (y - 1..y + 2).any(|v| unknown.data[v * w + x - 1..v * w + x + 2].contains(&true));
                if held {
                    number[y * w + x] = middles.len() as u32;
                    middles.push((x, y));
                }
            }
        }
        let mut list = vec![Window::default(); middles.len()];
        in_halves(&mut list, 1, |first, part| {
            for (window, (x, y)) in part.iter_mut().zip(&middles[first..]) {
                *window = Window::measure(picture, *x, *y);
            }
        });
        Windows { width: w, height: h, number, list }
    }

    /// Sums the weights of the unknown pixels of `block`.
    pub(super) fn fill(&self, picture: &Colour, unknown: &Mask, block: &mut Block) {
        for lane in 0..LANES.min(self.width - block.x) {
            let (x, y) = (block.x + lane, block.y);
            if !unknown.at(x, y) {
                continue;
            }
            let mut weights = [0.0f32; 25];
            for v in y.max(2) - 1..(y + 2).min(self.height - 1) {
                for u in x.max(2) - 1..(x + 2).min(self.width - 1) {
                    let corner = (v + 1 - y) * 5 + u + 1 - x;
                    let window = &self.list[self.number[v * self.width + u] as usize];
                    window.add(picture, (u, v), picture.at(x, y), &mut weights[corner..]);
                    weights[12] += 1.0;
                }
            }
            block.weights.iter_mut().zip(&weights).for_each(|(to, w)| to[lane] = *w);
        }
    }
}

impl Window {
    fn measure(picture: &Colour, x: usize, y: usize) -> Window {
        let w = picture.width;
        let mut p: [[f32; 3]; 9] = std::array::from_fn(|k| picture.data[(y + k / 3 - 1) * w + x + k % 3 - 1]);
        let mean: [f32; 3] = std::array::from_fn(|c| p.iter().map(|v| v[c]).sum::<f32>() / 9.0);
        p.iter_mut().for_each(|v| (0..3).for_each(|c| v[c] -= mean[c]));
        Window { mean, inverse: inverse_covariance(&p) }
    }

    /// Takes what the nine pixels of this window have in common with a pixel of `colour` off `weights`, whose first entry is
    /// the window's corner in rows of five.
    fn add(&self, picture: &Colour, (x, y): (usize, usize), colour: [f32; 3], weights: &mut [f32]) {
        let off: [f32; 3] = std::array::from_fn(|c| colour[c] - self.mean[c]);
        let q: [f32; 3] = self.inverse.map(|row| row[0] * off[0] + row[1] * off[1] + row[2] * off[2]);
        for k in 0..3 {
            let from = (y + k - 1) * picture.width + x - 1;
            for (weight, p) in weights[k * 5..k * 5 + 3].iter_mut().zip(&picture.data[from..from + 3]) {
                let likeness = q[0] * (p[0] - self.mean[0])
                    + q[1] * (p[1] - self.mean[1])
                    + q[2] * (p[2] - self.mean[2]);
                *weight -= (1.0 + likeness) / 9.0;
            }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_around_every_unknown_pixel_sum_to_nothing() {
        let grain = |i: usize| ((i * 7919) % 101) as f32 / 101.0;
        let data = (0..12 * 9).map(|i| [grain(i), grain(i + 31), grain(i * 3)]).collect();
        let picture = Colour { width: 12, height: 9, data };
        let mut unknown = Mask::new(12, 9);
        unknown.data.iter_mut().for_each(|u| *u = true);
        let windows = Windows::around(&picture, &unknown);
        for (x, y) in [(0, 0), (8, 0), (0, 4), (8, 8)] {
            let mut block = Block::new(x, y);
            windows.fill(&picture, &unknown, &mut block);
            for lane in 0..LANES {
                let sum: f32 = block.weights.iter().map(|w| w[lane]).sum();
                assert!(sum.abs() < 1e-3, "{sum} at {x}+{lane}, {y}");
            }
            assert!(block.weights[12][0] > 0.0);
        }
    }
}
