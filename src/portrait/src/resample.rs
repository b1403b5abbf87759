//! Bringing pictures to another size.
//!
//! Light adds up linearly, bytes do not: what ends up in the portrait is resampled in linear light. What only networks see
//! is resampled in bytes, as they were trained.

use crate::geometry::{Point, Similarity, Window};
use crate::parallel::in_halves;
use image::RgbImage;
use std::sync::OnceLock;

/// A picture of three `f32` a pixel, `0.0..=1.0` in sRGB's encoding unless said otherwise.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Colour {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) data: Vec<[f32; 3]>,
}

impl Colour {
    pub(crate) fn at(&self, x: usize, y: usize) -> [f32; 3] {
        self.data[y * self.width + x]
    }

    /// The picture in bytes, rounded.
    pub(crate) fn to_bytes(&self) -> RgbImage {
        let byte = |v: f32| (v * 255.0 + 0.5).clamp(0.0, 255.0) as u8;
        let raw = self.data.as_flattened().iter().map(|v| byte(*v)).collect();
        // The vector has width * height * 3 entries by construction, so the empty picture is never taken.
        RgbImage::from_raw(self.width as u32, self.height as u32, raw).unwrap_or_default()
    }
}

/// In which space values are added up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Space {
    /// Encoded bytes, tent filter: for networks.
    Encoded,
    /// Linear light, Catmull-Rom: for the portrait.
    Linear,
}

/// One sRGB byte as linear light, IEC 61966-2-1.
pub(crate) fn linear(byte: u8) -> f32 {
    static TABLE: OnceLock<[f32; 256]> = OnceLock::new();
    TABLE.get_or_init(|| {
        std::array::from_fn(|i| {
            let c = i as f32 / 255.0;
            if c <= 0.040_45 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        })
    })[usize::from(byte)]
}

/// Steps of the table of [`encoded`]; between them it goes straight, which is right to 2e-5.
const STEPS: usize = 4096;

/// Linear light `0.0..=1.0` in sRGB's encoding.
fn encode(v: f32) -> f32 {
    if v <= 0.003_130_8 { v * 12.92 } else { 1.055 * v.powf(1.0 / 2.4) - 0.055 }
}

/// Linear light in sRGB's encoding, by a table.
struct Encoded(Vec<f32>);

impl Encoded {
    fn table() -> &'static Encoded {
        static TABLE: OnceLock<Encoded> = OnceLock::new();
        TABLE.get_or_init(|| Encoded((0..=STEPS + 1).map(|i| encode(i as f32 / STEPS as f32)).collect()))
    }

    fn of(&self, light: f32) -> f32 {
        let at = light.clamp(0.0, 1.0) * STEPS as f32;
        let i = at as usize;
        self.0[i] + (at - i as f32) * (self.0[i + 1] - self.0[i])
    }
}

struct Tap {
    first: usize,
    weights: Vec<f32>,
}

/// The weights along one axis; beyond the picture its last pixel is repeated.
fn taps(count: usize, length: usize, origin: f32, scale: f32, space: Space) -> Vec<Tap> {
    let stretch = (1.0 / scale).max(1.0);
    let reach = stretch * if space == Space::Linear { 2.0 } else { 1.0 };
    let kernel = |t: f32| {
        let t = t.abs();
        match space {
            Space::Encoded => (1.0 - t).max(0.0),
            Space::Linear if t < 1.0 => (1.5 * t - 2.5) * t * t + 1.0,
            Space::Linear if t < 2.0 => ((-0.5 * t + 2.5) * t - 4.0) * t + 2.0,
            Space::Linear => 0.0,
        }
    };
    let last = length as isize - 1;
    let tap = |i: usize| {
        let middle = (i as f32 + 0.5) / scale + origin - 0.5;
        let (from, to) = ((middle - reach).ceil() as isize, (middle + reach).floor() as isize);
        let first = from.clamp(0, last);
        let end = to.clamp(first, last);
        let mut weights = vec![0.0; (end - first + 1) as usize];
        for j in from..=to {
            weights[(j.clamp(first, end) - first) as usize] += kernel((j as f32 - middle) / stretch);
        }
        let sum: f32 = weights.iter().sum();
        if sum.abs() > 1e-6 {
            weights.iter_mut().for_each(|w| *w /= sum);
        } else {
            weights[0] = 1.0;
        }
        Tap { first: first as usize, weights }
    };
    (0..count).map(tap).collect()
}

