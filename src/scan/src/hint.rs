//! Why a code that is seen is not read: judged from its pixels, the plainest reason first.

use image::GrayImage;
use sentences::codes;

use crate::outline::FinderTrio;

/// Why a code that is seen could not be read, as advice to the person who holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScanHint {
    /// A module of the code is narrower than the decoders need: come closer.
    TooSmall,
    /// The bright parts of the code are dark: brighten the screen.
    TooDark,
    /// A reflection blinds a part of it: tilt the phone.
    Glare,
    /// The pixels of the phone's own screen are visible, as when a screenshot is shown too large or too small: show
    /// the saved image.
    ScreenGrid,
    /// Large and bright enough, but its edges are soft or damaged: hold still.
    Blurred,
}

impl ScanHint {
    /// The code of the sentence that says what to do.
    #[must_use]
    pub fn code(self) -> sentences::Code {
        match self {
            Self::TooSmall => codes::SCAN_TOO_SMALL,
            Self::TooDark => codes::SCAN_TOO_DARK,
            Self::Glare => codes::SCAN_GLARE,
            Self::ScreenGrid => codes::SCAN_SCREEN_GRID,
            Self::Blurred => codes::SCAN_BLURRED,
        }
    }
}

/// Grey value below which the bright parts of a code count as dark.
const DARK_WHITE: u8 = 80;
/// Narrowest module, in pixels, that is read with some certainty.
const SMALLEST_MODULE: f32 = 2.0;
/// From this grey value on a pixel is saturated by a reflection.
const SATURATED: u8 = 247;
/// Side in modules of a square that is never all light in a code, because of the data masks (ISO/IEC 18004, 7.8.3).
const LIGHT_SQUARE: i32 = 5;
/// Mean second difference of the grey values inside modules, as a share of the contrast, from which a screen's own pixels
/// are visible.
const ROUGH: f32 = 0.22;
/// Narrowest module, in pixels, whose inside can be judged.
const WIDE_MODULE: f32 = 4.0;

/// The most likely reason why `trio` was not read in `picture`.
pub(crate) fn diagnose(trio: &FinderTrio, picture: &GrayImage) -> ScanHint {
    let levels = Levels::of(trio, picture);
    if levels.white < DARK_WHITE {
        ScanHint::TooDark
    } else if trio.module < SMALLEST_MODULE {
        ScanHint::TooSmall
    } else if blinded(trio, picture) {
        ScanHint::Glare
    } else if trio.module >= WIDE_MODULE && roughness(trio, picture, &levels) > ROUGH {
        ScanHint::ScreenGrid
    } else {
        ScanHint::Blurred
    }
}

/// The grey value of the middle of a module, counted from the code's top left; none outside the picture.
fn module_at(trio: &FinderTrio, picture: &GrayImage, u: f32, v: f32) -> Option<(u32, u32)> {
    let legs = (trio.modules() - 7.0).max(1.0);
    let (right, down) = ((u - 3.5) / legs, (v - 3.5) / legs);
    let (tl, tr, bl) = (trio.top_left, trio.top_right, trio.bottom_left);
    let x = tl.0 + right * (tr.0 - tl.0) + down * (bl.0 - tl.0);
    let y = tl.1 + right * (tr.1 - tl.1) + down * (bl.1 - tl.1);
    (x >= 1.0 && y >= 1.0 && x < picture.width() as f32 - 1.0 && y < picture.height() as f32 - 1.0)
        .then_some((x as u32, y as u32))
}

fn side(trio: &FinderTrio) -> i32 {
    (trio.modules().round() as i32).clamp(21, 177)
}

/// Grey values of the middles of all modules that lie in the picture.
struct Levels {
    black: u8,
    white: u8,
}

impl Levels {
    fn of(trio: &FinderTrio, picture: &GrayImage) -> Self {
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

/// Whether a reflection saturates a part: a square that is never all light in a code is all white.
fn blinded(trio: &FinderTrio, picture: &GrayImage) -> bool {
    let last = side(trio) - LIGHT_SQUARE;
    let light = |u: i32, v: i32| {
        (0..LIGHT_SQUARE * LIGHT_SQUARE * 4).all(|half| {
            let (i, j) = (half % (2 * LIGHT_SQUARE), half / (2 * LIGHT_SQUARE));
            let (u, v) = (u as f32 + i as f32 / 2.0 + 0.25, v as f32 + j as f32 / 2.0 + 0.25);
            module_at(trio, picture, u, v).is_some_and(|(x, y)| picture.get_pixel(x, y).0[0] >= SATURATED)
        })
    };
    (0..=last).any(|v| (0..=last).any(|u| light(u, v)))
}

/// How rough modules are inside: the mean second difference at their middles over the contrast.
fn roughness(trio: &FinderTrio, picture: &GrayImage, levels: &Levels) -> f32 {
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
