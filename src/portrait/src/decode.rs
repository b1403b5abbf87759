//! Bytes from outside become a picture, or a sentence why not.
//!
//! The declared size is looked at before anything is decoded, so that a small file cannot ask for all the memory. EXIF
//! orientation is applied: it says how the camera was held and is no edit.

use crate::jpeg::Header;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, RgbImage};
use std::io::Cursor;

/// Longest side that is decoded, pixels.
const MAX_SIDE: u32 = 16_000;
/// Largest picture that is decoded, pixels.
const MAX_PIXELS: u64 = 60_000_000;
/// Smallest side that can show a face, pixels.
const MIN_SIDE: u32 = 32;

/// Why bytes are not a usable picture.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// Neither JPEG nor PNG, WebP or BMP.
    #[error("this is not a picture (JPEG, PNG, WebP or BMP)")]
    NotAPicture,
    /// The picture breaks off.
    #[error("the picture is cut off: its end is missing")]
    Truncated,
    /// The picture declares more pixels than are decoded.
    #[error("the picture is too large: {width} x {height} pixels")]
    TooLarge {
        /// Declared columns.
        width: u32,
        /// Declared rows.
        height: u32,
    },
    /// The picture is too small for a face.
    #[error("the picture is too small: {width} x {height} pixels")]
    TooSmall {
        /// Declared columns.
        width: u32,
        /// Declared rows.
        height: u32,
    },
    /// The picture is meant for printing (CMYK).
    #[error("the picture is in CMYK colours, which are for printing")]
    Cmyk,
    /// A damaged picture, or a kind of it that is not read.
    #[error("the picture is damaged or of an unusual kind: {0}")]
    Damaged(String),
}

impl DecodeError {
    /// Code of the sentence that says so to people.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            DecodeError::NotAPicture => "refusal.not_a_picture",
            DecodeError::Truncated => "refusal.truncated",
            DecodeError::TooLarge { .. } => "refusal.picture_too_large",
            DecodeError::TooSmall { .. } => "refusal.picture_too_small",
            DecodeError::Cmyk => "refusal.cmyk",
            DecodeError::Damaged(_) => "refusal.damaged",
        }
    }
}

/// Decodes a picture from bytes: upright, three 8-bit channels, taken as sRGB. Transparent places become white.
///
/// # Errors
/// See [`DecodeError`]; nothing is decoded whose declared size exceeds 60 megapixels or 16,000 pixels a side.
pub fn decode(bytes: &[u8]) -> Result<RgbImage, DecodeError> {
    let format = image::guess_format(bytes).map_err(|_| DecodeError::NotAPicture)?;
    let known = [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP, ImageFormat::Bmp];
    if !known.contains(&format) {
        return Err(DecodeError::NotAPicture);
    }
    if format == ImageFormat::Jpeg {
        inspect_jpeg(bytes)?;
    }
    let mut decoder =
        ImageReader::with_format(Cursor::new(bytes), format).into_decoder().map_err(|e| damaged(&e))?;
    let (width, height) = decoder.dimensions();
    size_is_fine(width, height)?;
    let orientation = decoder.orientation().map_err(|e| damaged(&e))?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|e| damaged(&e))?;
    picture.apply_orientation(orientation);
    Ok(flatten(picture))
}

fn size_is_fine(width: u32, height: u32) -> Result<(), DecodeError> {
    if width.max(height) > MAX_SIDE || u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(DecodeError::TooLarge { width, height });
    }
    if width.min(height) < MIN_SIDE {
        return Err(DecodeError::TooSmall { width, height });
    }
    Ok(())
}

fn inspect_jpeg(bytes: &[u8]) -> Result<(), DecodeError> {
    let header = Header::read(bytes).ok_or(DecodeError::NotAPicture)?;
    if header.components == 4 {
        return Err(DecodeError::Cmyk);
    }
    if header.scattered {
        return Err(DecodeError::Damaged("colours of unlike resolution in separate scans".to_owned()));
    }
    if header.width > 0 && header.height > 0 {
        size_is_fine(header.width, header.height)?;
    }
    if header.complete { Ok(()) } else { Err(DecodeError::Truncated) }
}

fn damaged(error: &image::ImageError) -> DecodeError {
    use image::ImageError as E;
    match error {
        E::IoError(e) if e.kind() == std::io::ErrorKind::UnexpectedEof => DecodeError::Truncated,
        E::Limits(_) => DecodeError::TooLarge { width: 0, height: 0 },
        other => DecodeError::Damaged(other.to_string()),
    }
}

