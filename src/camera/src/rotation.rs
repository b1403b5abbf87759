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
