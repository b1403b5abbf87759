//! JPEG streams of every kind that is about, and broken ones.

use super::{SIZE, Wanted, quarters};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
use sentences::codes;

/// A stream of `pixels` as `change` wishes it.
pub fn stream(pixels: &[u8], colour: ColorType, change: impl Fn(&mut Encoder<&mut Vec<u8>>)) -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = Encoder::new(&mut out, 95);
    encoder.set_sampling_factor(SamplingFactor::F_1_1);
    change(&mut encoder);
    encoder.encode(pixels, SIZE.0 as u16, SIZE.1 as u16, colour).expect("a small picture");
    out
}

/// The test picture as an ordinary stream, with segments of one's own before the tables.
pub fn with_segments(segments: &[(u8, &[u8])]) -> Vec<u8> {
    stream(quarters().as_raw(), ColorType::Rgb, |encoder| {
        for (number, body) in segments {
            encoder.add_app_segment(*number, body.to_vec()).expect("a short segment");
        }
    })
}

/// The offset of the frame header's body (its precision byte).
fn frame(bytes: &[u8]) -> usize {
    let at = bytes.windows(2).position(|w| matches!(w, [0xff, 0xc0 | 0xc2]));
    at.expect("every stream has a frame header") + 4
}

fn with_size(width: u16, height: u16) -> Vec<u8> {
    let mut bytes = with_segments(&[]);
    let at = frame(&bytes);
    bytes[at + 1..at + 3].copy_from_slice(&height.to_be_bytes());
    bytes[at + 3..at + 5].copy_from_slice(&width.to_be_bytes());
    bytes
}

pub fn files() -> Vec<(String, Vec<u8>, Wanted)> {
    let rgb = quarters();
    let grey: Vec<u8> = rgb.pixels().map(|p| ((u16::from(p.0[0]) + u16::from(p.0[1])) / 2) as u8).collect();
    let inks: Vec<u8> = rgb.pixels().flat_map(|p| [255 - p.0[0], 255 - p.0[1], 255 - p.0[2], 0]).collect();
    let plain = with_segments(&[]);
    let of = |pixels: &[u8], colour, progressive: bool, restart: u16| {
        stream(pixels, colour, |encoder| {
            encoder.set_progressive(progressive);
            encoder.set_restart_interval(restart);
        })
    };
    let head = frame(&plain);
    let mut deep = plain.clone();
    deep[head] = 12;
    let mut two = plain.clone();
    two[head + 5] = 2;
    // The scan's bytes are cut out of the middle and the end marker put back: it looks whole and is not.
    let closed = [&plain[..plain.len() - 60], &[0xff, 0xd9]].concat();
    let scan = plain.windows(2).rposition(|w| w == [0xff, 0xda]).expect("has a scan");
    let mut scratched = plain.clone();
    scratched[scan + 20..].iter_mut().step_by(3).for_each(|b| *b ^= 0x15);
    let trailing = [plain.as_slice(), &[0x5a; 3000]].concat();
    let second = [plain.as_slice(), &plain[..plain.len() / 2]].concat();
    let mut arithmetic = plain.clone();
    arithmetic[head - 3] = 0xc9;
    let damaged = Wanted::Code(codes::REFUSAL_DAMAGED);
    let cut = Wanted::Code(codes::REFUSAL_TRUNCATED);
    [
        ("jpeg", plain.clone(), Wanted::Quarters),
        ("jpeg-progressive", of(rgb.as_raw(), ColorType::Rgb, true, 0), Wanted::Quarters),
        ("jpeg-restarts", of(rgb.as_raw(), ColorType::Rgb, false, 2), Wanted::Quarters),
        ("jpeg-grey", of(&grey, ColorType::Luma, false, 0), Wanted::Grey),
        ("jpeg-grey-progressive", of(&grey, ColorType::Luma, true, 0), Wanted::Grey),
        ("jpeg-cmyk", of(&inks, ColorType::Cmyk, false, 0), Wanted::Code(codes::REFUSAL_CMYK)),
        ("jpeg-ycck", of(&inks, ColorType::CmykAsYcck, false, 0), Wanted::Code(codes::REFUSAL_CMYK)),
        ("jpeg-12-bits", deep, damaged),
        ("jpeg-two-colours", two, damaged),
        ("jpeg-arithmetic", arithmetic, damaged),
        ("jpeg-half", plain[..plain.len() / 2].to_vec(), cut),
        ("jpeg-head-alone", plain[..2].to_vec(), cut),
        ("jpeg-without-end-marker", plain[..plain.len() - 2].to_vec(), cut),
        ("jpeg-cut-and-closed", closed, Wanted::Any),
        ("jpeg-scratched", scratched, Wanted::Refused),
        ("jpeg-trailing-bytes", trailing, Wanted::Quarters),
        ("jpeg-with-half-another", second, Wanted::Quarters),
        ("jpeg-bomb", with_size(65_535, 65_535), Wanted::Code(codes::REFUSAL_PICTURE_TOO_LARGE)),
        ("jpeg-too-many-pixels", with_size(8_000, 8_000), Wanted::Code(codes::REFUSAL_PICTURE_TOO_LARGE)),
        ("jpeg-too-long", with_size(64, 16_001), Wanted::Code(codes::REFUSAL_PICTURE_TOO_LARGE)),
        ("jpeg-larger-than-its-data", with_size(64, 4_800), cut),
        ("jpeg-no-columns", with_size(0, 48), damaged),
        ("jpeg-no-rows", with_size(64, 0), damaged),
        ("jpeg-one-pixel", with_size(1, 1), Wanted::Code(codes::REFUSAL_PICTURE_TOO_SMALL)),
    ]
    .map(|(name, bytes, wanted)| (name.to_owned(), bytes, wanted))
    .into()
}
