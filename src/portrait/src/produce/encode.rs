//! The portrait as a file: JFIF with its density, the best quality that the permitted bytes allow, nothing else inside.

use crate::decode::DecodeError;
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

/// Encodes `portrait` with the highest quality that stays within the preset's bytes.
///
/// Colour is kept at full resolution (4:4:4) unless that needs a quality below 72 and halving it (4:2:0) allows a better one.
/// The stream is plain baseline, all colours in one scan: fitted Huffman tables would save a few per cent, but this encoder
/// writes them with one scan per colour, which not every reader understands. Nothing is ever padded: a picture so empty that
/// it stays below the minimum even at quality 100 is left to the file check, which refuses it.
///
/// # Errors
/// Only if the encoder itself breaks off.
pub(crate) fn encode(portrait: &RgbImage, preset: &Preset) -> Result<Vec<u8>, EncodeError> {
    let full = search(preset, |q| write(portrait, preset, q, SamplingFactor::F_1_1))?;
    let most = preset.bytes.max as usize;
    if full.0 >= HALVE_BELOW && full.1.len() <= most {
        return Ok(full.1);
    }
    let halved = search(preset, |q| write(portrait, preset, q, SamplingFactor::F_2_2))?;
    let better = full.1.len() > most || halved.0 > full.0;
    Ok(if better { halved.1 } else { full.1 })
}

/// The highest permitted quality whose stream fits, and that stream, by bisection; the lowest one's if none does.
fn search(
    preset: &Preset,
    write: impl Fn(u8) -> Result<Vec<u8>, EncodeError>,
) -> Result<(u8, Vec<u8>), EncodeError> {
    let lowest = preset.bytes.quality_min;
    let (mut low, mut high) = (lowest - 1, 101);
    let mut best = None;
    while low + 1 < high {
        let middle = u8::midpoint(low, high);
        let stream = write(middle)?;
        if stream.len() <= preset.bytes.max as usize {
            low = middle;
            best = Some((middle, stream));
        } else {
            high = middle;
        }
    }
    best.map_or_else(|| write(lowest).map(|stream| (lowest, stream)), Ok)
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
