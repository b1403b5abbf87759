//! A person with a known matte, and the errors of another matte against it.

use super::walls::{colour, grain};
use image::{Rgb, RgbImage};
use portrait::{CutOut, Point};

/// Size of the portrait, pixels.
const W: usize = 480;
const H: usize = 640;
/// Space left, right and above the portrait in a scene, pixels.
const MARGIN: usize = 60;
/// Size of a scene.
const SW: usize = W + 2 * MARGIN;
const SH: usize = H + MARGIN;
/// The outline is drawn at this many times the resolution.
const FINE: usize = 4;
/// Number of hairs drawn on every person.
const HAIRS: usize = 90;
/// Distance from the outline, in pixels, within which residual colour is measured.
const EDGE: usize = 6;

/// A person with exact alpha and colours, at the portrait's place in a scene.
pub struct Subject {
    /// Share of the person, portrait's pixels.
    alpha: Vec<f32>,
    /// The person's own colour everywhere, encoded.
    own: Vec<[f32; 3]>,
}

impl Subject {
    /// The person of `cut` with a hard outline and drawn hairs.
    pub fn of(cut: &CutOut) -> Subject {
        let seen = cut.captured();
        let body = smooth(cut.alpha());
        let own = spread(&seen, &body);
        let mut fine = vec![false; W * FINE * H * FINE];
        for (i, inside) in fine.iter_mut().enumerate() {
            let at = |v: usize| (v as f32 + 0.5) / FINE as f32;
            *inside = sample(&body, at(i % (W * FINE)), at(i / (W * FINE))) > 0.5;
        }
        draw_hairs(&body, &mut fine);
        let count = (FINE * FINE) as f32;
        let share = |i: usize| {
            let (x, y) = (i % W * FINE, i / W * FINE);
            let cells = (0..FINE * FINE).map(|k| fine[(y + k / FINE) * W * FINE + x + k % FINE]);
            cells.filter(|inside| *inside).count() as f32 / count
        };
        Subject { alpha: (0..W * H).map(share).collect(), own }
    }

    /// Where the portrait lies in a scene.
    pub fn place(&self) -> (Point, f32) {
        (Point::new(MARGIN as f32, MARGIN as f32), 1.0)
    }

    /// The person before a wall, with a camera's noise. Outside the portrait the person's edge columns are repeated.
    pub fn before(&self, wall: usize) -> RgbImage {
        RgbImage::from_fn(SW as u32, SH as u32, |x, y| {
            let (x, y) = (x as usize, y as usize);
            let behind = colour(wall, x as f32, y as f32);
            let inside = y >= MARGIN;
            let i = y.saturating_sub(MARGIN) * W + x.saturating_sub(MARGIN).min(W - 1);
            let a = if inside { self.alpha[i] } else { 0.0 };
            let noise = (grain(x as i64, y as i64 + 9000) - 0.5) * 0.012;
            Rgb(std::array::from_fn(|c| {
                let v = a * self.own[i][c] + (1.0 - a) * behind[c] + noise;
                (v * 255.0 + 0.5).clamp(0.0, 255.0) as u8
            }))
        })
    }

    /// Sum of absolute differences of alpha over 1000, sum of squared differences of its gradient, mean CIE76 difference of
    /// the portrait on `wall` near the outline.
    pub fn errors(&self, alpha: &[f32], portrait: &RgbImage, wall: [u8; 3]) -> [f64; 3] {
        let sad: f64 = alpha.iter().zip(&self.alpha).map(|(a, t)| f64::from((a - t).abs())).sum();
        let mut gradient = 0.0;
        for i in (0..W * H).filter(|i| i % W + 1 < W && i / W + 1 < H) {
            for step in [1, W] {
                let own = self.alpha[i + step] - self.alpha[i];
                gradient += f64::from(alpha[i + step] - alpha[i] - own).powi(2);
            }
        }
        let (mut sum, mut count) = (0.0, 0.0);
        for i in (0..W * H).filter(|i| self.near_outline(*i)) {
            let a = self.alpha[i];
            let wanted = std::array::from_fn(|c| a * self.own[i][c] + (1.0 - a) * f32::from(wall[c]) / 255.0);
            let got = portrait.get_pixel((i % W) as u32, (i / W) as u32).0.map(|v| f32::from(v) / 255.0);
            sum += difference(wanted, got);
            count += 1.0;
        }
        [sad / 1000.0, gradient, sum / f64::max(count, 1.0)]
    }

    /// Whether an edge of the truth lies within [`EDGE`] pixels along a row or a column.
    fn near_outline(&self, i: usize) -> bool {
        let (x, y) = (i % W, i / W);
        let row = (x.saturating_sub(EDGE)..(x + EDGE + 1).min(W)).map(|u| y * W + u);
        let column = (y.saturating_sub(EDGE)..(y + EDGE + 1).min(H)).map(|v| v * W + x);
        let side = self.alpha[i] > 0.5;
        row.chain(column)
            .any(|j| (self.alpha[j] > 0.5) != side || (self.alpha[j] > 0.0 && self.alpha[j] < 1.0))
    }
}

