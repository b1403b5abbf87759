//! Patterns that are not codes: clothes, print, tiles, other symbologies, and near imitations of a code.

use crate::chance::Chance;

/// One pattern's name and its brightness, 0 to 1, at a point in pixels.
type Kind = (&'static str, fn(&Pattern, f32, f32) -> f32);

/// Every kind of pattern. Faces take the place of the first one in every so many scenes.
pub const KINDS: &[Kind] = &[
    ("faces (with a set named) and stripes", stripes),
    ("plaid", plaid),
    ("lines of text", text),
    ("halftone", halftone),
    ("checkers", checkers),
    ("barcodes", barcode),
    ("grids like Data Matrix", data_matrix),
    ("grids of chance", grid_of_chance),
    ("nested squares anywhere", nested_squares),
    ("three finder patterns about chance", finders_about_chance),
    ("rings like Aztec", rings),
    ("bricks", bricks),
    ("knitwear", knitwear),
    ("plain noise", noise),
];

/// A pattern with its parameters.
pub struct Pattern {
    at: fn(&Pattern, f32, f32) -> f32,
    seed: u64,
    /// Width of its smallest part, in pixels.
    module: f32,
    /// Modules of a code-like square.
    side: i32,
    share: f32,
}

impl Pattern {
    /// A pattern of that kind with random parameters.
    pub fn new(kind: usize, chance: &mut Chance) -> Self {
        Self {
            at: KINDS[kind].1,
            seed: chance.bits(),
            module: chance.between(1.6, 9.0),
            side: 17 + 4 * (1 + chance.below(12) as i32),
            share: chance.between(0.3, 0.7),
        }
    }

    /// Brightness at a point, 0 to 1.
    pub fn at(&self, u: f32, v: f32) -> f32 {
        (self.at)(self, u, v)
    }

    /// A random number that belongs to a place, 0 to 1.
    fn spot(&self, x: i32, y: i32) -> f32 {
        let place = (x as u32 as u64) << 32 | y as u32 as u64;
        Chance::new(self.seed ^ place.wrapping_mul(0x2545_f491_4f6c_dd1d)).between(0.0, 1.0)
    }

    fn cell(&self, u: f32, v: f32) -> (i32, i32) {
        ((u / self.module).floor() as i32, (v / self.module).floor() as i32)
    }
}

fn bit(light: bool) -> f32 {
    f32::from(u8::from(light))
}

fn stripes(p: &Pattern, u: f32, v: f32) -> f32 {
    bit((u / p.module / 2.0 + (v * 0.02 * p.share).sin()).rem_euclid(1.0) < p.share)
}

fn plaid(p: &Pattern, u: f32, v: f32) -> f32 {
    let band =
        |t: f32| [1.0, 0.5, 0.9, 0.2, 0.7, 0.1][((t / p.module / 3.0).floor() as i32).rem_euclid(6) as usize];
    (band(u) + band(v)) / 2.0
}

/// Lines of strokes in boxes, as print looks from afar.
fn text(p: &Pattern, u: f32, v: f32) -> f32 {
    let (x, y) = p.cell(u, v);
    let line = y.rem_euclid(12);
    let gap = line > 8 || p.spot(x.div_euclid(6), y.div_euclid(12) + 9000) < 0.15 || x.rem_euclid(6) == 5;
    bit(gap || p.spot(x, y) > 0.45)
}

fn halftone(p: &Pattern, u: f32, v: f32) -> f32 {
    let pitch = p.module * 1.6;
    let tone = 0.5 + 0.35 * (u * 0.011).sin() * (v * 0.017 + p.share).cos();
    let off = |t: f32| (t / pitch).rem_euclid(1.0) - 0.5;
    bit(off(u).hypot(off(v)) > 0.56 * tone)
}

fn checkers(p: &Pattern, u: f32, v: f32) -> f32 {
    let (x, y) = p.cell(u, v);
    bit((x + y).rem_euclid(2) == 0)
}

fn barcode(p: &Pattern, u: f32, v: f32) -> f32 {
    let (x, y) = p.cell(u, v / 14.0);
    bit(y.rem_euclid(3) == 0 || p.spot(x, y) < 0.5)
}

/// Squares with a solid L and a dotted one.
fn data_matrix(p: &Pattern, u: f32, v: f32) -> f32 {
    let (x, y) = p.cell(u, v);
    let (i, j) = (x.rem_euclid(p.side), y.rem_euclid(p.side));
    let last = p.side - 5;
    if i > last || j > last {
        return 1.0;
    }
    if i == 0 || j == last {
        return 0.0;
    }
    if j == 0 || i == last {
        return bit((i + j) % 2 == 1);
    }
    bit(p.spot(x, y) < 0.5)
}

fn grid_of_chance(p: &Pattern, u: f32, v: f32) -> f32 {
    let (x, y) = p.cell(u, v);
    bit(p.spot(x, y) < p.share)
}

/// A finder pattern's brightness at a step from its middle; light beyond it.
fn finder(dx: i32, dy: i32) -> bool {
    let ring = dx.abs().max(dy.abs());
    ring == 2 || ring > 3
}

fn nested_squares(p: &Pattern, u: f32, v: f32) -> f32 {
    let (x, y) = p.cell(u, v);
    let (i, j) = (x.div_euclid(13), y.div_euclid(13));
    if p.spot(i, j) > p.share {
        return bit(p.spot(x, y) < 0.5);
    }
    let (shift_x, shift_y) = ((p.spot(i, j + 77) * 4.0) as i32, (p.spot(i, j + 99) * 4.0) as i32);
    bit(finder(x.rem_euclid(13) - 5 - shift_x, y.rem_euclid(13) - 5 - shift_y))
}

/// Everything of a code but a message: finder and timing patterns, alignment, quiet zone, and random modules in between.
fn finders_about_chance(p: &Pattern, u: f32, v: f32) -> f32 {
    let (x, y) = p.cell(u, v);
    let pitch = p.side + 8;
    let (i, j) = ((x + pitch / 2).rem_euclid(pitch) - 4, (y + pitch / 2).rem_euclid(pitch) - 4);
    if i.min(j) < 0 || i.max(j) >= p.side {
        return 1.0;
    }
    let far = p.side - 4;
    for (a, b) in [(3, 3), (far, 3), (3, far)] {
        if (i - a).abs().max((j - b).abs()) <= 4 {
            return bit(finder(i - a, j - b));
        }
    }
    let (dx, dy) = (i - (p.side - 7), j - (p.side - 7));
    if dx.abs().max(dy.abs()) <= 2 {
        return bit(dx.abs().max(dy.abs()) == 1);
    }
    if i == 6 || j == 6 {
        return bit((i + j) % 2 == 1);
    }
    bit(p.spot(x, y) < 0.5)
}

fn rings(p: &Pattern, u: f32, v: f32) -> f32 {
    let (x, y) = p.cell(u, v);
    let (i, j) = (x.rem_euclid(31) - 15, y.rem_euclid(31) - 15);
    let ring = i.abs().max(j.abs());
    if ring < 7 { bit(ring % 2 == 1) } else { bit(ring > 13 || p.spot(x, y) < 0.5) }
}

fn bricks(p: &Pattern, u: f32, v: f32) -> f32 {
    let row = (v / (p.module * 5.0)).floor();
    let shifted = u + row * p.module * 6.0;
    let mortar = (v / p.module).rem_euclid(5.0) < 0.8 || (shifted / p.module).rem_euclid(12.0) < 0.8;
    if mortar { 0.9 } else { 0.2 + 0.3 * p.spot((shifted / (p.module * 12.0)).floor() as i32, row as i32) }
}

fn knitwear(p: &Pattern, u: f32, v: f32) -> f32 {
    0.5 + 0.5 * (u / p.module * 2.0).sin() * (v / p.module * 2.0 + (u / p.module).cos()).sin()
}

fn noise(p: &Pattern, u: f32, v: f32) -> f32 {
    p.spot(u as i32, v as i32)
}
