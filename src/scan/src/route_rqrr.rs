//! The `rqrr` route: its own finder, sampler and error correction, independent of the other route's.

use image::GrayImage;
use rqrr::PreparedImage;

use crate::consensus::{Read, Route};
use crate::outline::Quad;
use crate::views::Ink;
use containment::contained;

/// Every code this route reads in `picture`, in the picture's own coordinates.
///
/// The declared character set is not handed out by `rqrr`; only bytes are taken from it.
pub(crate) fn read(picture: &GrayImage, ink: Ink) -> Vec<Read> {
    contained("rqrr", || decode(picture, ink)).unwrap_or_default()
}

fn decode(picture: &GrayImage, ink: Ink) -> Vec<Read> {
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let pixels = picture.as_raw();
    let mut prepared = match ink {
        Ink::Grey => PreparedImage::prepare_from_greyscale(width, height, |x, y| pixels[y * width + x]),
        Ink::Binary => PreparedImage::prepare_from_bitmap(width, height, |x, y| pixels[y * width + x] < 128),
    };
    let mut reads = Vec::new();
    for grid in prepared.detect_grids() {
        let mut bytes = Vec::new();
        // Error correction has to succeed before a byte is written; an error afterwards leaves a half text.
        let Ok(meta) = grid.decode_to(&mut bytes) else { continue };
        if bytes.is_empty() {
            continue;
        }
        let modules = meta.version.to_size() as u32;
        let corners = pulled_in(grid.bounds.map(|point| (point.x as f32, point.y as f32)), modules);
        reads.push(Read { bytes, declared: None, corners, modules, route: Route::Rqrr });
    }
    reads
}

/// `rqrr` gives the far corners one module too far out (it maps `size + 1`); this pulls them back.
fn pulled_in(bounds: Quad, modules: u32) -> Quad {
    let share = modules as f32 / (modules as f32 + 1.0);
    let (x, y) = bounds[0];
    bounds.map(|corner| (x + (corner.0 - x) * share, y + (corner.1 - y) * share))
}