/// Three channels; what was transparent shows white paper.
fn flatten(picture: DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.into_rgb8();
    }
    let with_alpha = picture.into_rgba8();
    RgbImage::from_fn(with_alpha.width(), with_alpha.height(), |x, y| {
        let [r, g, b, a] = with_alpha.get_pixel(x, y).0;
        let over = |v: u8| ((u32::from(v) * u32::from(a) + 255 * (255 - u32::from(a)) + 127) / 255) as u8;
        image::Rgb([over(r), over(g), over(b)])
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn encode(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
        let mut out = Cursor::new(Vec::new());
        picture.write_to(&mut out, format).expect("a small picture");
        out.into_inner()
    }

    fn gradient() -> RgbImage {
        RgbImage::from_fn(64, 48, |x, y| image::Rgb([x as u8 * 3, y as u8 * 4, 128]))
    }

    /// A PNG header that declares `width` x `height` and holds nothing.
    fn bomb(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = encode(&DynamicImage::ImageRgb8(gradient()), ImageFormat::Png);
        bytes[16..20].copy_from_slice(&width.to_be_bytes());
        bytes[20..24].copy_from_slice(&height.to_be_bytes());
        let sum = crc32(&bytes[12..29]);
        bytes[29..33].copy_from_slice(&sum.to_be_bytes());
        bytes
    }

    fn crc32(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(!0u32, |mut crc, b| {
            crc ^= u32::from(*b);
            for _ in 0..8 {
                crc = if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 };
            }
            crc
        })
    }

    #[test]
    fn a_bomb_is_refused_by_its_declared_size() {
        assert_eq!(
            decode(&bomb(60_000, 60_000)),
            Err(DecodeError::TooLarge { width: 60_000, height: 60_000 })
        );
        assert_eq!(decode(&bomb(9_000, 9_000)), Err(DecodeError::TooLarge { width: 9_000, height: 9_000 }));
    }

    #[test]
    fn a_truncated_jpeg_is_refused_not_painted_grey() {
        let whole = encode(&DynamicImage::ImageRgb8(gradient()), ImageFormat::Jpeg);
        assert!(decode(&whole).is_ok());
        assert_eq!(decode(&whole[..whole.len() * 2 / 3]), Err(DecodeError::Truncated));
    }

    #[test]
    fn colours_in_separate_scans_are_refused_where_the_decoder_would_paint_them_wrongly() {
        let write = |sampling, fitted| {
            let mut out = Vec::new();
            let mut encoder = jpeg_encoder::Encoder::new(&mut out, 80);
            encoder.set_sampling_factor(sampling);
            encoder.set_optimized_huffman_tables(fitted);
            encoder
                .encode(gradient().as_raw(), 64, 48, jpeg_encoder::ColorType::Rgb)
                .expect("a small picture");
            decode(&out)
        };
        assert!(matches!(write(jpeg_encoder::SamplingFactor::F_2_2, true), Err(DecodeError::Damaged(_))));
        for (sampling, fitted) in
            [(jpeg_encoder::SamplingFactor::F_1_1, true), (jpeg_encoder::SamplingFactor::F_2_2, false)]
        {
            let seen = write(sampling, fitted).expect("an ordinary stream");
            let near = seen.get_pixel(30, 20).0.iter().zip([90u8, 80, 128]).all(|(a, b)| a.abs_diff(b) < 12);
            assert!(near, "{:?}", seen.get_pixel(30, 20));
        }
    }

    #[test]
    fn a_truncated_png_is_refused() {
        let whole = encode(&DynamicImage::ImageRgb8(gradient()), ImageFormat::Png);
        assert!(decode(&whole[..whole.len() / 2]).is_err());
    }

    #[test]
    fn text_is_not_a_picture() {
        assert_eq!(decode(b"%PDF-1.7 and so on"), Err(DecodeError::NotAPicture));
        assert_eq!(decode(b""), Err(DecodeError::NotAPicture));
    }

    #[test]
    fn grey_deep_and_transparent_pictures_become_three_channels() {
        let rgb = DynamicImage::ImageRgb8(gradient());
        for kind in [rgb.to_luma8().into(), DynamicImage::ImageRgb16(rgb.to_rgb16()), rgb.to_rgba8().into()] {
            let bytes = encode(&kind, ImageFormat::Png);
            assert_eq!(decode(&bytes).expect("a plain picture").dimensions(), (64, 48));
        }
        let clear = DynamicImage::ImageRgba8(image::RgbaImage::new(40, 40));
        let seen = decode(&encode(&clear, ImageFormat::Png)).expect("a plain picture");
        assert_eq!(seen.get_pixel(0, 0).0, [255; 3]);
    }

    proptest! {
        #[test]
        fn no_bytes_panic_the_decoder(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _ = decode(&bytes);
        }

        #[test]
        fn no_damage_panics_the_decoder(at in any::<proptest::sample::Index>(), value in any::<u8>(), png in any::<bool>()) {
            let format = if png { ImageFormat::Png } else { ImageFormat::Jpeg };
            let mut bytes = encode(&DynamicImage::ImageRgb8(gradient()), format);
            let i = at.index(bytes.len());
            bytes[i] = value;
            if let Ok(picture) = decode(&bytes) {
                prop_assert!(u64::from(picture.width()) * u64::from(picture.height()) <= MAX_PIXELS);
            }
        }
    }
}