/// Alpha averaged over 7 x 7 pixels: where it passes one half is a smooth outline.
fn smooth(alpha: &[f32]) -> Vec<f32> {
    let mean = |i: usize| {
        let (x, y) = (i % W, i / W);
        let (mut sum, mut count) = (0.0, 0.0f32);
        for v in y.saturating_sub(3)..(y + 4).min(H) {
            for u in x.saturating_sub(3)..(x + 4).min(W) {
                sum += alpha[v * W + u];
                count += 1.0;
            }
        }
        sum / count
    };
    (0..W * H).map(mean).collect()
}

fn sample(plane: &[f32], x: f32, y: f32) -> f32 {
    let (x, y) = ((x - 0.5).clamp(0.0, (W - 1) as f32), (y - 0.5).clamp(0.0, (H - 1) as f32));
    let (x0, y0) = (x as usize, y as usize);
    let (x1, y1) = ((x0 + 1).min(W - 1), (y0 + 1).min(H - 1));
    let (fx, fy) = (x - x0 as f32, y - y0 as f32);
    let top = plane[y0 * W + x0] * (1.0 - fx) + plane[y0 * W + x1] * fx;
    let low = plane[y1 * W + x0] * (1.0 - fx) + plane[y1 * W + x1] * fx;
    top * (1.0 - fy) + low * fy
}

/// Colours of the certain foreground, spread outwards from pixel to pixel, so that they hold nothing of the old background.
fn spread(seen: &RgbImage, body: &[f32]) -> Vec<[f32; 3]> {
    let mut own = vec![[0.0f32; 3]; W * H];
    let mut known: Vec<bool> = body.iter().map(|a| *a > 0.999).collect();
    let mut front = Vec::new();
    for i in (0..W * H).filter(|i| known[*i]) {
        own[i] = seen.get_pixel((i % W) as u32, (i / W) as u32).0.map(|v| f32::from(v) / 255.0);
        front.push(i);
    }
    while !front.is_empty() {
        let mut next = Vec::new();
        for i in front {
            let (x, y) = (i % W, i / W);
            let sides = [
                (x > 0, i.wrapping_sub(1)),
                (x + 1 < W, i + 1),
                (y > 0, i.wrapping_sub(W)),
                (y + 1 < H, i + W),
            ];
            for (_, j) in sides.into_iter().filter(|(ok, _)| *ok) {
                if !known[j] {
                    known[j] = true;
                    own[j] = own[i];
                    next.push(j);
                }
            }
        }
        front = next;
    }
    own
}

/// Hairs from the upper outline outwards: curves that taper from about a pixel to a third of one.
fn draw_hairs(body: &[f32], fine: &mut [bool]) {
    for hair in 0..HAIRS as i64 {
        let angle = -std::f32::consts::PI * (0.08 + 0.84 * grain(hair, 1));
        let (dx, dy) = (angle.cos(), angle.sin());
        let (mut x, mut y) = (W as f32 / 2.0, H as f32 * 0.38);
        while (1.0..W as f32 - 1.0).contains(&x) && y > 1.0 && sample(body, x, y) > 0.5 {
            x += dx;
            y += dy;
        }
        let (length, bend) = (8.0 + 34.0 * grain(hair, 2), (grain(hair, 3) - 0.5) * 1.6);
        let (x, y) = (x - 3.0 * dx, y - 3.0 * dy);
        for step in 0..(length * 8.0) as usize {
            let t = step as f32 / (length * 8.0);
            let (along, aside) = (t * length, bend * t * t * length);
            let width = 0.65 - 0.45 * t;
            stamp(fine, x + along * dx - aside * dy, y + along * dy + aside * dx, width);
        }
    }
}

/// A disc of `radius` pixels of the portrait on the fine plane.
fn stamp(fine: &mut [bool], x: f32, y: f32, radius: f32) {
    let (cx, cy, r) = (x * FINE as f32, y * FINE as f32, radius * FINE as f32);
    let span = |c: f32, most: usize| ((c - r).max(0.0) as usize)..(((c + r).max(0.0) as usize + 1).min(most));
    for v in span(cy, H * FINE) {
        for u in span(cx, W * FINE) {
            if (u as f32 + 0.5 - cx).hypot(v as f32 + 0.5 - cy) <= r {
                fine[v * W * FINE + u] = true;
            }
        }
    }
}

/// CIE76 difference of two colours, encoded sRGB, D65.
fn difference(a: [f32; 3], b: [f32; 3]) -> f64 {
    let [a, b] = [a, b].map(lab);
    (0..3).map(|c| (a[c] - b[c]).powi(2)).sum::<f64>().sqrt()
}

fn lab(p: [f32; 3]) -> [f64; 3] {
    let [r, g, b] = p.map(|v| {
        let v = f64::from(v);
        if v <= 0.040_45 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
    });
    let f = |t: f64| if t > 0.008_856 { t.cbrt() } else { 7.787 * t + 16.0 / 116.0 };
    let x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505);
    let y = f(0.2126 * r + 0.7152 * g + 0.0722 * b);
    let z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.0888);
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}
