//! Ours: whether the clothes stand out from the new background. Where they do not, the portrait's edge cannot be seen.

use super::scene::{Finding, Scene};
use super::skin::lab;
use crate::geometry::Point;
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
    let unit = |v: u8| f32::from(v) / 255.0;
    let background_rgb = lab(scene.background_rgb.map(unit));
    let mut differences: Vec<f32> = Vec::new();
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
                let colour = lab(scene.picture.get_pixel(px as u32, py as u32).0.map(unit));
                differences.push((0..3).map(|c| (colour[c] - background_rgb[c]).powi(2)).sum::<f32>().sqrt());
            }
        }
    }
    differences.sort_by(f32::total_cmp);
    let median = (differences.len() >= FEWEST).then(|| f64::from(differences[differences.len() / 2]));
    (CheckName::ClothingContrast, median)
}
