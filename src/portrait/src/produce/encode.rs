//! The portrait as a file: JFIF with its density, the best quality that the permitted bytes allow, nothing else inside.

use image::RgbImage;
use jpeg_encoder::{
    ChromaSubsamplingMethod, ColorType, Encoder, EncodingError, PixelDensity, SamplingFactor,
};
use standard::Preset;

/// Why a picture could not be encoded at all.
#[derive(Debug, thiserror::Error)]
#[error("the portrait could not be encoded: {0}")]
pub struct EncodeError(String);

/// How a stream is written.
#[derive(Clone, Copy)]
struct Form {
    quality: u8,
    sampling: SamplingFactor,
    /// Tables fitted to this picture; without them a few per cent larger.
    fitted: bool,
}

/// Encodes `portrait` with the highest quality that stays within the preset's bytes.
///
/// Colour is kept at full resolution (4:4:4); only if even the lowest permitted quality is too large it is halved (4:2:0).
/// If quality 100 is still smaller than what is aimed for, the stream is written with the standard's general Huffman tables
/// instead of fitted ones, which makes the same picture a few per cent larger. Nothing is ever padded: a picture so empty
/// that it stays below the minimum leaves that to the file check, which refuses it.
///
/// # Errors
/// Only if the encoder itself breaks off.
pub(crate) fn encode(portrait: &RgbImage, preset: &Preset) -> Result<Vec<u8>, EncodeError> {
    let bytes = preset.bytes;
    let lowest = bytes.quality_min;
    let full = |quality| Form { quality, sampling: SamplingFactor::F_1_1, fitted: true };
    let halved = |quality| Form { quality, sampling: SamplingFactor::F_2_2, fitted: true };
    let fits = |stream: &Vec<u8>| stream.len() <= bytes.max as usize;
    let mut best = search(lowest, |q| write(portrait, preset, full(q)), fits)?;
    if !fits(&best) {
        best = search(lowest, |q| write(portrait, preset, halved(q)), fits)?;
    }
    if best.len() < bytes.aim_min as usize {
        let general = write(portrait, preset, Form { fitted: false, ..full(100) })?;
        if fits(&general) && general.len() > best.len() {
            best = general;
        }
    }
    Ok(best)
}

/// The stream of the highest quality in `lowest..=100` that fits, by bisection; that of `lowest` if none does.
fn search(
    lowest: u8,
    write: impl Fn(u8) -> Result<Vec<u8>, EncodeError>,
    fits: impl Fn(&Vec<u8>) -> bool,
) -> Result<Vec<u8>, EncodeError> {
    let (mut low, mut high) = (lowest, 101);
    let mut best = None;
    while low + 1 < high {
        let middle = u8::midpoint(low, high);
        let stream = write(middle)?;
        if fits(&stream) {
            low = middle;
            best = Some(stream);
        } else {
            high = middle;
        }
    }
    best.map_or_else(|| write(lowest), Ok)
}

fn write(portrait: &RgbImage, preset: &Preset, form: Form) -> Result<Vec<u8>, EncodeError> {
    let mut out = Vec::with_capacity(preset.bytes.max as usize * 2);
    let mut encoder = Encoder::new(&mut out, form.quality);
    encoder.set_density(PixelDensity::dpi(preset.size.dpi));
    encoder.set_sampling_factor(form.sampling);
    encoder.set_chroma_subsampling_method(ChromaSubsamplingMethod::Average);
    encoder.set_optimized_huffman_tables(form.fitted);
    let side = |v: u32| u16::try_from(v).map_err(|_| EncodeError(format!("{v} pixels a side")));
    let failed = |e: EncodingError| EncodeError(e.to_string());
    encoder
        .encode(portrait.as_raw(), side(portrait.width())?, side(portrait.height())?, ColorType::Rgb)
        .map_err(failed)?;
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jpeg::Header;

    fn chsi() -> Preset {
        Preset::parse(include_str!("../../../../kiosk-config/presets/chsi.toml"))
            .expect("part of the product")
    }

    /// A wall with a textured half: `grain` sets how much there is to encode.
    fn picture(grain: u32) -> RgbImage {
        let mut seed = 1u32;
        RgbImage::from_fn(480, 640, |x, y| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let noise = if y > 200 { (seed >> 24) * grain / 255 } else { 0 };
            image::Rgb([(100 + noise).min(255) as u8, (x / 4) as u8, (60 + noise / 2).min(255) as u8])
        })
    }

    #[test]
    fn ordinary_portraits_land_in_the_aimed_range_with_300_dpi() {
        for grain in [6, 12, 30] {
            let stream = encode(&picture(grain), &chsi()).expect("a valid picture");
            assert!((30_720..=40_000).contains(&stream.len()), "{} bytes at grain {grain}", stream.len());
            let header = Header::read(&stream).expect("a JPEG stream");
            assert_eq!(header.dpi, Some((300.0, 300.0)));
            assert!(!header.metadata && header.complete);
            assert!(header.quality().is_some_and(|q| q >= 60));
        }
    }

    #[test]
    fn a_picture_too_rich_never_falls_below_the_lowest_quality() {
        let stream = encode(&picture(255), &chsi()).expect("a valid picture");
        assert!(Header::read(&stream).and_then(|h| h.quality()).is_some_and(|q| q >= 59));
    }

    #[test]
    fn an_empty_picture_is_not_padded() {
        let flat = RgbImage::from_pixel(480, 640, image::Rgb([100, 197, 255]));
        assert!(encode(&flat, &chsi()).expect("a valid picture").len() < 20_480);
    }

    #[test]
    fn the_same_picture_gives_the_same_bytes() {
        let (a, b) = (encode(&picture(12), &chsi()), encode(&picture(12), &chsi()));
        assert_eq!(a.expect("a valid picture"), b.expect("a valid picture"));
    }
}
