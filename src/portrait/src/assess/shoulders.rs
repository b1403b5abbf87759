//! Ours: whether the shoulders are level, from the person's outline.

use super::scene::{Finding, Scene};
use crate::geometry::Point;
use crate::silhouette::FOREGROUND;
use standard::CheckName;

/// Where the outline is read on both sides, over the face's width from its axis: outside of neck and most hair, inside of the
/// arms.
const OUT: (f32, f32) = (0.85, 1.2);
/// Places on each side.
const PLACES: usize = 12;
/// Fewest pairs on which a slope may rest.
const FEWEST: usize = 5;
/// The outline must begin this far below the mouth to be a shoulder and not hair, over the face's width.
const BELOW: f32 = 0.15;

/// Slope of the line between both shoulders' outlines, degrees, positive where the image-right one is lower: the median over
/// pairs of columns equally far from the face's axis. Not assessed where the outline of a side begins above the chin (long
/// hair), where the picture cuts a shoulder, or where a shoulder is not seen.
pub(super) fn slope(scene: &Scene<'_>) -> Finding {
    let (face, matte) = (scene.face, scene.silhouette);
    let (axis, width) = (face.axis(), face.width());
    let (mouth, low) = (face.mesh.at(14).y + BELOW * width, scene.picture.height() as f32 - 2.0);
    let (picture, step) = (scene.picture.width() as f32, 1.0 / matte.window.scale_y);
    // First row of the outline in one column, source pixels.
    let top = |x: f32| {
        if x < 1.0 || x > picture - 1.0 {
            return None;
        }
        let mut y = face.eyes().y;
        while y < low {
            if matte.at(Point::new(x, y))? >= FOREGROUND {
                return (y > mouth).then_some(y);
            }
            y += step;
        }
        None
    };
    let mut slopes = Vec::new();
    for i in 0..PLACES {
        let out = width * (OUT.0 + (OUT.1 - OUT.0) * i as f32 / (PLACES - 1) as f32);
        if let Some((left, right)) = top(axis - out).zip(top(axis + out)) {
            slopes.push((right - left).atan2(2.0 * out).to_degrees());
        }
    }
    let enough = slopes.len() >= FEWEST;
    let value = super::skin::median(&mut slopes).filter(|_| enough).map(f64::from);
    (CheckName::ShouldersLevel, value)
}
