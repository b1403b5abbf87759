//! The matte: which share of each pixel belongs to the person, and that share's own colour.
//!
//! A network segments the portrait's surroundings (context matters more to it than pixels), other people and chairs are removed,
//! closed-form matting within the trimap sharpens the edge at the portrait's own resolution, and blur fusion removes the old
//! background from the hair.

mod closed_form;
mod fusion;
pub(crate) mod person;
pub(crate) mod region;
pub(crate) mod route;
mod stencil;
mod trimap;

use crate::parallel::in_halves;
use crate::plane::{Mask, Plane};
use crate::resample::Colour;
use image::RgbImage;
use route::{Edge, Route};
use trimap::{BACKGROUND_BELOW, PERSON_ABOVE, Trimap};

/// Alpha that cannot be seen.
const HAZE: f32 = 0.03;
/// Alpha that is removed when the verification took fainter alpha for a stain on the background.
const STAIN: f32 = 0.15;
/// Faint alpha that is broader than twice this is haze and not hair, pixels.
const HAZE_HALF: usize = 4;
/// The alpha between which the removal of haze fades out.
const HAZE_FADES: (f32, f32) = (0.08, 0.3);

/// The matte at the portrait's resolution and the person's own colours. `strictly`: without the faintest strands.
pub(crate) fn refine(
    route: &Route,
    portrait: &Colour,
    rough: &Plane,
    outside: &Mask,
    strictly: bool,
) -> (Plane, Colour) {
    let trimap = Trimap::of(rough, outside);
    let mut alpha = match route.edge {
        Edge::ClosedForm => closed_form::solve(portrait, rough, &trimap.person, &trimap.background),
        Edge::Contrast => stretched(rough, outside),
        Edge::Raw => masked(rough, outside),
    };
    if route.edge == Edge::ClosedForm {
        lift_haze(&mut alpha);
    }
    if route.edge != Edge::Raw {
        remove_unconnected(&mut alpha, &trimap.person, if strictly { STAIN } else { HAZE });
    }
    let foreground = if route.cleaned { fusion::foreground(portrait, &alpha) } else { portrait.clone() };
    (alpha, foreground)
}

fn masked(rough: &Plane, outside: &Mask) -> Plane {
    let mut alpha = rough.clone();
    alpha.data.iter_mut().zip(&outside.data).filter(|(_, out)| **out).for_each(|(a, _)| *a = 0.0);
    alpha
}

/// The network's matte without its faintest and fullest shares.
fn stretched(rough: &Plane, outside: &Mask) -> Plane {
    let mut alpha = masked(rough, outside);
    alpha
        .data
        .iter_mut()
        .for_each(|a| *a = ((*a - BACKGROUND_BELOW) / (PERSON_ABOVE - BACKGROUND_BELOW)).clamp(0.0, 1.0));
    alpha
}

/// Removes a faint veil where it is broader than any strand: closed form spreads uncertainty over plain walls.
fn lift_haze(alpha: &mut Plane) {
    let veil = alpha.opened(HAZE_HALF);
    for (a, v) in alpha.data.iter_mut().zip(&veil.data) {
        let fade = ((HAZE_FADES.1 - v) / (HAZE_FADES.1 - HAZE_FADES.0)).clamp(0.0, 1.0);
        *a = (*a - v * fade).max(0.0);
    }
}

/// Removes alpha up to `haze`, and everything that is not connected with the person; gaps of two pixels count as connected,
/// because single hairs are dotted lines.
fn remove_unconnected(alpha: &mut Plane, sure_person: &Mask, haze: f32) {
    let visible = Mask::of(alpha, |a| a > haze);
    let kept = visible.grown(2).connected(sure_person);
    for (a, keep) in alpha.data.iter_mut().zip(&kept.data) {
        if *a <= haze || !keep {
            *a = 0.0;
        } else if *a >= 1.0 - HAZE {
            *a = 1.0;
        }
    }
}

