//! What flash and lamps do to eyes: red pupils, and glare on spectacle lenses. Both on the aligned face.

use super::aligned::{Aligned, SIDE};
use super::scene::Finding;
use super::skin::{self, Skin, lab};
use crate::find::Face;
use crate::geometry::{Point, fill, hull};
use crate::plane::Mask;
use standard::CheckName as C;

/// Radius of the pupil and the iris around it that a flash lights up, over the distance of the eyes: an iris has 11.7 mm, eyes
/// lie 63 mm apart, and the inner six tenths are looked at, where no lid and no sclera is.
const PUPIL: f32 = 0.055;
/// The lens in front of one eye, over the distance of the eyes: half its width, above and below the eye's centre.
const LENS: (f32, f32, f32) = (0.40, 0.16, 0.34);
/// Rim around the open eye that is left out, because tears shine, over the distance of the eyes.
const TEARS: f32 = 0.045;
/// A speck is at least so light (L*) and at most so coloured: the lamp's image, not lit skin.
const SPECK: (f32, f32) = (90.0, 14.0);
/// And so much lighter than the lightest tenth of the cheeks.
const ABOVE_CHEEK: f32 = 10.0;

/// Contours of the open eyes, image-left first.
const CONTOURS: [[usize; 16]; 2] = [
    [33, 246, 161, 160, 159, 158, 157, 173, 133, 155, 154, 153, 145, 144, 163, 7],
    [263, 466, 388, 387, 386, 385, 384, 398, 362, 382, 381, 380, 374, 373, 390, 249],
];

pub(super) fn measure(aligned: &Aligned, face: &Face, skin: Option<&Skin>) -> [Finding; 2] {
    let red = skin.and_then(|skin| red_eye(aligned, face, skin));
    [(C::RedEye, red), (C::GlassesGlare, glare(aligned, face))]
}

/// Median a* (green to red) of the pupil minus that of the cheeks, the redder eye counts, levels. A brown or blue eye is less
/// red than the skin; a flash thrown back by the retina is far redder. After Gaubatz and Ulichney 2002, who also compare with
/// the skin, on CIELAB's red axis.
fn red_eye(aligned: &Aligned, face: &Face, skin: &Skin) -> Option<f64> {
    let radius = PUPIL * aligned.eyes_apart;
    let cheeks = f32::midpoint(skin.cheeks[0][1], skin.cheeks[1][1]);
    let redness = |pupil: Point| {
        let middle = aligned.to_aligned.apply(pupil);
        let mut values = Vec::new();
        let reach = radius.ceil() as i32;
        for dy in -reach..=reach {
            for dx in -reach..=reach {
                let (dx, dy) = (dx as f32, dy as f32);
                if dx.hypot(dy) <= radius
                    && let Some(colour) = skin::at(aligned, Point::new(middle.x + dx, middle.y + dy))
                {
                    values.push(colour[1]);
                }
            }
        }
        skin::median(&mut values)
    };
    let [left, right] = face.pupils.map(redness);
    Some(f64::from(left?.max(right?) - cheeks))
}

/// Share of the lens before one eye that mirrors a lamp, the worse eye counts, `0..=1`: specks near white, almost without
/// colour, and lighter than the lightest tenth of the cheeks. The open eye itself is left out: it shines by nature.
///
/// Rims are not looked for, because thin ones cannot be told from lids and folds; bare skin shines so brightly only where the
/// picture is blown out.
fn glare(aligned: &Aligned, face: &Face) -> Option<f64> {
    let bright = brightest_tenth(aligned)? + ABOVE_CHEEK;
    let least = bright.max(SPECK.0);
    let mut worst = 0.0f64;
    for (eye, contour) in aligned.eyes.iter().zip(&CONTOURS) {
        let open = open_eye(aligned, face, contour);
        let (half, above, below) =
            (LENS.0 * aligned.eyes_apart, LENS.1 * aligned.eyes_apart, LENS.2 * aligned.eyes_apart);
        let clip = |v: f32| v.clamp(0.0, SIDE as f32) as usize;
        let (mut specks, mut count) = (0.0f64, 0.0f64);
        for y in clip(eye.y - above)..clip(eye.y + below) {
            for x in clip(eye.x - half)..clip(eye.x + half) {
                count += 1.0;
                let rgb = aligned.picture.at(x, y);
                // Most pixels are far from white: no need for their CIELAB.
                if rgb[1] < 0.7 || open.at(x, y) {
                    continue;
                }
                let [light, a, b] = lab(rgb);
                specks += f64::from(u8::from(light >= least && a.hypot(b) <= SPECK.1));
            }
        }
        worst = worst.max(specks / count.max(1.0));
    }
    Some(worst)
}

fn brightest_tenth(aligned: &Aligned) -> Option<f32> {
    let mut light: Vec<f32> = Vec::new();
    for (x0, y0, side) in aligned.cheeks() {
        let cells = (0..side * side).step_by(3).map(|i| (x0 + i % side, y0 + i / side));
        light.extend(
            cells.filter(|(x, y)| aligned.face.at(*x, *y)).map(|(x, y)| lab(aligned.picture.at(x, y))[0]),
        );
    }
    let tenth = light.len() * 9 / 10;
    (!light.is_empty()).then(|| *light.select_nth_unstable_by(tenth, f32::total_cmp).1)
}

fn open_eye(aligned: &Aligned, face: &Face, contour: &[usize; 16]) -> Mask {
    let points = face.mesh.pick(contour);
    let outline: Vec<Point> = points.into_iter().map(|p| aligned.to_aligned.apply(p)).collect();
    let middle = outline.iter().fold(Point::default(), |s, p| Point::new(s.x + p.x / 16.0, s.y + p.y / 16.0));
    let rim = TEARS * aligned.eyes_apart;
    let grown: Vec<Point> = outline
        .iter()
        .map(|p| {
            let far = middle.distance(*p).max(1.0);
            let by = (far + rim) / far;
            Point::new(middle.x + (p.x - middle.x) * by, middle.y + (p.y - middle.y) * by)
        })
        .collect();
    let mut mask = Mask::new(SIDE, SIDE);
    fill(&hull(&grown), SIDE as u32, SIDE as u32, |y, from, to| {
        mask.data[y * SIDE + from..y * SIDE + to].fill(true);
    });
    mask
}
