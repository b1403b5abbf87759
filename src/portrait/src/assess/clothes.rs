//! Ours: whether the clothes stand out from the new background. Where they do not, the portrait's edge cannot be seen.

use super::{Finding, Scene};
use crate::geometry::Point;
use crate::resample::linear;
use crate::silhouette::FOREGROUND;
use standard::CheckName;

/// How far inside of the outline clothes are looked at, pixels of the matte.
const INSIDE: usize = 5;
/// Rows must reach this far below the chin to count as clothes, over the distance of eyes and chin.
const BELOW: f32 = 0.45;
/// Fewest samples on which a median may rest.
const FEWEST: usize = 12;

/// Median CIE 1976 colour difference between the clothes just inside of the outline and the background to come.
pub(super) fn contrast(scene: &Scene<'_>) -> Finding {
    let matte = scene.silhouette;
    let chin = scene.face.chin();
    let first = chin.y + BELOW * (chin.y - scene.face.eyes().y);
    let top = matte.window.forward(Point::new(0.0, first)).y.max(0.0) as usize;
    let wall = lab(scene.wall);
    let mut differences: Vec<f64> = Vec::new();
    for y in top..matte.alpha.height {
        let row = matte.alpha.row(y);
        let (Some(left), Some(right)) =
            (row.iter().position(|a| *a >= FOREGROUND), row.iter().rposition(|a| *a >= FOREGROUND))
        else {
            continue;
        };
        for x in [left + INSIDE, right.saturating_sub(INSIDE)] {
            let p = matte.window.back(Point::new(x as f32 + 0.5, y as f32 + 0.5));
            let (px, py) = (p.x as i64, p.y as i64);
            let seen = px >= 0
                && py >= 0
                && px < i64::from(scene.picture.width())
                && py < i64::from(scene.picture.height());
            if seen && row.get(x).is_some_and(|a| *a > 0.9) {
                let colour = lab(scene.picture.get_pixel(px as u32, py as u32).0);
                differences.push((0..3).map(|c| (colour[c] - wall[c]).powi(2)).sum::<f64>().sqrt());
            }
        }
    }
    differences.sort_by(f64::total_cmp);
    let median = (differences.len() >= FEWEST).then(|| differences[differences.len() / 2]);
    (CheckName::ClothingContrast, median)
}

/// CIELAB of an sRGB colour, white D65.
fn lab(rgb: [u8; 3]) -> [f64; 3] {
    let [r, g, b] = rgb.map(|v| f64::from(linear(v)));
    let f = |t: f64| if t > 216.0 / 24389.0 { t.cbrt() } else { (24389.0 / 27.0 * t + 16.0) / 116.0 };
    let x = f((0.412_456 * r + 0.357_576 * g + 0.180_437 * b) / 0.950_47);
    let y = f(0.212_673 * r + 0.715_152 * g + 0.072_175 * b);
    let z = f((0.019_334 * r + 0.119_192 * g + 0.950_304 * b) / 1.088_83);
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_and_black_are_a_hundred_apart() {
        let (white, black) = (lab([255; 3]), lab([0; 3]));
        assert!((white[0] - 100.0).abs() < 0.01 && black[0].abs() < 0.01 && white[1].abs() < 0.02);
    }
}
