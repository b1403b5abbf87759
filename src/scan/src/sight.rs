//! Why a code that is seen is not read: judged from its pixels, the plainest reason first.

use image::GrayImage;

use crate::code::Sight;
use crate::outline::Trio;

/// Grey value below which the bright parts of a code count as dark.
const DARK_WHITE: u8 = 80;
/// Narrowest module, in pixels, that is read with some certainty.
const SMALLEST_MODULE: f32 = 2.0;
/// From this grey value on a pixel is blinded.
const BLIND: u8 = 247;
/// A square of so many modules is never all light in a code: the masks see to that (ISO/IEC 18004, 7.8.3).
const LIGHT_SQUARE: i32 = 5;
/// Mean bend of the grey values inside modules, against the contrast, from which a screen's own pixels are what is seen.
const ROUGH: f32 = 0.22;
/// Least module, in pixels, whose inside can be looked at.
const WIDE_MODULE: f32 = 4.0;

/// The reason why `trio` was not read in `picture`.
pub(crate) fn judged(trio: &Trio, picture: &GrayImage) -> Sight {
    let levels = Levels::of(trio, picture);
    if levels.white < DARK_WHITE {
        Sight::TooDark
    } else if trio.module < SMALLEST_MODULE {
        Sight::TooSmall
    } else if blinded(trio, picture) {
        Sight::Glare
    } else if trio.module >= WIDE_MODULE && roughness(trio, picture, &levels) > ROUGH {
        Sight::ScreenGrid
    } else {
        Sight::Blurred
    }
}

/// The grey value of the middle of a module, counted from the code's top left; none outside the picture.
fn module_at(trio: &Trio, picture: &GrayImage, u: f32, v: f32) -> Option<(u32, u32)> {
    let legs = (trio.modules() - 7.0).max(1.0);
    let (right, down) = ((u - 3.5) / legs, (v - 3.5) / legs);
    let (tl, tr, bl) = (trio.top_left, trio.top_right, trio.bottom_left);
    let x = tl.0 + right * (tr.0 - tl.0) + down * (bl.0 - tl.0);
    let y = tl.1 + right * (tr.1 - tl.1) + down * (bl.1 - tl.1);
    (x >= 1.0 && y >= 1.0 && x < picture.width() as f32 - 1.0 && y < picture.height() as f32 - 1.0)
        .then_some((x as u32, y as u32))
}

fn side(trio: &Trio) -> i32 {
    (trio.modules().round() as i32).clamp(21, 177)
}

/// Grey values of the middles of all modules that lie in the picture.
struct Levels {
    black: u8,
    white: u8,
}

impl Levels {
    fn of(trio: &Trio, picture: &GrayImage) -> Self {
        let mut all: Vec<u8> = Vec::new();
        for place in 0..side(trio).pow(2) {
            let (u, v) = ((place % side(trio)) as f32 + 0.5, (place / side(trio)) as f32 + 0.5);
            all.extend(module_at(trio, picture, u, v).map(|(x, y)| picture.get_pixel(x, y).0[0]));
        }
        all.sort_unstable();
        let at = |tenths: usize| all.get(all.len() * tenths / 10).copied().unwrap_or(0);
        Self { black: at(1), white: at(9) }
    }
}

/// Whether a reflection blinds a part: a square that no code has light is all white.
fn blinded(trio: &Trio, picture: &GrayImage) -> bool {
    let last = side(trio) - LIGHT_SQUARE;
    let light = |u: i32, v: i32| {
        (0..LIGHT_SQUARE * LIGHT_SQUARE * 4).all(|half| {
            let (i, j) = (half % (2 * LIGHT_SQUARE), half / (2 * LIGHT_SQUARE));
            let (u, v) = (u as f32 + i as f32 / 2.0 + 0.25, v as f32 + j as f32 / 2.0 + 0.25);
            module_at(trio, picture, u, v).is_some_and(|(x, y)| picture.get_pixel(x, y).0[0] >= BLIND)
        })
    };
    (0..=last).any(|v| (0..=last).any(|u| light(u, v)))
}

/// How rough modules are inside: the mean second difference at their middles over the contrast.
fn roughness(trio: &Trio, picture: &GrayImage, levels: &Levels) -> f32 {
    let (mut sum, mut count) = (0f32, 0f32);
    for place in 0..side(trio).pow(2) {
        let (u, v) = ((place % side(trio)) as f32 + 0.5, (place / side(trio)) as f32 + 0.5);
        let Some((x, y)) = module_at(trio, picture, u, v) else { continue };
        let at = |x: u32, y: u32| f32::from(picture.get_pixel(x, y).0[0]);
        let bend = (at(x - 1, y) + at(x + 1, y) - 2.0 * at(x, y))
            .abs()
            .max((at(x, y - 1) + at(x, y + 1) - 2.0 * at(x, y)).abs());
        sum += bend;
        count += 1.0;
    }
    sum / count.max(1.0) / f32::from(levels.white.saturating_sub(levels.black).max(8))
}
