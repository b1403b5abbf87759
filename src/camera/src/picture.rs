//! Bounded decoding of picture files for recordings: the declared size is looked at before a pixel is.

use std::io::{Cursor, Read as _};
use std::path::Path;

use image::{ImageReader, RgbImage};

const MOST_BYTES: u64 = 64 << 20;
const MOST_SIDE: u32 = 16_384;
const MOST_PIXELS: u64 = 60_000_000;

/// The picture in `path`, or why it is none.
pub(crate) fn open(path: &Path) -> Result<RgbImage, String> {
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).map_err(|e| e.to_string())?;
    file.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(|e| e.to_string())?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(format!("larger than {MOST_BYTES} bytes"));
    }
    let reader = || ImageReader::new(Cursor::new(&bytes)).with_guessed_format().map_err(|e| e.to_string());
    let (width, height) = reader()?.into_dimensions().map_err(|e| e.to_string())?;
    if width > MOST_SIDE || height > MOST_SIDE || u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(format!("{width} x {height} pixels are too many"));
    }
    let picture = reader()?.decode().map_err(|e| e.to_string())?;
    if !picture.color().has_alpha() {
        return Ok(picture.into_rgb8());
    }
    // Transparent parts show paper.
    let mut out = RgbImage::new(width, height);
    for (to, from) in out.pixels_mut().zip(picture.into_rgba8().pixels()) {
        let alpha = u32::from(from.0[3]);
        to.0 = [0, 1, 2].map(|i| ((u32::from(from.0[i]) * alpha + 255 * (255 - alpha)) / 255) as u8);
    }
    Ok(out)
}
