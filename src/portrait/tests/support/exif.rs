//! EXIF as cameras write it, and as they should not (CIPA DC-008; the directory is TIFF's).

use super::{SIZE, Wanted, jpeg, png, quarters};
use image::RgbImage;
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

/// The test picture as a camera held that way stores it (orientation 1 to 8).
fn stored(orientation: u16) -> RgbImage {
    let upright = quarters();
    let (w, h) = SIZE;
    let (sw, sh) = if orientation > 4 { (h, w) } else { (w, h) };
    RgbImage::from_fn(sw, sh, |x, y| {
        // Where the first row and the first column of what is stored belong in what is seen.
        let (u, v) = match orientation {
            2 => (w - 1 - x, y),
            3 => (w - 1 - x, h - 1 - y),
            4 => (x, h - 1 - y),
            5 => (y, x),
            6 => (w - 1 - y, x),
            7 => (w - 1 - y, h - 1 - x),
            8 => (y, h - 1 - x),
            _ => (x, y),
        };
        *upright.get_pixel(u, v)
    })
}

/// A directory with one entry, and where the next directory is said to lie.
fn tiff(big: bool, tag: u16, kind: u16, count: u32, value: u16, next: u32) -> Vec<u8> {
    let two = |v: u16| if big { v.to_be_bytes() } else { v.to_le_bytes() };
    let four = |v: u32| if big { v.to_be_bytes() } else { v.to_le_bytes() };
    let mut out = if big { b"MM\0*".to_vec() } else { b"II*\0".to_vec() };
    out.extend(four(8));
    out.extend(two(1));
    out.extend(two(tag));
    out.extend(two(kind));
    out.extend(four(count));
    out.extend(two(value));
    out.extend(two(0));
    out.extend(four(next));
    out
}

/// An ordinary orientation entry.
pub fn orientation(big: bool, value: u16) -> Vec<u8> {
    tiff(big, 0x0112, 3, 1, value, 0)
}

fn in_jpeg(tiff: &[u8]) -> Vec<u8> {
    jpeg::with_segments(&[(1, &[b"Exif\0\0", tiff].concat())])
}

fn turned(value: u16, big: bool) -> Vec<u8> {
    let picture = stored(value);
    let mut out = Vec::new();
    let mut encoder = Encoder::new(&mut out, 95);
    encoder.set_sampling_factor(SamplingFactor::F_1_1);
    let body = [b"Exif\0\0", orientation(big, value).as_slice()].concat();
    encoder.add_app_segment(1, body).expect("a short segment");
    let (w, h) = (picture.width() as u16, picture.height() as u16);
    encoder.encode(picture.as_raw(), w, h, ColorType::Rgb).expect("a small picture");
    out
}

pub fn files() -> Vec<(String, Vec<u8>, Wanted)> {
    let mut all = Vec::new();
    for value in 1..=8 {
        for (big, end) in [(true, "big"), (false, "little")] {
            all.push((format!("exif-{value}-{end}"), turned(value, big), Wanted::Quarters));
        }
    }
    let mut crowded = orientation(true, 3);
    crowded[8..10].copy_from_slice(&u16::MAX.to_be_bytes());
    crowded[10..12].copy_from_slice(&[0x9c, 0x9b]);
    let mut far = orientation(false, 6);
    far[4..8].copy_from_slice(&0xffff_fff0u32.to_le_bytes());
    let whole = orientation(true, 6);
    let other = b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta/>".as_slice();
    let after = [b"Exif\0\0", stored_upright().as_slice()].concat();
    all.extend(
        [
            ("exif-orientation-0", in_jpeg(&orientation(true, 0))),
            ("exif-orientation-9", in_jpeg(&orientation(false, 9))),
            ("exif-orientation-65535", in_jpeg(&orientation(false, u16::MAX))),
            ("exif-orientation-as-text", in_jpeg(&tiff(true, 0x0112, 2, 1, 6, 0))),
            ("exif-many-orientations", in_jpeg(&tiff(true, 0x0112, 3, 4_000_000_000, 6, 0))),
            ("exif-loop", in_jpeg(&tiff(true, 0x8769, 4, 1, 0, 8))),
            ("exif-directory-far-away", in_jpeg(&far)),
            ("exif-more-entries-than-bytes", in_jpeg(&crowded)),
            ("exif-cut", in_jpeg(&whole[..13])),
            ("exif-empty", in_jpeg(&[])),
            ("exif-neither-end", in_jpeg(b"XX*\0\0\0\0\x08")),
            ("exif-after-xmp", jpeg::with_segments(&[(1, other), (1, &after)])),
            ("exif-in-png-broken", png::with_chunks(&[png::chunk(b"eXIf", &whole[..9])])),
        ]
        .map(|(name, bytes)| (name.to_owned(), bytes, Wanted::Quarters)),
    );
    all
}

fn stored_upright() -> Vec<u8> {
    orientation(false, 1)
}
