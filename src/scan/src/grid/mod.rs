//! The third way to a code: where three finder patterns are seen, its modules are weighed rather than cut into black and
//! white.
//!
//! Both decoders threshold a picture first and look at it afterwards. Here the known parts of a code (finder, timing and
//! alignment patterns) are laid over the grey picture until they fit to a fraction of a pixel ([`fit`]), the sheet is
//! flattened ([`bend`]), every module gets a value instead of a bit ([`flat`]), values of several frames are averaged
//! ([`album`]), the lens is taken out again ([`equalise`]), and the least certain codewords are given to error correction as
//! unknown ([`correct`]), which mends twice as many unknown ones as wrong ones.

mod album;
mod bend;
mod blueprint;
mod content;
mod correct;
mod equalise;
mod fit;
mod flat;

use image::{GrayImage, imageops};

pub(crate) use album::Album;

use crate::ledger::{Read, Route};
use crate::outline::{Quad, Trio, bounds};
use blueprint::Blueprint;
use content::Content;
use fit::Fit;
use flat::Flat;

/// How much is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effort {
    /// A few milliseconds: a flat sheet.
    Quick,
    /// Tens of milliseconds: bent sheets too.
    Long,
}

/// Values of all modules, row by row: above zero is dark, about one is certain.
#[derive(Clone, Debug)]
pub(crate) struct Cells {
    pub side: usize,
    pub values: Vec<f32>,
}

/// Pixels of a module above which the picture is reduced first: more of them tell nothing more.
const WIDE_MODULE: f32 = 7.0;

/// Tries to read the code of `trio`. What was sampled goes into `album` and what it holds of earlier frames is used.
pub(crate) fn read(picture: &GrayImage, trio: &Trio, effort: Effort, album: &mut Album) -> Option<Read> {
    let (left, top, width, height) = bounds(&trio.quad(), 0.4, picture.width(), picture.height());
    let mut part = imageops::crop_imm(picture, left, top, width, height).to_image();
    let shrink = (trio.module / WIDE_MODULE * 2.0).floor().max(2.0) / 2.0;
    if shrink > 1.0 {
        let side = |pixels: u32| ((pixels as f32 / shrink) as u32).max(1);
        part = imageops::thumbnail(&part, side(width), side(height));
    }
    let into = |(x, y): (f32, f32)| ((x - left as f32) / shrink, (y - top as f32) / shrink);
    let near = Trio {
        bottom_left: into(trio.bottom_left),
        top_left: into(trio.top_left),
        top_right: into(trio.top_right),
        module: trio.module / shrink,
    };
    let fit = Fit::find(&part, &near)?;
    let back = |(x, y): (f32, f32)| (x * shrink + left as f32, y * shrink + top as f32);
    let content = weigh(&part, &fit, effort, album)?;
    let corners: Quad = fit.corners().map(back);
    Some(Read {
        bytes: content.bytes,
        declared: content.declared,
        corners,
        modules: fit.side() as u32,
        route: Route::Grid,
    })
}

/// Flattens, samples and reads, cheap tries first.
fn weigh(part: &GrayImage, fit: &Fit, effort: Effort, album: &mut Album) -> Option<Content> {
    let plan = Blueprint::of(fit.side())?;
    let radii: &[f32] = if effort == Effort::Long { &[4.5, 2.5] } else { &[4.0] };
    for (turn, radius) in radii.iter().enumerate() {
        let mut flat = Flat::new(part, fit, *radius)?;
        let rigid = flat.cells();
        if turn == 0
            && let Some(content) = album.add(&rigid, &plan)
        {
            return Some(content);
        }
        if let Some(content) = content::read(&rigid, &plan) {
            return Some(content);
        }
        if effort == Effort::Long {
            bend::flatten(&mut flat, &plan);
            if let Some(content) = content::read(&flat.cells(), &plan) {
                return Some(content);
            }
        }
    }
    None
}
