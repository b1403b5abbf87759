//! Cameras that are mounted rotated: frames are rotated in memory, original JPEG bytes get an EXIF orientation and are
//! otherwise left bit for bit.

use image::{RgbImage, imageops};

use crate::config::Rotation;

/// The picture, rotated clockwise.
pub(crate) fn rotated(image: RgbImage, rotation: Rotation) -> RgbImage {
    match rotation {
        Rotation::None => image,
        Rotation::Right => imageops::rotate90(&image),
        Rotation::Half => imageops::rotate180(&image),
        Rotation::Left => imageops::rotate270(&image),
    }
}

/// Mirrors each row of `width` pixels in place, three bytes a pixel: what a person sees of itself.
///
/// # Panics
/// When `width` is 0.
pub fn mirror_rows(rgb: &mut [u8], width: u32) {
    for row in rgb.chunks_exact_mut(width as usize * 3) {
        let (pixels, _) = row.as_chunks_mut::<3>();
        pixels.reverse();
    }
}

/// A whole JPEG with an EXIF segment right after its start marker that says how a viewer must rotate it. The segment comes
/// before any other the camera may have written; readers take the first. The picture data is unchanged: rotating it would
/// either encode it again or lose its edge.
pub(crate) fn with_orientation_tag(jpeg: Vec<u8>, rotation: Rotation) -> Vec<u8> {
    if rotation == Rotation::None || jpeg.len() < 2 {
        return jpeg;
    }
    let orientation = rotation.orientation().to_be_bytes();
    let mut out = Vec::with_capacity(jpeg.len() + 36);
    out.extend_from_slice(&jpeg[..2]);
    // APP1, its length without the marker: 2 + 6 + 8 + 2 + 12 + 4.
    out.extend([0xff, 0xe1, 0, 34]);
    out.extend(b"Exif\0\0");
    // TIFF header, big endian, the first directory 8 bytes from here.
    out.extend(b"MM\0\x2a\0\0\0\x08");
    // One entry: Orientation (0x0112), SHORT, one value.
    out.extend([0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, orientation[0], orientation[1], 0, 0]);
    // No further directory.
    out.extend([0, 0, 0, 0]);
    out.extend_from_slice(&jpeg[2..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mirrored_row_ends_with_its_first_pixel_and_rows_stay_where_they_are() {
        let mut rows = *b"abcdefghi123456789";
        mirror_rows(&mut rows, 3);
        assert_eq!(&rows, b"ghidefabc789456123");
    }
}
