//! Decodes untrusted bytes to a picture.
//!
//! The declared size is checked before anything is decoded, so that a small file cannot allocate all memory. EXIF orientation is
//! applied: it says how the camera was held and is no edit. Colours are converted to sRGB by the picture's own profile.
//! Third-party decoders see arbitrary bytes, so their panics are contained.

mod colour;
mod error;
mod kind;
mod raw;
mod size;
mod stream;

use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, RgbImage};
use kind::Kind;
use raw::Raw;
use size::size_is_fine;
use std::io::Cursor;

pub use error::DecodeError;

/// Largest picture that is decoded, bytes as its own format counts them: 16 bits a channel and transparency weigh more.
const MAX_BYTES: u64 = 256 << 20;
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

#[expect(clippy::wildcard_enum_match_arm, reason = "the library's errors, which may grow")]
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
