//! The portrait as a file: JFIF with its density, the best quality that the permitted bytes allow, nothing else inside.

use crate::decode::DecodeError;
use crate::parallel::both;
use image::RgbImage;
use jpeg_encoder::{
    ChromaSubsamplingMethod, ColorType, Encoder, EncodingError, PixelDensity, SamplingFactor,
};
use standard::Preset;

/// Why a picture could not be encoded at all.
#[derive(Debug, thiserror::Error)]
#[error("the portrait could not be encoded: {0}")]
pub struct EncodeError(String);

impl EncodeError {
    /// The encoder's own stream could not be read back.
    pub(super) fn unreadable(why: &DecodeError) -> EncodeError {
        EncodeError(format!("its bytes cannot be read back: {why}"))
    }
}

/// Below this quality halving the colour's resolution costs less than more compression would.
const HALVE_BELOW: u8 = 72;

/// Encodes `portrait` with the highest quality, or one little below it, that stays within the preset's bytes.
///
/// Colour is kept at full resolution (4:4:4) unless that needs a quality below 72; then it is halved (4:2:0), which allows a
/// better one.
/// The stream is plain baseline, all colours in one scan: fitted Huffman tables would save a few per cent, but this encoder
/// writes them with one scan per colour, which not every reader understands. Nothing is ever padded: a picture so empty that
/// it stays below the minimum even at quality 100 is left to the file check, which refuses it.
///
/// # Errors
/// Only if the encoder itself breaks off.
pub(crate) fn encode(portrait: &RgbImage, preset: &Preset) -> Result<Vec<u8>, EncodeError> {
    let most = preset.bytes.max as usize;
    let full = |quality| write(portrait, preset, quality, SamplingFactor::F_1_1);
    let halved = |quality| write(portrait, preset, quality, SamplingFactor::F_2_2);
    let lowest = preset.bytes.quality_min;
    match search(HALVE_BELOW.max(lowest), most, full)? {
        Found::Fits(stream) => Ok(stream),
        Found::TooLong(_) => match search(lowest, most, halved)? {
            Found::Fits(stream) | Found::TooLong(stream) => Ok(stream),
        },
    }
}

/// What a search ends with.
enum Found {
    /// The best stream of those that are short enough.
    Fits(Vec<u8>),
    /// Even the lowest quality's stream, which this is, has too many bytes.
    TooLong(Vec<u8>),
}

/// A stream that takes this share of the permitted bytes is good enough: the next quality looks the same.
const FULL: f64 = 0.96;
/// Distance of the first two qualities that are tried.
const STRIDE: u8 = 14;

/// The stream of about the highest quality from `low` on that has at most `most` bytes. Two qualities are tried at a time, on two
/// threads. Sizes grow about exponentially with quality, so the next two lie where a straight line in logarithms meets the limit.
fn search(
    mut low: u8,
    most: usize,
    write: impl Fn(u8) -> Result<Vec<u8>, EncodeError> + Sync,
) -> Result<Found, EncodeError> {
    let mut high = 101u8;
    let (wide, lowest) = both(|| write((low + STRIDE).min(100)), || write(low));
    let (wide, mut best) = (wide?, lowest?);
    if best.len() > most {
        return Ok(Found::TooLong(best));
    }
    let steps = f64::from((low + STRIDE).min(100) - low).max(1.0);
    let mut growth = (wide.len() as f64 / best.len() as f64).ln() / steps;
    if wide.len() <= most {
        low = (low + STRIDE).min(100);
        best = wide;
    } else {
        high = (low + STRIDE).min(100);
    }
    while low + 1 < high && (best.len() as f64) < FULL * most as f64 {
        let room = (most as f64 / best.len() as f64).ln();
        let step = (room / growth.max(0.005)).floor().clamp(1.0, f64::from(high - low - 1));
        let first = (low + step as u8).min(high.saturating_sub(2).max(low + 1));
        let (next, stream) = both(|| write((first + 1).min(100)), || write(first));
        let (next, stream) = (next?, stream?);
        growth = (next.len() as f64 / stream.len() as f64).ln();
        for (quality, stream) in [(first, stream), (first + 1, next)] {
            if stream.len() <= most && quality < high {
                low = quality;
                best = stream;
            } else {
                high = high.min(quality);
            }
        }
    }
    Ok(Found::Fits(best))
}

fn write(
    portrait: &RgbImage,
    preset: &Preset,
    quality: u8,
    sampling: SamplingFactor,
) -> Result<Vec<u8>, EncodeError> {
    let mut out = Vec::with_capacity(preset.bytes.max as usize * 2);
    let mut encoder = Encoder::new(&mut out, quality);
    encoder.set_density(PixelDensity::dpi(preset.size.dpi));
    encoder.set_sampling_factor(sampling);
    encoder.set_chroma_subsampling_method(ChromaSubsamplingMethod::Average);
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
