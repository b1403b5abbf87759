//! Bytes from outside become a picture, or a sentence why not.
//!
//! The declared size is looked at before anything is decoded, so that a small file cannot ask for all the memory. EXIF
//! orientation is applied: it says how the camera was held and is no edit. Colours are brought to sRGB by the picture's own
//! profile. Decoders are others' work and see any bytes at all, so their panics are contained.

mod colour;
mod kind;
mod stream;

use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, RgbImage};
use kind::Kind;
use std::io::Cursor;

/// Longest side that is decoded, pixels.
const MAX_SIDE: u32 = 16_000;
/// Largest picture that is decoded, pixels.
const MAX_PIXELS: u64 = 60_000_000;
/// Largest picture that is decoded, bytes as its own format counts them: 16 bits a channel and transparency weigh more.
const MAX_BYTES: u64 = 256 << 20;
/// Smallest side that can show a face, pixels.
const MIN_SIDE: u32 = 32;

/// Why bytes are not a usable picture.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// Neither JPEG nor PNG, WebP or BMP.
    #[error("this is not a picture (JPEG, PNG, WebP or BMP)")]
    NotAPicture,
    /// A picture of a format that is not read.
    #[error("{name} pictures are not read (JPEG, PNG, WebP and BMP are)")]
    OtherFormat {
        /// The format's usual name.
        name: &'static str,
    },
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
            DecodeError::OtherFormat { .. } => "refusal.other_format",
            DecodeError::Truncated => "refusal.truncated",
            DecodeError::TooLarge { .. } => "refusal.picture_too_large",
            DecodeError::TooSmall { .. } => "refusal.picture_too_small",
            DecodeError::Cmyk => "refusal.cmyk",
            DecodeError::Damaged(_) => "refusal.damaged",
        }
    }
}

/// Decodes a picture from bytes: upright, three 8-bit channels, sRGB. Transparent places become white; of an animation the
/// first picture is taken.
///
/// # Errors
/// See [`DecodeError`]; nothing is decoded whose declared size exceeds 60 megapixels, 16,000 pixels a side or 256 MiB.
pub fn decode(bytes: &[u8]) -> Result<RgbImage, DecodeError> {
    let broke_off = || Err(DecodeError::Damaged("its decoder broke off".to_owned()));
    let mut raw = containment::contained("picture", || read(bytes)).unwrap_or_else(broke_off)?;
    if let Some(profile) = raw.profile {
        colour::to_srgb(&mut raw.picture, &profile);
    }
    let Some(orientation) = raw.orientation.filter(|o| *o != Orientation::NoTransforms) else {
        return Ok(raw.picture);
    };
    let mut picture = DynamicImage::ImageRgb8(raw.picture);
    picture.apply_orientation(orientation);
    Ok(picture.into_rgb8())
}

/// A picture as its file has it, and what the file says about it.
struct Raw {
    picture: RgbImage,
    /// `None` where the file says nothing, or nothing that can be understood.
    orientation: Option<Orientation>,
    profile: Option<Vec<u8>>,
}

fn read(bytes: &[u8]) -> Result<Raw, DecodeError> {
    match Kind::of(bytes) {
        Kind::Jpeg => stream::decode(bytes),
        Kind::Plain(format) => plain(bytes, format),
        Kind::Unread(name) => Err(DecodeError::OtherFormat { name }),
        Kind::Unknown => Err(DecodeError::NotAPicture),
    }
}

/// PNG, WebP and BMP.
fn plain(bytes: &[u8], format: ImageFormat) -> Result<Raw, DecodeError> {
    let mut decoder =
        ImageReader::with_format(Cursor::new(bytes), format).into_decoder().map_err(|e| damaged(&e))?;
    let (width, height) = decoder.dimensions();
    size_is_fine(width, height)?;
    if decoder.total_bytes() > MAX_BYTES {
        return Err(DecodeError::TooLarge { width, height });
    }
    let orientation = decoder.orientation().ok();
    let profile = decoder.icc_profile().ok().flatten();
    let picture = DynamicImage::from_decoder(decoder).map_err(|e| damaged(&e))?;
    Ok(Raw { picture: flatten(picture), orientation, profile })
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

    fn gradient() -> RgbImage {
        RgbImage::from_fn(64, 48, |x, y| image::Rgb([x as u8 * 3, y as u8 * 4, 128]))
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
}
