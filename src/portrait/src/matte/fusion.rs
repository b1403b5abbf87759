//! The person's own colour where person and old background mix: blur fusion (Forte 2021), two passes.
//!
//! The first pass, with a wide radius, runs at a quarter of the size; the second, with a narrow one, at full size. Without
//! it the trees behind the student stay green in the hair.

use crate::plane::Plane;
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
    let (near, far) = first_pass(picture, alpha);
    second_pass(picture, alpha, &near, &far)
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

/// First estimates of foreground and background: weighted means far around.
fn first_pass(picture: &Colour, alpha: &Plane) -> (Colour, [Plane; 3]) {
    let share = reduce(alpha).mean(WIDE);
    let (sx, sy) = (share.width as f32 / picture.width as f32, share.height as f32 / picture.height as f32);
    let mut near =
        Colour { width: picture.width, height: picture.height, data: vec![[0.0; 3]; picture.data.len()] };
    let far = std::array::from_fn(|c| {
        let weighted = reduce(&channel(picture, |i| picture.data[i][c] * alpha.data[i])).mean(WIDE);
        let plain = reduce(&channel(picture, |i| picture.data[i][c])).mean(WIDE);
        let mut front = share.clone();
        let mut back = share.clone();
        for i in 0..share.data.len() {
            front.data[i] = weighted.data[i] / (share.data[i] + TINY);
            back.data[i] = (plain.data[i] - weighted.data[i]) / (1.0 - share.data[i] + TINY);
        }
        let mut behind = Plane::new(picture.width, picture.height, 0.0);
        for i in 0..picture.data.len() {
            let (x, y) = ((i % picture.width) as f32 + 0.5, (i / picture.width) as f32 + 0.5);
            let at = crate::geometry::Point::new(x * sx, y * sy);
            let (a, f, b) = (alpha.data[i], front.bilinear(at), back.bilinear(at));
            near.data[i][c] = (f + a * (picture.data[i][c] - a * f - (1.0 - a) * b)).clamp(0.0, 1.0);
            behind.data[i] = b;
        }
        behind
    });
    (near, far)
}

/// Final estimate: weighted means close around the first one.
fn second_pass(picture: &Colour, alpha: &Plane, near: &Colour, far: &[Plane; 3]) -> Colour {
    let share = alpha.mean(NARROW);
    let mut out = picture.clone();
    for (c, far) in far.iter().enumerate() {
        let front = channel(picture, |i| near.data[i][c] * alpha.data[i]).mean(NARROW);
        let back = channel(picture, |i| far.data[i] * (1.0 - alpha.data[i])).mean(NARROW);
        for i in 0..picture.data.len() {
            let a = alpha.data[i];
            let f = front.data[i] / (share.data[i] + TINY);
            let b = back.data[i] / (1.0 - share.data[i] + TINY);
            out.data[i][c] = (f + a * (picture.data[i][c] - a * f - (1.0 - a) * b)).clamp(0.0, 1.0);
        }
    }
    out
}
