//! The person's own colour where person and old background mix: blur fusion (Forte 2021), two passes.
//!
//! The first pass, with a wide radius, runs at a quarter of the size; the second, with a narrow one, at full size, and only
//! where colours mix. Without it the trees behind the student stay green in the hair.

use crate::geometry::Point;
use crate::parallel::in_halves;
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

/// First estimates at one pixel: the person's colour and the background's.
type Pair = ([f32; 3], [f32; 3]);

/// Foreground colours of `picture` under `alpha`, encoded, `0.0..=1.0`.
pub(crate) fn foreground(picture: &Colour, alpha: &Plane) -> Colour {
    let mixed = Mask::of(alpha, |a| a > 0.0 && a < 1.0);
    let wanted = mixed.grown(2 * NARROW);
    let far = Far::of(picture, alpha);
    let mut first: Vec<Pair> = vec![Pair::default(); picture.data.len()];
    in_halves(&mut first, picture.width, |row, part| {
        let from = row * picture.width;
        for (i, pair) in (from..).zip(part) {
            // Where the person is all there is, the picture is the foreground itself.
            let plain = || (picture.data[i], picture.data[i]);
            *pair = if wanted.data[i] { far.at(picture, alpha, i) } else { plain() };
        }
    });
    let mut out = picture.clone();
    in_halves(&mut out.data, picture.width, |row, part| {
        let from = row * picture.width;
        for (i, colour) in (from..).zip(part).filter(|(i, _)| mixed.data[*i]) {
            *colour = near(alpha, &first, i, *colour);
        }
    });
    out
}

/// Weighted means far around, at a quarter of the size.
struct Far {
    front: [Plane; 3],
    back: [Plane; 3],
    scale: (f32, f32),
}

impl Far {
    fn of(picture: &Colour, alpha: &Plane) -> Far {
        let (w, h) = (picture.width, picture.height);
        let Blocks { share, weighted, plain } = Blocks::of(picture, alpha);
        let scale = (share.width as f32 / w as f32, share.height as f32 / h as f32);
        let share = share.mean(WIDE);
        let (mut front, mut back) = (weighted.map(|p| p.mean(WIDE)), plain.map(|p| p.mean(WIDE)));
        for (front, back) in front.iter_mut().zip(&mut back) {
            for ((f, b), s) in front.data.iter_mut().zip(&mut back.data).zip(&share.data) {
                *b = (*b - *f) / (1.0 - s + TINY);
                *f /= s + TINY;
            }
        }
        Far { front, back, scale }
    }

    fn at(&self, picture: &Colour, alpha: &Plane, i: usize) -> Pair {
        let (x, y) = ((i % picture.width) as f32 + 0.5, (i / picture.width) as f32 + 0.5);
        let at = Point::new(x * self.scale.0, y * self.scale.1);
        let back = std::array::from_fn(|c| self.back[c].bilinear(at));
        let front = std::array::from_fn(|c| self.front[c].bilinear(at));
        (corrected(picture.data[i], alpha.data[i], front, back), back)
    }
}

/// The foreground that, with `back` behind it, gives exactly the pixel seen.
fn corrected(seen: [f32; 3], a: f32, front: [f32; 3], back: [f32; 3]) -> [f32; 3] {
    let one = |c: usize| front[c] + a * (seen[c] - a * front[c] - (1.0 - a) * back[c]);
    std::array::from_fn(|c| one(c).clamp(0.0, 1.0))
}

/// Means of `REDUCTION` x `REDUCTION` pixels: of alpha, of the colours times alpha, and of the colours. What does not fill a
/// block at the end joins the last one.
struct Blocks {
    share: Plane,
    weighted: [Plane; 3],
    plain: [Plane; 3],
}

impl Blocks {
    fn of(picture: &Colour, alpha: &Plane) -> Blocks {
        let (w, h) = ((picture.width / REDUCTION).max(1), (picture.height / REDUCTION).max(1));
        let mut sums = vec![[0.0f32; 8]; w * h];
        for y in 0..picture.height {
            let row = (y / REDUCTION).min(h - 1) * w;
            let pixels = &picture.data[y * picture.width..(y + 1) * picture.width];
            for (x, (p, a)) in pixels.iter().zip(alpha.row(y)).enumerate() {
                let one = [*a, p[0] * a, p[1] * a, p[2] * a, p[0], p[1], p[2], 1.0];
                let sum = &mut sums[row + (x / REDUCTION).min(w - 1)];
                sum.iter_mut().zip(one).for_each(|(s, v)| *s += v);
            }
        }
        let mean = |k: usize| Plane { width: w, height: h, data: sums.iter().map(|s| s[k] / s[7]).collect() };
        Blocks {
            share: mean(0),
            weighted: std::array::from_fn(|c| mean(c + 1)),
            plain: std::array::from_fn(|c| mean(c + 4)),
        }
    }
}

/// Final estimate where person and background mix: weighted means of the first ones close around.
fn near(alpha: &Plane, first: &[Pair], i: usize, seen: [f32; 3]) -> [f32; 3] {
    let (w, h) = (alpha.width, alpha.height);
    let (x, y) = (i % w, i / w);
    let (mut share, mut count) = (TINY, TINY);
    let (mut front, mut back) = ([0.0f32; 3], [0.0f32; 3]);
    for v in y.saturating_sub(NARROW)..(y + NARROW + 1).min(h) {
        let columns = v * w + x.saturating_sub(NARROW)..v * w + (x + NARROW + 1).min(w);
        for (a, (f, b)) in alpha.data[columns.clone()].iter().zip(&first[columns]) {
            share += a;
            count += 1.0 - a;
            for c in 0..3 {
                front[c] += f[c] * a;
                back[c] += b[c] * (1.0 - a);
            }
        }
    }
    corrected(seen, alpha.data[i], front.map(|v| v / share), back.map(|v| v / count))
}
