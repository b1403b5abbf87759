//! Bounded decoding of picture files: the declared size is checked before a pixel is decoded.

use std::io::{BufReader, Cursor, Read as _};
use std::path::Path;

use image::{GrayImage, ImageReader, Limits};
use sentences::{Code, codes};

/// Longest side that is decoded, in pixels.
pub const MAX_SIDE: u32 = 16_384;
/// Most pixels that are decoded.
pub const MAX_PIXELS: u64 = 60_000_000;
/// Largest file that is read, in bytes.
pub const MAX_BYTES: u64 = 64 << 20;

/// Why a file is no picture that can be scanned.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// The file could not be opened or read.
    #[error("{file}: {source}")]
    File {
        /// The file as given.
        file: String,
        /// The operating system's reason.
        source: std::io::Error,
    },
    /// The file is larger than [`MAX_BYTES`].
    #[error("{file}: larger than {MAX_BYTES} bytes")]
    TooManyBytes {
        /// The file as given.
        file: String,
    },
    /// The picture declares more than [`MAX_SIDE`] or [`MAX_PIXELS`].
    #[error("{file}: {width} x {height} pixels are more than this program decodes")]
    TooLarge {
        /// The file as given.
        file: String,
        /// Declared width in pixels.
        width: u32,
        /// Declared height in pixels.
        height: u32,
    },
    /// The file is no picture of a known kind, or is damaged.
    #[error("{file}: not a picture that can be read ({reason})")]
    NotAPicture {
        /// The file as given.
        file: String,
        /// The decoder's reason.
        reason: String,
    },
}

impl PictureError {
    /// The code of the sentence for a person.
    #[must_use]
    pub fn code(&self) -> Code {
        match self {
            Self::File { .. } => codes::SCAN_FILE_UNREADABLE,
            Self::TooManyBytes { .. } | Self::TooLarge { .. } => codes::SCAN_PICTURE_TOO_LARGE,
            Self::NotAPicture { .. } => codes::SCAN_NOT_A_PICTURE,
        }
    }
}

/// Reads `path` (JPEG, PNG, WebP or BMP) as grey values.
///
/// # Errors
/// [`PictureError`] names the file and the reason.
pub fn open(path: &Path) -> Result<GrayImage, PictureError> {
    let file = path.display().to_string();
    let io = |source| PictureError::File { file: file.clone(), source };
    let mut bytes = Vec::new();
    let opened = std::fs::File::open(path).map_err(io)?;
    BufReader::new(opened).take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(io)?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(PictureError::TooManyBytes { file });
    }
    decode(&bytes, &file)
}

/// Decodes the bytes of a picture file; `file` names it in errors.
///
/// # Errors
/// [`PictureError::TooLarge`] by the declared size alone, [`PictureError::NotAPicture`] otherwise.
pub fn decode(bytes: &[u8], file: &str) -> Result<GrayImage, PictureError> {
    let bad = |reason: String| PictureError::NotAPicture { file: file.to_owned(), reason };
    let reader = || ImageReader::new(Cursor::new(bytes)).with_guessed_format();
    let declared = reader().map_err(|e| bad(e.to_string()))?;
    let (width, height) = declared.into_dimensions().map_err(|e| bad(e.to_string()))?;
    if width > MAX_SIDE || height > MAX_SIDE || u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(PictureError::TooLarge { file: file.to_owned(), width, height });
    }
    let mut reader = reader().map_err(|e| bad(e.to_string()))?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    reader.limits(limits);
    let picture = reader.decode().map_err(|e| bad(e.to_string()))?;
    // Transparent parts of a code's picture mean paper, not ink.
    if picture.color().has_alpha() {
        let mut out = GrayImage::new(width, height);
        for (grey, pixel) in out.pixels_mut().zip(picture.to_luma_alpha8().pixels()) {
            let alpha = u32::from(pixel.0[1]);
            let mixed = (u32::from(pixel.0[0]) * alpha + 255 * (255 - alpha)) / 255;
            grey.0[0] = u8::try_from(mixed).unwrap_or(u8::MAX);
        }
        return Ok(out);
    }
    Ok(picture.to_luma8())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A PNG's signature and header only: declares its size and stops.
    fn header_of_png(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
        bytes.extend(width.to_be_bytes());
        bytes.extend(height.to_be_bytes());
        bytes.extend([8, 0, 0, 0, 0]);
        let mut crc = !0u32;
        for byte in &bytes[12..] {
            crc ^= u32::from(*byte);
            for _ in 0..8 {
                crc = if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 };
            }
        }
        bytes.extend((!crc).to_be_bytes());
        bytes.extend(b"\0\0\0\0IDAT\x35\xaf\x06\x1e");
        bytes
    }

    #[test]
    fn a_picture_that_declares_too_much_is_refused_before_decoding() {
        let refused = decode(&header_of_png(60_000, 60_000), "huge.png").expect_err("too large");
        assert!(matches!(refused, PictureError::TooLarge { width: 60_000, .. }), "{refused}");
    }

    #[test]
    fn a_text_is_no_picture() {
        assert_eq!(decode(b"hello", "a.txt").expect_err("no picture").code(), codes::SCAN_NOT_A_PICTURE);
        assert_eq!(
            open(Path::new("/nowhere/at.all")).expect_err("no file").code(),
            codes::SCAN_FILE_UNREADABLE
        );
    }

    proptest! {
        #[test]
        fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _ = decode(&bytes, "any");
        }
    }
}
