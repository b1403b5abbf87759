//! Colours as the eye sees them, and the skin that other places of the same picture are held against.
//!
//! Nothing is compared with an ideal skin: the reference is the person's own cheek on the same side, in the same light, so that
//! dark and light faces are judged alike.

use super::aligned::{Aligned, SIDE};
use crate::geometry::Point;
use crate::resample::linear;

/// CIELAB (L* 0..=100, a*, b*), white D65.
pub(super) type Lab = [f32; 3];

/// CIELAB of an encoded sRGB colour, `0..=1` a channel.
pub(super) fn lab(rgb: [f32; 3]) -> Lab {
    let [r, g, b] = rgb.map(|v| linear((v * 255.0 + 0.5) as u8));
    let f = |t: f32| if t > 216.0 / 24389.0 { t.cbrt() } else { (24389.0 / 27.0 * t + 16.0) / 116.0 };
    let x = f((0.412_456 * r + 0.357_576 * g + 0.180_437 * b) / 0.950_47);
    let y = f(0.212_673 * r + 0.715_152 * g + 0.072_175 * b);
    let z = f((0.019_334 * r + 0.119_192 * g + 0.950_304 * b) / 1.088_83);
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

/// Value in the middle; the upper one of two. `None` of nothing.
pub(super) fn median(values: &mut [f32]) -> Option<f32> {
    let middle = values.len() / 2;
    (!values.is_empty()).then(|| *values.select_nth_unstable_by(middle, f32::total_cmp).1)
}

/// The aligned picture's colour at a point, if it lies inside.
pub(super) fn at(aligned: &Aligned, p: Point) -> Option<Lab> {
    let (x, y) = (p.x.floor(), p.y.floor());
    let inside = x >= 0.0 && y >= 0.0 && x < SIDE as f32 && y < SIDE as f32;
    inside.then(|| lab(aligned.picture.at(x as usize, y as usize)))
}

/// The person's own skin.
pub(super) struct Skin {
    /// Median colour of the cheek squares, image-left first.
    pub(super) cheeks: [Lab; 2],
}

/// How far from the cheeks a place may be and still count as skin.
#[derive(Clone, Copy)]
pub(super) struct Tolerance {
    /// Least lightness over the cheeks'. There is no largest: foreheads shine, and hair is seldom lighter than skin.
    pub(super) darkest: f32,
    /// Largest distance in a* and b*.
    pub(super) hue: f32,
}

impl Skin {
    /// `None` if a cheek lies outside of the picture.
    pub(super) fn of(aligned: &Aligned) -> Option<Skin> {
        let cheek = |(x0, y0, side): (usize, usize, usize)| {
            let places = (0..side * side).step_by(3).map(|i| (x0 + i % side, y0 + i / side));
            let mut all: [Vec<f32>; 3] = Default::default();
            for (x, y) in places.filter(|(x, y)| aligned.face.at(*x, *y)) {
                let colour = lab(aligned.picture.at(x, y));
                all.iter_mut().zip(colour).for_each(|(list, v)| list.push(v));
            }
            let [l, a, b] = &mut all;
            Some([median(l)?, median(a)?, median(b)?])
        };
        let [left, right] = aligned.cheeks().map(cheek);
        Some(Skin { cheeks: [left?, right?] })
    }

    /// The same skin, where the light of one side is known to fall: no lighter a measure than that side's cheek.
    pub(super) fn on(&self, side: usize) -> Skin {
        let [p, q] = self.cheeks;
        let dark = if self.cheeks[side][0] < p[0].max(q[0]) {
            self.cheeks[side]
        } else {
            return Skin { cheeks: [p, q] };
        };
        Skin { cheeks: [dark, dark] }
    }

    /// Whether `colour` is skin like the cheeks. Both together are the measure, their lightness by its geometric mean: light
    /// from one side leaves one of them almost black.
    pub(super) fn like(&self, colour: Lab, tolerance: Tolerance) -> bool {
        let [p, q] = self.cheeks;
        let lightness = (p[0].max(1.0) * q[0].max(1.0)).sqrt();
        let (a, b) = (f32::midpoint(p[1], q[1]), f32::midpoint(p[2], q[2]));
        colour[0] >= tolerance.darkest * lightness && (colour[1] - a).hypot(colour[2] - b) <= tolerance.hue
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_and_black_are_a_hundred_apart() {
        let (white, black) = (lab([1.0; 3]), lab([0.0; 3]));
        assert!((white[0] - 100.0).abs() < 0.01 && black[0].abs() < 0.01 && white[1].abs() < 0.02);
    }

    #[test]
    fn a_cheek_is_like_itself_and_unlike_black_hair_on_light_and_dark_faces() {
        let tolerance = Tolerance { darkest: 0.6, hue: 20.0 };
        for cheek in [[0.88, 0.70, 0.60], [0.36, 0.24, 0.18]] {
            let skin = Skin { cheeks: [lab(cheek); 2] };
            assert!(skin.like(lab(cheek), tolerance));
            assert!(!skin.like(lab([0.08, 0.07, 0.07]), tolerance));
        }
    }
}
