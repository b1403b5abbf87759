//! Light: how much, how even, and of which colour. Formulas after OFIQ 1.0.3 unless the name is ours.

use super::aligned::{Aligned, SIDE};
use super::iso::IsoComponent as Iso;
use super::scene::{Finding, Scene};
use crate::find::Mesh;
use crate::geometry::{Point, fill, hull};
use crate::matte::person::OVAL;
use crate::resample::linear;
use standard::CheckName as C;

/// Below this alpha a pixel counts as background.
const BACKGROUND: f32 = 0.05;

/// All measures of the face's light.
pub(super) fn measure(aligned: &Aligned) -> Vec<Finding> {
    let histogram = histogram(aligned.face_luminance());
    let some = |v: f64| Some(v);
    let (mean, variance) = moments(&histogram);
    let share = |from: usize, to: usize| histogram[from..=to].iter().sum::<f64>();
    vec![
        (C::IlluminationUniformity, some(Iso::IlluminationUniformity.score(cheek_overlap(aligned)))),
        (C::LuminanceMean, some(Iso::LuminanceMean.score(mean))),
        (C::LuminanceVariance, some(Iso::LuminanceVariance.score(variance))),
        // OFIQ leaves out what covers the face; we have no mask of that, so hair and hands stay in the count.
        (C::UnderExposurePrevention, some(Iso::UnderExposurePrevention.score(share(0, 25)))),
        (C::OverExposurePrevention, some(Iso::OverExposurePrevention.score(share(247, 255)))),
        (C::DynamicRange, some(Iso::DynamicRange.score(entropy(&histogram)))),
        (C::NaturalColour, natural_colour(aligned)),
        (C::IlluminationSymmetry, halves(aligned)),
    ]
}

/// Shares of the 256 luminance levels.
fn histogram(values: impl Iterator<Item = u8>) -> [f64; 256] {
    let mut counts = [0.0f64; 256];
    let mut all = 0.0;
    for v in values {
        counts[usize::from(v)] += 1.0;
        all += 1.0;
    }
    counts.map(|c| if all > 0.0 { c / all } else { 0.0 })
}

/// Mean and variance of luminance, `0..=1`.
fn moments(histogram: &[f64; 256]) -> (f64, f64) {
    let level = |i: usize| i as f64 / 255.0;
    let mean: f64 = histogram.iter().enumerate().map(|(i, p)| p * level(i)).sum();
    (mean, histogram.iter().enumerate().map(|(i, p)| p * (level(i) - mean).powi(2)).sum())
}

/// Shannon entropy, bits.
fn entropy(histogram: &[f64; 256]) -> f64 {
    histogram.iter().filter(|p| **p > 0.0).map(|p| -p * p.log2()).sum()
}

/// ISO IlluminationUniformity, raw: intersection of the two cheeks' luminance histograms, `0..=1`.
fn cheek_overlap(aligned: &Aligned) -> f64 {
    let [l, r] = aligned.cheeks().map(|(x0, y0, side)| {
        let cells = (0..side * side).map(|i| (y0 + i / side.max(1)) * SIDE + x0 + i % side.max(1));
        histogram(cells.map(|i| if aligned.face.data[i] { aligned.luminance[i] } else { 0 }))
    });
    l.iter().zip(&r).map(|(a, b)| a.min(*b)).sum()
}

/// ISO NaturalColour: distance of the cheeks' mean colour from the range of skin in CIELAB (D50), as a score.
fn natural_colour(aligned: &Aligned) -> Option<f64> {
    let (mut sum, mut count) = ([0.0f64; 3], 0.0);
    for (x0, y0, side) in aligned.cheeks() {
        for i in 0..side * side {
            let at = (y0 + i / side) * SIDE + x0 + i % side;
            if aligned.face.data[at] {
                (0..3).for_each(|c| sum[c] += f64::from(aligned.picture.data[at][c]));
            }
            count += 1.0;
        }
    }
    if count == 0.0 {
        return None;
    }
    let [r, g, b] = sum.map(|v| f64::from(linear((v / count * 255.0 + 0.5) as u8)));
    let x = (0.436_05 * r + 0.385_08 * g + 0.143_09 * b) / 0.964_221;
    let y = 0.222_49 * r + 0.716_89 * g + 0.060_62 * b;
    let z = (0.013_93 * r + 0.097_10 * g + 0.714_19 * b) / 0.825_211;
    let f = |t: f64| {
        if t > 216.0 / 24389.0 { t.cbrt() } else { (24289.0 / 27.0 * t + 16.0) / 116.0 }
    };
    let (a, b) = (500.0 * (f(x) - f(y)), 200.0 * (f(y) - f(z)));
    let beyond = |v: f64, most: f64| (5.0 - v).max(v - most).max(0.0);
    let distance = if a >= 0.0 && b >= 0.0 { beyond(a, 25.0).hypot(beyond(b, 35.0)) } else { 100.0 };
    Some(Iso::NaturalColour.score(distance))
}

