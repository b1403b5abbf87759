//! Generated backgrounds, drawn by formulas.

/// How many there are.
pub const COUNT: usize = 5;
/// Their names.
pub const NAMES: [&str; COUNT] = ["wall with a shadow", "books", "leaves", "window", "brick"];

/// A number in `0.0..1.0` that depends on two others and on nothing else.
pub fn grain(a: i64, b: i64) -> f32 {
    let mut v = (a.wrapping_mul(0x9e37_79b9) ^ b.wrapping_mul(0x85eb_ca6b)) as u64;
    v ^= v >> 15;
    v = v.wrapping_mul(0xd6e8_feb8_6659_fd93);
    v ^= v >> 32;
    (v & 0xffff) as f32 / 65536.0
}

/// Smooth noise: [`grain`] on a grid of `cell` pixels, interpolated.
fn noise(x: f32, y: f32, cell: f32, seed: i64) -> f32 {
    let (gx, gy) = ((x / cell).floor(), (y / cell).floor());
    let (fx, fy) = (x / cell - gx, y / cell - gy);
    let at = |dx: i64, dy: i64| grain(gx as i64 + dx + seed * 131, gy as i64 + dy);
    let top = at(0, 0) * (1.0 - fx) + at(1, 0) * fx;
    let low = at(0, 1) * (1.0 - fx) + at(1, 1) * fx;
    top * (1.0 - fy) + low * fy
}

fn mix(a: [f32; 3], b: [f32; 3], t: f32) -> [f32; 3] {
    std::array::from_fn(|c| a[c] * (1.0 - t) + b[c] * t)
}

/// Colour of wall `kind` at a place, encoded sRGB `0.0..=1.0`.
pub fn colour(kind: usize, x: f32, y: f32) -> [f32; 3] {
    match kind {
        0 => {
            let light = 0.86 - 0.16 * (x / 600.0) - 0.1 * (y / 700.0) + 0.01 * noise(x, y, 3.0, 1);
            [light, light * 0.97, light * 0.92]
        }
        1 => books(x, y),
        2 => {
            let near = noise(x, y, 9.0, 2) * noise(x, y, 31.0, 3);
            mix([0.08, 0.2, 0.05], [0.55, 0.75, 0.3], (near * 2.2).min(1.0))
        }
        3 => {
            let frame = (x % 190.0) < 18.0 || (y % 260.0) < 18.0;
            let sky = mix([0.8, 0.9, 0.99], [0.98, 0.98, 0.97], noise(x, y, 60.0, 4));
            if frame { [0.42, 0.38, 0.34] } else { sky }
        }
        _ => brick(x, y),
    }
}

fn books(x: f32, y: f32) -> [f32; 3] {
    let shelf = (y / 150.0).floor();
    if y % 150.0 < 10.0 {
        return [0.3, 0.2, 0.12];
    }
    let mut left = 0.0;
    let mut book = 0;
    while left < x {
        left += 12.0 + 22.0 * grain(book, shelf as i64);
        book += 1;
    }
    let tone = |c: i64| 0.12 + 0.7 * grain(book * 3 + c, shelf as i64 + 50);
    let spine = if left - x < 1.5 { 0.5 } else { 1.0 };
    [tone(0) * spine, tone(1) * spine, tone(2) * spine]
}

fn brick(x: f32, y: f32) -> [f32; 3] {
    let row = (y / 24.0).floor();
    let shifted = x + (row % 2.0) * 32.0;
    if y % 24.0 < 3.0 || shifted % 64.0 < 3.0 {
        return [0.72, 0.69, 0.64];
    }
    let tone = grain((shifted / 64.0) as i64, row as i64) * 0.2 + noise(x, y, 4.0, 5) * 0.08;
    [0.5 + tone, 0.26 + tone * 0.6, 0.2 + tone * 0.5]
}
