//! Bounded decoding of picture files for recordings: the declared size is checked before a pixel is decoded.

use std::io::{Cursor, Read as _};
use std::path::Path;

use image::{ImageReader, RgbImage};

const MAX_BYTES: u64 = 64 << 20;
const MAX_SIDE: u32 = 16_384;
const MAX_PIXELS: u64 = 60_000_000;

/// Reads the picture in `path`; the error says why it cannot be used.
pub(crate) fn open(path: &Path) -> Result<RgbImage, String> {
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).map_err(|e| e.to_string())?;
    file.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(|e| e.to_string())?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(format!("larger than {MAX_BYTES} bytes"));
    }
    let reader = || ImageReader::new(Cursor::new(&bytes)).with_guessed_format().map_err(|e| e.to_string());
    let (width, height) = reader()?.into_dimensions().map_err(|e| e.to_string())?;
    if width > MAX_SIDE || height > MAX_SIDE || u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(format!("{width} x {height} pixels are too many"));
    }
    let picture = reader()?.decode().map_err(|e| e.to_string())?;
    if !picture.color().has_alpha() {
        return Ok(picture.into_rgb8());
    }
    // Transparent parts become white.
    let mut out = RgbImage::new(width, height);
    for (to, from) in out.pixels_mut().zip(picture.into_rgba8().pixels()) {
        let alpha = u32::from(from.0[3]);
        to.0 = [0, 1, 2].map(|i| ((u32::from(from.0[i]) * alpha + 255 * (255 - alpha)) / 255) as u8);
    }
    Ok(out)
}