/// The person on one colour: `C = a F + (1 - a) B`, exact where there is no person.
pub(crate) fn compose(alpha: &Plane, foreground: &Colour, background: [u8; 3]) -> RgbImage {
    let behind = background.map(|v| f32::from(v) / 255.0);
    let mut picture = Colour { width: alpha.width, height: alpha.height, data: foreground.data.clone() };
    in_halves(&mut picture.data, alpha.width, |first, part| {
        for (out, a) in part.iter_mut().zip(&alpha.data[first * alpha.width..]) {
            (0..3).for_each(|c| out[c] = a * out[c] + (1.0 - a) * behind[c]);
        }
    });
    picture.to_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_without_the_person_has_exactly_the_wanted_colour() {
        let alpha = Plane::new(8, 8, 0.0);
        let foreground = Colour { width: 8, height: 8, data: vec![[0.3, 0.9, 0.1]; 64] };
        for wanted in [[100, 197, 255], [255, 255, 255], [240, 240, 240]] {
            assert!(compose(&alpha, &foreground, wanted).pixels().all(|p| p.0 == wanted));
        }
    }

    #[test]
    fn a_broad_veil_is_lifted_and_a_strand_and_the_person_stay() {
        let mut alpha = Plane::new(80, 60, 0.0);
        for y in 0..60 {
            for x in 0..80 {
                alpha.data[y * 80 + x] = if x < 20 {
                    1.0
                } else if x < 50 {
                    0.06
                } else {
                    0.0
                };
            }
            alpha.data[y * 80 + 60] = 0.3;
        }
        lift_haze(&mut alpha);
        assert!(alpha.at(10, 30) > 0.999, "the person");
        assert!(alpha.at(35, 30) < 0.01, "the veil keeps {}", alpha.at(35, 30));
        assert!((alpha.at(60, 30) - 0.3).abs() < 1e-6, "the strand");
    }

    /// A soft disc of one colour on a noisy wall of another: alpha and colours are known.
    #[test]
    fn a_composite_of_known_alpha_is_recovered_and_the_old_background_leaves_the_edge() {
        let (w, h) = (96usize, 96usize);
        let truth = |x: usize, y: usize| {
            let d = ((x as f32 - 48.0).powi(2) + (y as f32 - 48.0).powi(2)).sqrt();
            ((32.0 - d) / 5.0 + 0.5).clamp(0.0, 1.0)
        };
        let grain = |x: usize, y: usize| ((x * 7 + y * 13) % 11) as f32 / 11.0 * 0.03;
        let (person, behind) = ([0.25f32, 0.15, 0.1], [0.75f32, 0.8, 0.7]);
        let mut picture = Colour { width: w, height: h, data: vec![[0.0; 3]; w * h] };
        let mut network = Plane::new(w, h, 0.0);
        for i in 0..w * h {
            let (x, y) = (i % w, i / w);
            let a = truth(x, y);
            picture.data[i] = std::array::from_fn(|c| a * person[c] + (1.0 - a) * behind[c] + grain(x, y));
            // The network's answer: two pixels too wide and too soft.
            let d = ((x as f32 - 48.0).powi(2) + (y as f32 - 48.0).powi(2)).sqrt();
            network.data[i] = ((34.0 - d) / 9.0 + 0.5).clamp(0.0, 1.0);
        }
        let (alpha, foreground) = refine(&route::BEST, &picture, &network, &Mask::new(w, h), false);
        let error = |p: &Plane| (0..w * h).map(|i| (p.data[i] - truth(i % w, i / w)).abs()).sum::<f32>();
        assert!(error(&alpha) < 0.5 * error(&network), "{} against {}", error(&alpha), error(&network));
        let edge = (0..w * h).filter(|i| (0.2..0.8).contains(&alpha.data[*i]));
        let worst = edge.map(|i| (foreground.data[i][0] - person[0]).abs()).fold(0.0, f32::max);
        assert!(worst < 0.2, "the edge keeps {worst} of the background's red");
    }
}
