//! Samples pictures between pixels.

use image::{Pixel, Rgb, RgbImage, Rgba, RgbaImage};

use super::motion::Pose;

/// The picture under `pose`: shifted, scaled and rolled around its middle; outside, its edge is repeated.
pub(crate) fn moved(picture: &RgbImage, pose: Pose) -> RgbImage {
    if pose == Pose::REST {
        return picture.clone();
    }
    let (width, height) = (picture.width() as f32, picture.height() as f32);
    let (middle_x, middle_y) = (width / 2.0, height / 2.0);
    let (sine, cosine) = (-pose.roll.to_radians()).sin_cos();
    let (sine, cosine) = (sine / pose.zoom, cosine / pose.zoom);
    RgbImage::from_fn(picture.width(), picture.height(), |u, v| {
        let x = u as f32 - middle_x - pose.x * height;
        let y = v as f32 - middle_y - pose.y * height;
        between(picture, middle_x + cosine * x - sine * y, middle_y + sine * x + cosine * y)
    })
}

/// The colour at (x, y), bilinearly; outside the nearest edge.
pub(crate) fn between(image: &RgbImage, x: f32, y: f32) -> Rgb<u8> {
    let (x0, y0, x1, y1, fx, fy) = corners(image.width(), image.height(), x, y);
    let at = |x: u32, y: u32| image.get_pixel(x, y).0;
    Rgb(mixed([at(x0, y0), at(x1, y0), at(x0, y1), at(x1, y1)], fx, fy))
}

/// The same for a picture with transparency; outside it is transparent.
pub(crate) fn between_clear(image: &RgbaImage, x: f32, y: f32) -> Rgba<u8> {
    if x < 0.0 || y < 0.0 || x > (image.width() - 1) as f32 || y > (image.height() - 1) as f32 {
        return Rgba([0; 4]);
    }
    let (x0, y0, x1, y1, fx, fy) = corners(image.width(), image.height(), x, y);
    let at = |x: u32, y: u32| image.get_pixel(x, y).0;
    Rgba(mixed([at(x0, y0), at(x1, y0), at(x0, y1), at(x1, y1)], fx, fy))
}

/// Draws `colour` over `under` by its transparency.
pub(crate) fn over(under: &mut Rgb<u8>, colour: Rgba<u8>) {
    let alpha = u32::from(colour.0[3]);
    for (to, from) in under.0.iter_mut().zip(colour.to_rgb().0) {
        *to = ((u32::from(from) * alpha + u32::from(*to) * (255 - alpha) + 127) / 255) as u8;
    }
}

fn corners(width: u32, height: u32, x: f32, y: f32) -> (u32, u32, u32, u32, u32, u32) {
    let x = x.max(0.0).min((width - 1) as f32);
    let y = y.max(0.0).min((height - 1) as f32);
    let (x0, y0) = (x as u32, y as u32);
    // Fractions in 1/256: integers are faster, and finer steps are not seen.
    let (fx, fy) = (((x - x0 as f32) * 256.0) as u32, ((y - y0 as f32) * 256.0) as u32);
    (x0, y0, (x0 + 1).min(width - 1), (y0 + 1).min(height - 1), fx, fy)
}

fn mixed<const N: usize>(four: [[u8; N]; 4], fx: u32, fy: u32) -> [u8; N] {
    let mut out = [0; N];
    for (i, value) in out.iter_mut().enumerate() {
        let upper = u32::from(four[0][i]) * (256 - fx) + u32::from(four[1][i]) * fx;
        let lower = u32::from(four[2][i]) * (256 - fx) + u32::from(four[3][i]) * fx;
        *value = ((upper * (256 - fy) + lower * fy + 32_768) >> 16) as u8;
    }
    out
}
