//! Soft-decision decoding, the third route to a code: where three finder patterns are seen, every module gets a value instead
//! of a bit, and is decided as late as possible.
//!
//! Both other decoders threshold a picture first. Here the function patterns are fitted to the grey picture to a fraction of a
//! pixel ([`fit`]), the code is rectified ([`rectified`]) and flattened ([`bend`]), the values of several frames are averaged
//! ([`frame_average`]), blur is equalised ([`equalise`]), and the least certain codewords are given to error correction as
//! erasures ([`reed_solomon`]), which corrects twice as many erasures as errors.

mod bend;
mod content;
mod equalise;
mod fit;
mod frame_average;
mod function_patterns;
mod rectified;
mod reed_solomon;
mod soft_modules;

use image::{GrayImage, imageops};

pub(crate) use frame_average::FrameAverage;

use crate::consensus::{Read, Route};
use crate::outline::{FinderTrio, Quad, bounds};
use content::Content;
use fit::Fit;
use function_patterns::FunctionPatterns;
use rectified::Rectified;

/// How much is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effort {
    /// A few milliseconds: a flat sheet.
    Quick,
    /// Tens of milliseconds: bent sheets too.
    Long,
}

/// Pixels of a module above which the picture is reduced first, because more of them add no information.
const WIDE_MODULE: f32 = 7.0;

/// Tries to read the code of `trio`. The sampled modules are added to `average`, and those of earlier frames are used.
pub(crate) fn read(
    picture: &GrayImage,
    trio: &FinderTrio,
    effort: Effort,
    average: &mut FrameAverage,
) -> Option<Read> {
    let (left, top, width, height) = bounds(&trio.quad(), 0.4, picture.width(), picture.height());
    let mut part = imageops::crop_imm(picture, left, top, width, height).to_image();
    let shrink = (trio.module / WIDE_MODULE * 2.0).floor().max(2.0) / 2.0;
    if shrink > 1.0 {
        let side = |pixels: u32| ((pixels as f32 / shrink) as u32).max(1);
        part = imageops::thumbnail(&part, side(width), side(height));
    }
    let into = |(x, y): (f32, f32)| ((x - left as f32) / shrink, (y - top as f32) / shrink);
    let near = FinderTrio {
        bottom_left: into(trio.bottom_left),
        top_left: into(trio.top_left),
        top_right: into(trio.top_right),
        module: trio.module / shrink,
    };
    let fit = Fit::find(&part, &near)?;
    let back = |(x, y): (f32, f32)| (x * shrink + left as f32, y * shrink + top as f32);
    let content = decode(&part, &fit, effort, average)?;
    let corners: Quad = fit.corners().map(back);
    Some(Read {
        bytes: content.bytes,
        declared: content.declared,
        corners,
        modules: fit.side() as u32,
        route: Route::SoftDecision,
    })
}

/// Rectifies, samples and decodes, cheap attempts first.
fn decode(part: &GrayImage, fit: &Fit, effort: Effort, average: &mut FrameAverage) -> Option<Content> {
    let patterns = FunctionPatterns::of(fit.side())?;
    let radii: &[f32] = if effort == Effort::Long { &[4.5, 2.5] } else { &[4.0] };
    for (attempt, radius) in radii.iter().enumerate() {
        let mut code = Rectified::new(part, fit, *radius)?;
        let rigid = code.soft_modules();
        if attempt == 0
            && let Some(content) = average.add(&rigid, &patterns)
        {
            return Some(content);
        }
        if let Some(content) = content::read(&rigid, &patterns) {
            return Some(content);
        }
        if effort == Effort::Long {
            bend::flatten(&mut code, &patterns);
            if let Some(content) = content::read(&code.soft_modules(), &patterns) {
                return Some(content);
            }
        }
    }
    None
}
