//! Files as people bring them, generated: every odd kind of picture that the tests and the fuzzers' seeds begin with.

pub mod exif;
pub mod jpeg;
pub mod png;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use sentences::{Code, codes};
use std::io::Cursor;

/// Columns and rows of the test picture.
pub const SIZE: (u32, u32) = (64, 48);

/// The test picture: another colour in each quarter, so that every turn and mirroring shows.
pub fn quarters() -> RgbImage {
    RgbImage::from_fn(SIZE.0, SIZE.1, |x, y| {
        Rgb(match (x < SIZE.0 / 2, y < SIZE.1 / 2) {
            (true, true) => [200, 40, 40],
            (false, true) => [40, 180, 60],
            (true, false) => [50, 60, 210],
            (false, false) => [230, 220, 90],
        })
    })
}

/// `picture` as a plain file of `format`.
pub fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    picture.write_to(&mut out, format).expect("a small picture");
    out.into_inner()
}

/// What must come of a file.
#[derive(Clone, Copy, Debug)]
pub enum Wanted {
    /// The test picture, upright and in its colours.
    Quarters,
    /// The same without colour.
    Grey,
    /// Some picture; which is not said.
    Any,
    /// A refusal; damage may be told in more than one way.
    Refused,
    /// A refusal with this sentence.
    Code(Code),
}

/// Every odd file by name, with what must come of it.
pub fn files() -> Vec<(String, Vec<u8>, Wanted)> {
    let mut all = jpeg::files();
    all.extend(png::files());
    all.extend(exif::files());
    all.extend(others());
    all
}

fn others() -> Vec<(String, Vec<u8>, Wanted)> {
    let rgb = DynamicImage::ImageRgb8(quarters());
    let unread = codes::REFUSAL_OTHER_FORMAT;
    let heic = [b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".as_slice(), &[7; 60]].concat();
    let avif = [b"\0\0\0\x18ftypavif\0\0\0\0avifmif1".as_slice(), &[7; 60]].concat();
    let webp = encoded(&rgb, ImageFormat::WebP);
    let bmp = encoded(&rgb, ImageFormat::Bmp);
    let tiny = DynamicImage::ImageRgb8(RgbImage::new(31, 400));
    let mut bomb = bmp.clone();
    bomb[18..22].copy_from_slice(&40_000i32.to_le_bytes());
    bomb[22..26].copy_from_slice(&40_000i32.to_le_bytes());
    [
        ("webp", webp.clone(), Wanted::Quarters),
        ("webp-half", webp[..webp.len() / 2].to_vec(), Wanted::Refused),
        ("webp-head-alone", webp[..16].to_vec(), Wanted::Code(codes::REFUSAL_TRUNCATED)),
        ("bmp", bmp.clone(), Wanted::Quarters),
        ("bmp-half", bmp[..bmp.len() / 2].to_vec(), Wanted::Code(codes::REFUSAL_TRUNCATED)),
        ("bmp-bomb", bomb, Wanted::Code(codes::REFUSAL_PICTURE_TOO_LARGE)),
        ("narrow-png", encoded(&tiny, ImageFormat::Png), Wanted::Code(codes::REFUSAL_PICTURE_TOO_SMALL)),
        ("tiff", [b"II*\0\x08\0\0\0".as_slice(), &[0; 40]].concat(), Wanted::Code(unread)),
        ("tiff-big-endian", [b"MM\0*\0\0\0\x08".as_slice(), &[0; 40]].concat(), Wanted::Code(unread)),
        ("gif", b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff,".to_vec(), Wanted::Code(unread)),
        ("heic", heic, Wanted::Code(unread)),
        ("avif", avif, Wanted::Code(unread)),
        ("video", b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom".to_vec(), Wanted::Code(codes::REFUSAL_NOT_A_PICTURE)),
        ("letter", b"hello, this is a letter".to_vec(), Wanted::Code(codes::REFUSAL_NOT_A_PICTURE)),
        ("pdf", b"%PDF-1.7 and so on".to_vec(), Wanted::Code(codes::REFUSAL_NOT_A_PICTURE)),
        ("empty", Vec::new(), Wanted::Code(codes::REFUSAL_NOT_A_PICTURE)),
        ("one-byte", vec![0xff], Wanted::Code(codes::REFUSAL_NOT_A_PICTURE)),
        ("zeros", vec![0; 4096], Wanted::Code(codes::REFUSAL_NOT_A_PICTURE)),
    ]
    .map(|(name, bytes, wanted)| (name.to_owned(), bytes, wanted))
    .into()
}
