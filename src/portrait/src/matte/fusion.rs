//! The person's own colour where person and old background mix: blur fusion (Forte 2021), two passes.
//!
//! The first pass, with a wide radius, runs at a quarter of the size; the second, with a narrow one, at full size. Without
//! it the trees behind the student stay green in the hair.

use crate::geometry::Point;
use crate::plane::{Mask, Plane};
use crate::resample::Colour;

/// Reduction of the first pass.
const REDUCTION: usize = 4;
/// Radius of the first pass, pixels of the reduced size; 20 at full size.
const WIDE: usize = 5;
/// Radius of the second pass, pixels.
const NARROW: usize = 3;
/// Keeps divisions finite where there is no person, or no background, near by.
const TINY: f32 = 1e-5;

/// Foreground colours of `picture` under `alpha`, encoded, `0.0..=1.0`.
pub(crate) fn foreground(picture: &Colour, alpha: &Plane) -> Colour {
    let mixed = Mask::of(alpha, |a| a > 0.0 && a < 1.0);
    let (near, far) = first_pass(picture, alpha, &mixed.grown(2 * NARROW));
    second_pass(picture, alpha, &mixed, &near, &far)
}

fn channel(picture: &Colour, pick: impl Fn(usize) -> f32) -> Plane {
    let data = (0..picture.data.len()).map(pick).collect();
    Plane { width: picture.width, height: picture.height, data }
}

/// Means of `REDUCTION` x `REDUCTION` blocks; what does not fill a block at the end joins the last one.
fn reduce(plane: &Plane) -> Plane {
    let (w, h) = ((plane.width / REDUCTION).max(1), (plane.height / REDUCTION).max(1));
    let mut out = Plane::new(w, h, 0.0);
    let mut count = vec![0.0f32; w * h];
    for y in 0..plane.height {
        let row = (y / REDUCTION).min(h - 1) * w;
        for (x, v) in plane.row(y).iter().enumerate() {
            let at = row + (x / REDUCTION).min(w - 1);
            out.data[at] += v;
            count[at] += 1.0;
        }
    }
    out.data.iter_mut().zip(&count).for_each(|(v, n)| *v /= n);
    out
}

/// First estimates of foreground and background: weighted means far around. Only `wanted` pixels are estimated; where the
/// person is all there is, the picture is the foreground itself.
fn first_pass(picture: &Colour, alpha: &Plane, wanted: &Mask) -> (Colour, Colour) {
    let share = reduce(alpha).mean(WIDE);
    let (sx, sy) = (share.width as f32 / picture.width as f32, share.height as f32 / picture.height as f32);
    let (mut near, mut far) = (picture.clone(), picture.clone());
    for c in 0..3 {
        let weighted = reduce(&channel(picture, |i| picture.data[i][c] * alpha.data[i])).mean(WIDE);
        let plain = reduce(&channel(picture, |i| picture.data[i][c])).mean(WIDE);
        let mut front = share.clone();
        let mut back = share.clone();
        for i in 0..share.data.len() {
            front.data[i] = weighted.data[i] / (share.data[i] + TINY);
            back.data[i] = (plain.data[i] - weighted.data[i]) / (1.0 - share.data[i] + TINY);
        }
        for i in (0..picture.data.len()).filter(|i| wanted.data[*i]) {
            let (x, y) = ((i % picture.width) as f32 + 0.5, (i / picture.width) as f32 + 0.5);
            let at = Point::new(x * sx, y * sy);
            let (a, f, b) = (alpha.data[i], front.bilinear(at), back.bilinear(at));
            near.data[i][c] = (f + a * (picture.data[i][c] - a * f - (1.0 - a) * b)).clamp(0.0, 1.0);
            far.data[i][c] = b;
        }
    }
    (near, far)
}

/// Final estimate where person and background mix: weighted means close around the first one. Elsewhere the picture's own.
fn second_pass(picture: &Colour, alpha: &Plane, mixed: &Mask, near: &Colour, far: &Colour) -> Colour {
    let (w, h) = (picture.width, picture.height);
    let mut out = picture.clone();
    for i in (0..w * h).filter(|i| mixed.data[*i]) {
        let (x, y) = (i % w, i / w);
        let (mut share, mut count) = (0.0f32, 0.0f32);
        let (mut front, mut back) = ([0.0f32; 3], [0.0f32; 3]);
        for v in y.saturating_sub(NARROW)..(y + NARROW + 1).min(h) {
            for j in v * w + x.saturating_sub(NARROW)..v * w + (x + NARROW + 1).min(w) {
                let a = alpha.data[j];
                share += a;
                count += 1.0;
                for c in 0..3 {
                    front[c] += near.data[j][c] * a;
                    back[c] += far.data[j][c] * (1.0 - a);
                }
            }
        }
        let a = alpha.data[i];
        for c in 0..3 {
            let (f, b) = (front[c] / (share + TINY), back[c] / (count - share + TINY));
            out.data[i][c] = (f + a * (picture.data[i][c] - a * f - (1.0 - a) * b)).clamp(0.0, 1.0);
        }
    }
    out
}