/// The cut-out of `picture` that `window` sees, `width` x `height`, filtered against aliasing, on at most two threads.
pub(crate) fn cut(picture: &RgbImage, window: &Window, width: usize, height: usize, space: Space) -> Colour {
    let (pw, ph) = (picture.width() as usize, picture.height() as usize);
    let xs = taps(width, pw, window.origin.x, window.scale, space);
    let ys = taps(height, ph, window.origin.y, window.scale_y, space);
    let top = ys.iter().map(|t| t.first).min().unwrap_or(0);
    let low = ys.iter().map(|t| t.first + t.weights.len()).max().unwrap_or(ph);
    let mut rows = vec![[0.0f32; 3]; width * (low - top)];
    in_halves(&mut rows, width, |first, part| across(picture, &xs, top + first, part, space));
    let mut out = Colour { width, height, data: vec![[0.0; 3]; width * height] };
    in_halves(&mut out.data, width, |first, part| {
        for (target, tap) in part.chunks_mut(width).zip(&ys[first..]) {
            down(&rows[(tap.first - top) * width..], tap, target, space);
        }
    });
    out
}

/// One row of the cut-out from the rows that `tap` weighs.
fn down(rows: &[[f32; 3]], tap: &Tap, target: &mut [[f32; 3]], space: Space) {
    let width = target.len();
    for (row, weight) in rows.chunks_exact(width).zip(&tap.weights) {
        for (o, v) in target.as_flattened_mut().iter_mut().zip(row.as_flattened()) {
            *o += v * weight;
        }
    }
    if space == Space::Linear {
        let table = Encoded::table();
        target.as_flattened_mut().iter_mut().for_each(|v| *v = table.of(*v));
    }
}

/// Rows of the cut-out, one for each source row from `first` on. Every source pixel is brought to `space` once, four lanes wide.
fn across(picture: &RgbImage, xs: &[Tap], first: usize, rows: &mut [[f32; 3]], space: Space) {
    let stride = picture.width() as usize * 3;
    let raw = picture.as_raw();
    let table: [f32; 256] = std::array::from_fn(|i| match space {
        Space::Encoded => i as f32 / 255.0,
        Space::Linear => linear(i as u8),
    });
    let left = xs.iter().map(|t| t.first).min().unwrap_or(0);
    let right = xs.iter().map(|t| t.first + t.weights.len()).max().unwrap_or(0);
    let mut wide = vec![[0.0f32; 4]; right - left];
    for (i, row) in rows.chunks_mut(xs.len()).enumerate() {
        let source = &raw[(first + i) * stride..(first + i + 1) * stride];
        for (to, pixel) in wide.iter_mut().zip(source[left * 3..right * 3].chunks_exact(3)) {
            (0..3).for_each(|c| to[c] = table[usize::from(pixel[c])]);
        }
        for (out, tap) in row.iter_mut().zip(xs) {
            let mut sum = [0.0f32; 4];
            for (pixel, weight) in wide[tap.first - left..].iter().zip(&tap.weights) {
                (0..4).for_each(|c| sum[c] += pixel[c] * weight);
            }
            *out = [sum[0], sum[1], sum[2]];
        }
    }
}

/// The square of side `size` that `to` maps to `0..size`, bilinear, sampled more densely where the picture shrinks.
/// Beyond the picture: black. Values `0.0..=1.0`, encoded. On at most two threads.
pub(crate) fn warp(picture: &RgbImage, to: &Similarity, size: usize) -> Colour {
    let back = to.inverse();
    let dense = (1.0 / to.scale()).round().clamp(1.0, 4.0) as usize;
    let step = 1.0 / dense as f32;
    let weight = 1.0 / (dense * dense) as f32 / 255.0;
    let (zero, one) = (back.apply(Point::default()), back.apply(Point::new(1.0, 0.0)));
    // From one sample of a row to the next.
    let along = Point::new(one.x - zero.x, one.y - zero.y);
    let mut data = vec![[0.0f32; 3]; size * size];
    in_halves(&mut data, size, |first, part| {
        for (i, row) in part.chunks_mut(size).enumerate() {
            for k in 0..dense * dense {
                let (u, v) = ((k % dense) as f32, (k / dense) as f32);
                let from = back.apply(Point::new((u + 0.5) * step, (first + i) as f32 + (v + 0.5) * step));
                for (x, out) in row.iter_mut().enumerate() {
                    let p = Point::new(from.x + along.x * x as f32, from.y + along.y * x as f32);
                    let sample = bilinear(picture, p);
                    (0..3).for_each(|c| out[c] += sample[c]);
                }
            }
            row.as_flattened_mut().iter_mut().for_each(|v| *v *= weight);
        }
    });
    Colour { width: size, height: size, data }
}

