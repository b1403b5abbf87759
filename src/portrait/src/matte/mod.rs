//! The matte: which share of each pixel belongs to the person, and that share's own colour.
//!
//! MODNet looks at the portrait's surroundings (context matters more to it than pixels), the other people and chairs go,
//! closed-form matting sharpens the edge at the portrait's own resolution, and blur fusion takes the old background out of
//! the hair.

mod closed_form;
mod fusion;
pub(crate) mod person;
pub(crate) mod region;

use crate::geometry::Window;
use crate::models::{EngineError, Models, Network};
use crate::plane::{Mask, Plane};
use crate::resample::{Colour, Space, cut};
use image::RgbImage;

/// A matting network by its input: file and size stand together, because sizes do not behave monotonically and none is used
/// that was not measured.
pub(crate) struct Route {
    network: Network,
    width: usize,
    height: usize,
}

/// MODNet in 32 bits at the size that keeps single hairs and clears logos.
pub(crate) const DEFAULT: Route = Route { network: Network::Matte, width: 416, height: 480 };

/// Above this the network is sure of the person, below the other of the background.
const SURE: (f32, f32) = (0.95, 0.05);
/// Sides of what the network sees of a whole picture, pixels: the short one, unless the long one becomes too long.
const SCENE_SHORT: f32 = 512.0;
const SCENE_LONG: f32 = 1024.0;
/// Alpha that cannot be seen.
const HAZE: f32 = 0.03;
/// The sure parts are shrunk by so much before closed form works between them, pixels.
const MARGIN: usize = 2;

/// The network's matte of what `region` sees.
pub(crate) fn rough(
    models: &Models,
    route: &Route,
    picture: &RgbImage,
    region: &region::Region,
) -> Result<(Plane, Window), EngineError> {
    let (w, h) = region.pixels(route.width, route.height);
    look(models, route, picture, &region.window(w, h), (w, h))
}

fn look(
    models: &Models,
    route: &Route,
    picture: &RgbImage,
    window: &Window,
    (w, h): (usize, usize),
) -> Result<(Plane, Window), EngineError> {
    let seen = cut(picture, window, w, h, Space::Encoded);
    let mut input = vec![0.0f32; 3 * w * h];
    for (i, p) in seen.data.iter().enumerate() {
        for c in 0..3 {
            input[c * w * h + i] = p[c] * 2.0 - 1.0;
        }
    }
    let outputs = models.run(route.network, &[1, 3, h, w], &input)?;
    let data = outputs.into_iter().map(|(_, v)| v).find(|v| v.len() == w * h);
    let malformed = || EngineError::Failed { name: "modnet.onnx", reason: "unexpected output".into() };
    Ok((Plane { width: w, height: h, data: data.ok_or_else(malformed)? }, *window))
}

/// The network's matte of the whole picture, for those who ask for all of it. Short side about 512 pixels, as it was trained.
pub(crate) fn scene(
    models: &Models,
    route: &Route,
    picture: &RgbImage,
) -> Result<(Plane, Window), EngineError> {
    let (w, h) = (picture.width() as f32, picture.height() as f32);
    let scale = (SCENE_SHORT / w.min(h)).min(SCENE_LONG / w.max(h));
    let side = |v: f32| ((v * scale / 32.0).round().max(1.0) as usize) * 32;
    let whole = region::Region::of_picture(picture);
    look(models, route, picture, &whole.window(side(w), side(h)), (side(w), side(h)))
}

/// The matte at the portrait's resolution and the person's own colours.
pub(crate) fn refine(portrait: &Colour, rough: &Plane, outside: &Mask) -> (Plane, Colour) {
    let mut sure_person = Mask::of(rough, |a| a > SURE.0).shrunk(MARGIN);
    let mut sure_background = Mask::of(rough, |a| a < SURE.1).shrunk(MARGIN);
    for (i, out) in outside.data.iter().enumerate() {
        // Beyond the picture there is no person; the canvas is extended only where none touches the edge.
        if *out {
            sure_person.data[i] = false;
            sure_background.data[i] = true;
        }
    }
    let mut alpha = closed_form::solve(portrait, rough, &sure_person, &sure_background);
    sweep(&mut alpha, &sure_person);
    let foreground = fusion::foreground(portrait, &alpha);
    (alpha, foreground)
}

/// Takes away haze and crumbs: alpha that no eye sees, and what does not hang together with the person, gaps of two pixels
/// aside, because single hairs are dotted lines.
fn sweep(alpha: &mut Plane, sure_person: &Mask) {
    let visible = Mask::of(alpha, |a| a > HAZE);
    let kept = visible.grown(2).connected(sure_person);
    for (a, keep) in alpha.data.iter_mut().zip(&kept.data) {
        if *a <= HAZE || !keep {
            *a = 0.0;
        } else if *a >= 1.0 - HAZE {
            *a = 1.0;
        }
    }
}

/// The person on one colour: `C = a F + (1 - a) B`, exact where there is no person.
pub(crate) fn compose(alpha: &Plane, foreground: &Colour, background: [u8; 3]) -> RgbImage {
    let wall = background.map(|v| f32::from(v) / 255.0);
    let blend = |(a, f): (&f32, &[f32; 3])| std::array::from_fn(|c| a * f[c] + (1.0 - a) * wall[c]);
    let data = alpha.data.iter().zip(&foreground.data).map(blend).collect();
    Colour { width: alpha.width, height: alpha.height, data }.to_bytes()
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

    /// A soft disc of one colour on a noisy wall of another: alpha and colours are known.
    #[test]
    fn a_composite_of_known_alpha_is_recovered_and_the_old_wall_leaves_the_edge() {
        let (w, h) = (96usize, 96usize);
        let truth = |x: usize, y: usize| {
            let d = ((x as f32 - 48.0).powi(2) + (y as f32 - 48.0).powi(2)).sqrt();
            ((32.0 - d) / 5.0 + 0.5).clamp(0.0, 1.0)
        };
        let grain = |x: usize, y: usize| ((x * 7 + y * 13) % 11) as f32 / 11.0 * 0.03;
        let (person, wall) = ([0.25f32, 0.15, 0.1], [0.75f32, 0.8, 0.7]);
        let mut picture = Colour { width: w, height: h, data: vec![[0.0; 3]; w * h] };
        let mut network = Plane::new(w, h, 0.0);
        for i in 0..w * h {
            let (x, y) = (i % w, i / w);
            let a = truth(x, y);
            picture.data[i] = std::array::from_fn(|c| a * person[c] + (1.0 - a) * wall[c] + grain(x, y));
            // The network's answer: two pixels too wide and too soft.
            let d = ((x as f32 - 48.0).powi(2) + (y as f32 - 48.0).powi(2)).sqrt();
            network.data[i] = ((34.0 - d) / 9.0 + 0.5).clamp(0.0, 1.0);
        }
        let (alpha, foreground) = refine(&picture, &network, &Mask::new(w, h));
        let error = |p: &Plane| (0..w * h).map(|i| (p.data[i] - truth(i % w, i / w)).abs()).sum::<f32>();
        assert!(error(&alpha) < 0.5 * error(&network), "{} against {}", error(&alpha), error(&network));
        let edge = (0..w * h).filter(|i| (0.2..0.8).contains(&alpha.data[*i]));
        let worst = edge.map(|i| (foreground.data[i][0] - person[0]).abs()).fold(0.0, f32::max);
        assert!(worst < 0.2, "the edge keeps {worst} of the wall's red");
    }
}
