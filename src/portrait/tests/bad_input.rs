//! Any bytes at all: every odd kind of picture is read rightly or refused with its own sentence, and nothing panics.

mod support;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use moxcms::ColorProfile;
use portrait::{DecodeError, decode};
use proptest::prelude::*;
use support::{SIZE, Wanted, encoded, files, jpeg, png, quarters};

/// Whether two pictures are one, as far as compression lets one say.
fn alike(a: &RgbImage, b: &RgbImage) -> bool {
    let near = |p: &Rgb<u8>, q: &Rgb<u8>| p.0.iter().zip(q.0).all(|(v, w)| v.abs_diff(w) <= 24);
    let pairs = a.pixels().zip(b.pixels());
    a.dimensions() == b.dimensions() && pairs.filter(|(p, q)| !near(p, q)).count() < 64
}

#[test]
fn every_odd_file_is_read_rightly_or_refused_with_its_own_sentence() {
    let mut wrong = Vec::new();
    for (name, bytes, wanted) in files() {
        let seen = decode(&bytes);
        let fine = match (&seen, wanted) {
            (Ok(picture), Wanted::Quarters) => alike(picture, &quarters()),
            (Ok(picture), Wanted::Grey) => picture.dimensions() == SIZE && colourless(picture),
            (Ok(picture), Wanted::Any) => picture.dimensions() == SIZE,
            (Err(e), Wanted::Code(code)) => e.code() == code,
            (Err(_), Wanted::Refused) => true,
            _ => false,
        };
        if !fine {
            let said = seen.map(|p| (p.dimensions(), *p.get_pixel(2, 2))).map_err(|e| e.to_string());
            wrong.push(format!("{name}: wanted {wanted:?}, got {said:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn colourless(picture: &RgbImage) -> bool {
    let plain = picture.pixels().all(|p| p.0[0] == p.0[1] && p.0[1] == p.0[2]);
    plain && picture.get_pixel(2, 2) != picture.get_pixel(SIZE.0 - 3, 2)
}

#[test]
fn transparent_places_show_white_paper() {
    let (_, bytes, _) = files().into_iter().find(|f| f.0 == "png-clear-quarter").expect("is listed");
    let seen = decode(&bytes).expect("a plain picture");
    assert_eq!((seen.get_pixel(2, 2).0, seen.get_pixel(40, 40).0), ([255; 3], [9; 3]));
}

#[test]
fn every_refusal_has_its_own_sentence_and_advice() {
    let all = [
        DecodeError::NotAPicture,
        DecodeError::OtherFormat { name: "HEIC" },
        DecodeError::Truncated,
        DecodeError::TooLarge { width: 1, height: 1 },
        DecodeError::TooSmall { width: 1, height: 1 },
        DecodeError::Cmyk,
        DecodeError::Damaged(String::new()),
    ];
    let mut codes: Vec<_> = all.iter().map(DecodeError::code).collect();
    for code in &codes {
        assert!(code.remedy().is_some(), "{code}");
    }
    codes.dedup();
    assert_eq!(codes.len(), all.len());
}

/// What (200,150,120) and (90,120,60) of either space are in sRGB.
const P3: [[u8; 3]; 2] = [[209, 147, 115], [81, 121, 51]];
const ADOBE: [[u8; 3]; 2] = [[217, 151, 119], [72, 121, 53]];

/// One colour as a JPEG with a profile, decoded.
fn through(profile: &ColorProfile, colour: [u8; 3]) -> [u8; 3] {
    let picture = RgbImage::from_pixel(SIZE.0, SIZE.1, Rgb(colour));
    let icc = profile.encode().expect("a well-known profile");
    let bytes = jpeg::stream(picture.as_raw(), jpeg_encoder::ColorType::Rgb, |encoder| {
        encoder.add_icc_profile(&icc).expect("a short profile");
    });
    decode(&bytes).expect("a plain picture").get_pixel(20, 20).0
}

fn near(a: [u8; 3], b: [u8; 3]) -> bool {
    a.iter().zip(b).all(|(v, w)| v.abs_diff(w) <= 4)
}

#[test]
fn colours_are_brought_to_srgb_by_the_pictures_own_profile() {
    // Reference: the published matrices and curves of both spaces, in double precision.
    for (colour, p3, adobe) in [
        ([200, 150, 120], P3[0], ADOBE[0]),
        ([90, 120, 60], P3[1], ADOBE[1]),
        ([255, 255, 255], [255; 3], [255; 3]),
    ] {
        let seen = through(&ColorProfile::new_display_p3(), colour);
        assert!(near(seen, p3), "Display P3 {colour:?}: {seen:?}, wanted {p3:?}");
        let seen = through(&ColorProfile::new_adobe_rgb(), colour);
        assert!(near(seen, adobe), "Adobe RGB {colour:?}: {seen:?}, wanted {adobe:?}");
        let seen = through(&ColorProfile::new_srgb(), colour);
        assert!(near(seen, colour), "sRGB {colour:?}: {seen:?}");
    }
}

#[test]
fn a_profile_that_cannot_be_read_or_is_for_ink_changes_nothing() {
    for body in [[7u8; 200].as_slice(), &[], b"acsp"] {
        let icc = [b"ICC_PROFILE\0\x01\x01", body].concat();
        let seen = decode(&jpeg::with_segments(&[(2, &icc)])).expect("a plain picture");
        assert!(alike(&seen, &quarters()));
    }
    let chunk = png::chunk(b"iCCP", b"name\0\0not zlib at all");
    assert!(alike(&decode(&png::with_chunks(&[chunk])).expect("a plain picture"), &quarters()));
}

proptest! {
    #[test]
    fn no_bytes_panic_the_decoder(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = decode(&bytes);
    }

    #[test]
    fn no_damage_panics_the_decoder(which in any::<prop::sample::Index>(), at in any::<prop::sample::Index>(), value in any::<u8>()) {
        let formats = [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP, ImageFormat::Bmp];
        let mut bytes = encoded(&DynamicImage::ImageRgb8(quarters()), formats[which.index(4)]);
        let i = at.index(bytes.len());
        bytes[i] = value;
        if let Ok(picture) = decode(&bytes) {
            prop_assert!(u64::from(picture.width()) * u64::from(picture.height()) <= 60_000_000);
        }
    }
}
