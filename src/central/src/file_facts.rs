//! Facts of a finished file, measured on its bytes.

use image::ImageReader;
use std::io::Cursor;

/// Measured facts of a JPEG.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Facts {
    /// Columns, pixels.
    pub width: u32,
    /// Rows, pixels.
    pub height: u32,
    /// Size of the file.
    pub bytes: usize,
    /// Dots per inch, where the JFIF header says so.
    pub dpi: Option<u16>,
}

/// Measures a file; `None` when it is no picture.
pub(crate) fn measure(bytes: &[u8]) -> Option<Facts> {
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok()?;
    let (width, height) = reader.into_dimensions().ok()?;
    Some(Facts { width, height, bytes: bytes.len(), dpi: jfif_dpi(bytes) })
}

/// Density of a JFIF header (ITU-T T.871, 10.1): unit 1 is dots per inch, 2 dots per centimetre.
fn jfif_dpi(bytes: &[u8]) -> Option<u16> {
    let header = bytes.get(..18)?;
    if header[..4] != [0xff, 0xd8, 0xff, 0xe0] || &header[6..11] != b"JFIF\0" {
        return None;
    }
    let density = u16::from_be_bytes([header[14], header[15]]);
    match header[13] {
        1 => Some(density),
        2 => Some((f32::from(density) * 2.54).round() as u16),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_jfif_header_tells_its_density() {
        let mut header = vec![0xff, 0xd8, 0xff, 0xe0, 0, 16];
        header.extend(b"JFIF\0\x01\x01\x01\x01\x2c\x01\x2c");
        assert_eq!(jfif_dpi(&header), Some(300));
        assert_eq!(jfif_dpi(b"short"), None);
        assert_eq!(measure(b"no picture"), None);
    }
}
