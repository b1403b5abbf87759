//! The picture that is scanned: grey values, row by row, without padding.

use image::{GrayImage, RgbImage};

/// A borrowed grey picture.
#[derive(Clone, Copy, Debug)]
pub struct Luma<'a> {
    /// Grey values 0 (black) to 255 (white), row by row from the top left, `width * height` of them.
    pub pixels: &'a [u8],
    /// Pixels in a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
}

impl Luma<'_> {
    /// The picture as an owned image, or `None` if the size does not match the number of pixels or is zero.
    pub(crate) fn to_image(self) -> Option<GrayImage> {
        let needed = (self.width as usize).checked_mul(self.height as usize)?;
        if needed == 0 || self.pixels.len() < needed {
            return None;
        }
        GrayImage::from_raw(self.width, self.height, self.pixels[..needed].to_vec())
    }
}

/// Replaces `grey` by the picture's luma (BT.601 in integers, as cameras define it), row by row.
pub fn luma_of(picture: &RgbImage, grey: &mut Vec<u8>) {
    grey.clear();
    grey.extend(picture.pixels().map(|pixel| {
        let [r, g, b] = pixel.0.map(u32::from);
        ((r * 77 + g * 150 + b * 29) >> 8) as u8
    }));
}
