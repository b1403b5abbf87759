//! Backgrounds: an empty room, and the wall that is continued around a person's picture.

use image::imageops::{self, FilterType};
use image::{Rgb, RgbImage};

use super::sample::between;

/// The wall is made at this fraction of the frame's size and enlarged: it is out of focus anyway.
const COARSE: u32 = 8;

/// A plain room out of focus: a warm wall lit from the upper left, a door frame, a table's edge.
pub(crate) fn room(width: u32, height: u32) -> RgbImage {
    let (small_width, small_height) = ((width / COARSE).max(2), (height / COARSE).max(2));
    let small = RgbImage::from_fn(small_width, small_height, |x, y| {
        let (u, v) = (x as f32 / small_width as f32, y as f32 / small_height as f32);
        let light = 1.08 - 0.35 * ((u - 0.25).powi(2) + (v - 0.15).powi(2)).sqrt();
        let base = if v > 0.86 {
            [126.0, 104.0, 82.0]
        } else if (0.8..0.82).contains(&u) || (0.97..0.985).contains(&u) {
            [232.0, 230.0, 224.0]
        } else if (0.82..0.97).contains(&u) {
            [150.0, 142.0, 130.0]
        } else {
            [196.0, 192.0, 182.0]
        };
        Rgb(base.map(|value: f32| (value * light).clamp(0.0, 255.0) as u8))
    });
    imageops::resize(&imageops::blur(&small, 1.2), width, height, FilterType::CatmullRom)
}

/// A whole frame with `picture` in it, scaled by `scale` with its upper left at (`left`, `top`), the wall behind it going on
/// to the frame's edges.
pub(crate) fn extended(
    picture: &RgbImage,
    scale: f32,
    left: f32,
    top: f32,
    width: u32,
    height: u32,
) -> RgbImage {
    let scaled = scaled(picture, scale);
    let (right, bottom) = (left + scaled.width() as f32, top + scaled.height() as f32);
    let mut frame = wall(&scaled, left, top, width, height);
    // The picture fades into the wall over this many pixels where its edge is inside the frame.
    let feather = height as f32 / 30.0;
    let fade = |inside: f32, reaches: bool| if reaches { 1.0 } else { (inside / feather).clamp(0.0, 1.0) };
    for (x, y, pixel) in frame.enumerate_pixels_mut() {
        let (u, v) = (x as f32, y as f32);
        if u < left || v < top || u > right - 1.0 || v > bottom - 1.0 {
            continue;
        }
        let share = fade(u - left, left <= 0.0)
            * fade(right - 1.0 - u, right >= width as f32)
            * fade(v - top, top <= 0.0)
            * fade(bottom - 1.0 - v, bottom >= height as f32);
        let colour = between(&scaled, u - left, v - top);
        for (to, from) in pixel.0.iter_mut().zip(colour.0) {
            *to = (f32::from(*to) * (1.0 - share) + f32::from(from) * share + 0.5) as u8;
        }
    }
    frame
}

/// The nearest edge of the picture everywhere, far out of focus.
fn wall(scaled: &RgbImage, left: f32, top: f32, width: u32, height: u32) -> RgbImage {
    let coarse = COARSE as f32;
    let (small_width, small_height) = ((width / COARSE).max(2), (height / COARSE).max(2));
    let small = RgbImage::from_fn(small_width, small_height, |x, y| {
        between(scaled, x as f32 * coarse - left, y as f32 * coarse - top)
    });
    imageops::resize(&imageops::blur(&small, 3.5), width, height, FilterType::CatmullRom)
}

/// Scaled without aliasing, and without enlarging beyond what a frame can show.
pub(crate) fn scaled(picture: &RgbImage, scale: f32) -> RgbImage {
    let side = |pixels: u32| ((pixels as f32 * scale).round() as u32).clamp(1, 8192);
    let (width, height) = (side(picture.width()), side(picture.height()));
    if scale < 0.4 {
        // Box average first: far cheaper than a wide filter, and as good after it.
        let half = imageops::thumbnail(picture, width * 2, height * 2);
        return imageops::resize(&half, width, height, FilterType::Triangle);
    }
    imageops::resize(picture, width, height, FilterType::CatmullRom)
}
