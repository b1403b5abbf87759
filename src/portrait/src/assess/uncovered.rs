//! What hair must not hide: brows and ears. A place is uncovered where the person's own skin is seen.

use super::aligned::Aligned;
use super::scene::{Finding, Scene};
use super::skin::{self, Skin, Tolerance};
use crate::geometry::Point;
use crate::silhouette::FOREGROUND;
use standard::CheckName as C;

/// Upper edges of the brows from the temple inwards, image-left first.
const BROWS: [[usize; 5]; 2] = [[70, 63, 105, 66, 107], [300, 293, 334, 296, 336]];
/// How far above the brow skin must be seen, over the distance of the eyes.
const ABOVE: (f32, f32) = (0.06, 0.15);
/// Part of the brow, from the temple on, that hair at the temples may touch.
const TEMPLE: f32 = 0.2;
/// Forehead against cheek.
const FOREHEAD: Tolerance = Tolerance { darkest: 0.62, hue: 24.0 };
/// The ear against the cheek: it lies in shadow, and blood shines through it.
const EAR: Tolerance = Tolerance { darkest: 0.45, hue: 26.0 };
/// Contour next to the ears, image-left first.
const BESIDE: [usize; 2] = [234, 454];
/// Where the ear stands out from the contour, over the distance of the eyes: from and to.
const OUT: (f32, f32) = (0.03, 0.17);
/// From above the eyes to the tip of the nose, over the distance of the eyes, below the eyes.
const HIGH: (f32, f32) = (-0.10, 0.60);
/// Turned farther than this, degrees, one ear hides behind the head.
const TURNED: f32 = 12.0;
/// Samples across each strip.
const STEPS: usize = 24;

pub(super) fn measure(aligned: &Aligned, scene: &Scene<'_>, skin: Option<&Skin>) -> [Finding; 2] {
    let brows = skin.and_then(|skin| worse(|side| brow(aligned, scene, skin, side)));
    let facing = scene.face.pose.yaw.abs() <= TURNED;
    let ears = skin.filter(|_| facing).and_then(|skin| worse(|side| ear(aligned, scene, skin, side)));
    [(C::BrowsVisible, brows), (C::EarsVisible, ears)]
}

/// The smaller value of both sides, if both can be seen.
fn worse(of: impl Fn(usize) -> Option<f64>) -> Option<f64> {
    Some(of(0)?.min(of(1)?))
}

/// Share of the strip just above one brow that shows skin like the cheeks, `0..=1`. Hair that hides a brow hangs over it
/// from above, so it hides this strip first; hair that ends above the strip hides nothing.
fn brow(aligned: &Aligned, scene: &Scene<'_>, skin: &Skin, side: usize) -> Option<f64> {
    let points: Vec<Point> =
        scene.face.mesh.pick(&BROWS[side]).into_iter().map(|p| aligned.to_aligned.apply(p)).collect();
    let (mut seen, mut count) = (0.0, 0.0);
    for i in 0..STEPS {
        let along = TEMPLE + (1.0 - TEMPLE) * i as f32 / (STEPS - 1) as f32;
        let place = along * (points.len() - 1) as f32;
        let first = (place as usize).min(points.len() - 2);
        let part = place - first as f32;
        let (p, q) = (points[first], points[first + 1]);
        for step in 0..6 {
            let up = ABOVE.0 + (ABOVE.1 - ABOVE.0) * step as f32 / 5.0;
            let y = p.y + (q.y - p.y) * part - up * aligned.eyes_apart;
            let colour = skin::at(aligned, Point::new(p.x + (q.x - p.x) * part, y))?;
            seen += f64::from(u8::from(skin.like(colour, FOREHEAD)));
            count += 1.0;
        }
    }
    Some(seen / count)
}

/// Share of the place where an ear stands out from the face's contour that shows skin of the person, `0..=1`.
fn ear(aligned: &Aligned, scene: &Scene<'_>, skin: &Skin, side: usize) -> Option<f64> {
    let skin = skin.on(side);
    let edge = aligned.to_aligned.apply(scene.face.mesh.at(BESIDE[side]));
    let back = aligned.to_aligned.inverse();
    let out = if side == 0 { -1.0 } else { 1.0 };
    let top = f32::midpoint(aligned.eyes[0].y, aligned.eyes[1].y);
    let (mut seen, mut count) = (0.0, 0.0);
    for i in 0..STEPS {
        let y = top + aligned.eyes_apart * (HIGH.0 + (HIGH.1 - HIGH.0) * i as f32 / (STEPS - 1) as f32);
        for step in 0..12 {
            let away = OUT.0 + (OUT.1 - OUT.0) * step as f32 / 11.0;
            let p = Point::new(edge.x + out * away * aligned.eyes_apart, y);
            let colour = skin::at(aligned, p)?;
            let person = scene.silhouette.at(back.apply(p)).is_some_and(|a| a >= FOREGROUND);
            seen += f64::from(u8::from(person && skin.like(colour, EAR)));
            count += 1.0;
        }
    }
    Some(seen / count)
}
