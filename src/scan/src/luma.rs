//! The picture that is scanned: grey values, row by row, without padding.

use image::GrayImage;

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
