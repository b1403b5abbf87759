//! JPEG, decoded strictly: a stream that breaks off or goes wrong half way is refused, not painted grey from there on. What
//! cannot be told apart is a stream that somebody cut and closed with a proper end marker: its rest is flat.

use super::error::DecodeError;
use super::raw::Raw;
use super::size::size_is_fine;
use crate::jpeg::Header;
use image::RgbImage;
use image::metadata::Orientation;
use zune_jpeg::JpegDecoder;
use zune_jpeg::errors::DecodeErrors;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

/// Scans of a progressive stream that are followed. Encoders write about ten; thousands are an attack on the clock.
const MAX_SCANS: usize = 64;

/// The pixels of a JPEG stream, its orientation and its profile.
pub(super) fn decode(bytes: &[u8]) -> Result<Raw, DecodeError> {
    inspect(bytes)?;
    // Cameras pad between headers, so those are read leniently; the pixels are not.
    let options = DecoderOptions::default()
        .set_max_width(usize::MAX)
        .set_max_height(usize::MAX)
        .jpeg_set_max_scans(MAX_SCANS)
        .set_strict_mode(false);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().map_err(|e| refused(&e))?;
    let (width, height) = decoder.dimensions().ok_or(DecodeError::Truncated)?;
    let side = |v: usize| u32::try_from(v).unwrap_or(u32::MAX);
    let (width, height) = (side(width), side(height));
    size_is_fine(width, height)?;
    let grey = decoder.input_colorspace() == Some(ColorSpace::Luma);
    let wanted = if grey { ColorSpace::Luma } else { ColorSpace::RGB };
    decoder.set_options(options.jpeg_set_out_colorspace(wanted).set_strict_mode(true));
    let pixels = decoder.decode().map_err(|e| refused(&e))?;
    let pixels = if grey { pixels.iter().flat_map(|v| [*v; 3]).collect() } else { pixels };
    let odd = || DecodeError::Damaged("its pixels are fewer than its headers say".to_owned());
    let picture = RgbImage::from_raw(width, height, pixels).ok_or_else(odd)?;
    let orientation = decoder.exif().and_then(|exif| Orientation::from_exif_chunk(exif));
    Ok(Raw { picture, orientation, profile: decoder.icc_profile() })
}

/// What the markers alone forbid, before anything is decoded.
fn inspect(bytes: &[u8]) -> Result<(), DecodeError> {
    let header = Header::read(bytes).ok_or(DecodeError::NotAPicture)?;
    if header.components == 4 {
        return Err(DecodeError::Cmyk);
    }
    if header.components == 2 || header.components > 4 {
        return Err(DecodeError::Damaged(format!("{} colours in one JPEG", header.components)));
    }
    if header.scattered {
        return Err(DecodeError::Damaged("colours of unlike resolution in separate scans".to_owned()));
    }
    if header.width > 0 && header.height > 0 {
        size_is_fine(header.width, header.height)?;
    }
    if header.complete && !header.starved { Ok(()) } else { Err(DecodeError::Truncated) }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the library's errors, which may grow")]
fn refused(error: &DecodeErrors) -> DecodeError {
    match error {
        DecodeErrors::ExhaustedData | DecodeErrors::IoErrors(_) => DecodeError::Truncated,
        other => DecodeError::Damaged(other.to_string()),
    }
}