fn bilinear(picture: &RgbImage, p: Point) -> [f32; 3] {
    let (w, h) = (picture.width() as usize, picture.height() as usize);
    let (x, y) = (p.x - 0.5, p.y - 0.5);
    let inside = x >= 0.0 && y >= 0.0 && x + 2.0 < w as f32 && y + 1.0 < h as f32;
    if !inside {
        return bilinear_at_edge(picture, x, y);
    }
    let (x0, y0) = (x as usize, y as usize);
    let (fx, fy) = (x - x0 as f32, y - y0 as f32);
    let at = (y0 * w + x0) * 3;
    // Four bytes at a time, of which the last one is the next pixel's and not used: processors like that better than three.
    let raw = picture.as_raw();
    let (above, below) = (&raw[at..at + 7], &raw[at + w * 3..at + w * 3 + 7]);
    let wide = |row: &[u8], from: usize| -> [f32; 4] { std::array::from_fn(|c| f32::from(row[from + c])) };
    let (p, q, r, s) = (wide(above, 0), wide(above, 3), wide(below, 0), wide(below, 3));
    let (a, b, c, d) = ((1.0 - fx) * (1.0 - fy), fx * (1.0 - fy), (1.0 - fx) * fy, fx * fy);
    let sum: [f32; 4] = std::array::from_fn(|i| p[i] * a + q[i] * b + r[i] * c + s[i] * d);
    [sum[0], sum[1], sum[2]]
}

/// The same where some of the four neighbours lie beyond the picture.
fn bilinear_at_edge(picture: &RgbImage, x: f32, y: f32) -> [f32; 3] {
    let (w, h) = (picture.width() as isize, picture.height() as isize);
    let (x0, y0) = (x.floor(), y.floor());
    let (fx, fy) = (x - x0, y - y0);
    let (x0, y0) = (x0 as isize, y0 as isize);
    if x0 < -1 || y0 < -1 || x0 >= w || y0 >= h {
        return [0.0; 3];
    }
    let raw = picture.as_raw();
    let mut sum = [0.0f32; 3];
    for (dx, dy, weight) in
        [(0, 0, (1.0 - fx) * (1.0 - fy)), (1, 0, fx * (1.0 - fy)), (0, 1, (1.0 - fx) * fy), (1, 1, fx * fy)]
    {
        let (u, v) = (x0 + dx, y0 + dy);
        if u < 0 || v < 0 || u >= w || v >= h {
            continue;
        }
        let at = (v * w + u) as usize * 3;
        for c in 0..3 {
            sum[c] += f32::from(raw[at + c]) * weight;
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_the_encoding_is_right_to_a_hundredth_of_a_level() {
        for i in 0..=100_000 {
            let light = i as f32 / 100_000.0;
            let off = (Encoded::table().of(light) - encode(light)).abs();
            assert!(off < 0.01 / 255.0, "{off} at {light}");
        }
        assert!((Encoded::table().of(7.0) - 1.0).abs() < 1e-6 && Encoded::table().of(-1.0).abs() < 1e-6);
    }

    #[test]
    fn a_flat_picture_stays_flat_at_any_size() {
        let flat = RgbImage::from_pixel(70, 50, image::Rgb([100, 197, 255]));
        for scale in [0.13, 0.5, 1.0, 1.9] {
            let window = Window::new(Point::new(-3.0, 2.5), scale);
            let out = cut(&flat, &window, 31, 40, Space::Linear).to_bytes();
            assert!(out.pixels().all(|p| p.0 == [100, 197, 255]), "scale {scale}");
        }
    }

    #[test]
    fn fine_black_and_white_lines_become_the_grey_of_half_the_light() {
        let lines = RgbImage::from_fn(64, 64, |x, _| image::Rgb(if x % 2 == 0 { [255; 3] } else { [0; 3] }));
        let out = cut(&lines, &Window::new(Point::default(), 0.125), 8, 8, Space::Linear).to_bytes();
        let middle = out.get_pixel(4, 4).0[0];
        assert!((186..=190).contains(&middle), "half of the light is 188, got {middle}");
    }
}