/// Ours: what the darker half of the face lacks against the brighter one, `0..1`; linear luminance, halves left and right
/// of the aligned face's axis.
fn halves(aligned: &Aligned) -> Option<f64> {
    let (mut sum, mut count) = ([0.0f64; 2], [0.0f64; 2]);
    for (i, inside) in aligned.face.data.iter().enumerate() {
        if *inside {
            let half = usize::from(i % SIDE >= SIDE / 2);
            sum[half] += f64::from(aligned.luminance[i]);
            count[half] += 1.0;
        }
    }
    loss(sum, count)
}

fn loss(sum: [f64; 2], count: [f64; 2]) -> Option<f64> {
    if count.contains(&0.0) {
        return None;
    }
    let (a, b) = (sum[0] / count[0], sum[1] / count[1]);
    Some(1.0 - a.min(b) / a.max(b).max(1.0))
}

/// ISO BackgroundUniformity: mean Scharr gradient of linear luminance over the background of the aligned frame (columns
/// 62..554, rows 0..406, reduced to 354 x 292), as a score. Our matte below 5 % stands for OFIQ's class 0.
pub(super) fn background(aligned: &Aligned, scene: &Scene<'_>) -> Finding {
    const W: usize = 354;
    const H: usize = 292;
    let (sx, sy) = (492.0 / W as f32, 406.0 / H as f32);
    let back = aligned.to_aligned.inverse();
    let (pw, ph) = (scene.picture.width() as f32, scene.picture.height() as f32);
    let place = |i: usize| ((i % W) as f32 + 0.5, (i / W) as f32 + 0.5);
    let mut light = vec![0.0f32; W * H];
    let mut background = crate::plane::Mask::new(W, H);
    for (i, light) in light.iter_mut().enumerate() {
        let (x, y) = place(i);
        let (u, v) = (62.0 + x * sx, y * sy);
        let at = (v as usize).min(SIDE - 1) * SIDE + (u as usize).min(SIDE - 1);
        *light = f32::from(aligned.luminance[at]);
        let p = back.apply(Point::new(u, v));
        let inside = p.x >= 0.0 && p.y >= 0.0 && p.x < pw && p.y < ph;
        background.data[i] = inside && scene.silhouette.at(p).is_some_and(|a| a < BACKGROUND);
    }
    let background = background.shrunk(2);
    let (mut sum, mut count) = (0.0f64, 0.0f64);
    for y in 1..H - 1 {
        for x in (1..W - 1).filter(|x| background.at(*x, y)) {
            let l = |dx: usize, dy: usize| light[(y + dy - 1) * W + x + dx - 1];
            let gx = 3.0 * (l(2, 0) - l(0, 0)) + 10.0 * (l(2, 1) - l(0, 1)) + 3.0 * (l(2, 2) - l(0, 2));
            let gy = 3.0 * (l(0, 2) - l(0, 0)) + 10.0 * (l(1, 2) - l(1, 0)) + 3.0 * (l(2, 2) - l(2, 0));
            sum += f64::from(gx.hypot(gy));
            count += 1.0;
        }
    }
    let value = (count > 0.0).then(|| Iso::BackgroundUniformity.score(sum / count));
    (C::BackgroundUniformity, value)
}

/// The light on a face as the live path sees it, on the mesh network's own crop.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Light {
    /// Mean linear luminance of the face, `0..=1`.
    pub(crate) mean: f64,
    /// Loss of the darker half, `0..1`; [`standard::CheckName::IlluminationSymmetry`].
    pub(crate) loss: f64,
}

impl Light {
    pub(crate) fn on(mesh: &Mesh) -> Light {
        let side = mesh.crop.width;
        let middle = mesh.to_crop.apply(mesh.at(168).midpoint(mesh.at(1))).x as usize;
        let outline: Vec<Point> = mesh.pick(&OVAL).into_iter().map(|p| mesh.to_crop.apply(p)).collect();
        let (mut sum, mut count) = ([0.0f64; 2], [0.0f64; 2]);
        fill(&hull(&outline), side as u32, side as u32, |y, from, to| {
            for x in from..to {
                let [r, g, b] = mesh.crop.at(x, y).map(|v| f64::from(linear((v * 255.0) as u8)));
                let half = usize::from(x >= middle);
                sum[half] += 255.0 * (0.2126 * r + 0.7152 * g + 0.0722 * b);
                count[half] += 1.0;
            }
        });
        let all = (count[0] + count[1]).max(1.0);
        Light { mean: (sum[0] + sum[1]) / all / 255.0, loss: loss(sum, count).unwrap_or(0.0) }
    }

    /// ISO LuminanceMean of this light, as a score.
    pub(crate) fn mean_score(&self) -> f64 {
        Iso::LuminanceMean.score(self.mean)
    }
}
