//! Each rule of the finished file, violated in its bytes, is caught by `verify`, which sees nothing but those bytes.
//!
//! The pictures are the licence-clean ones that `make models` fetches.

use image::{Rgb, RgbImage, imageops};
use jpeg_encoder::{ColorType, Encoder, PixelDensity, SamplingFactor};
use portrait::{DecodeError, Engine, MakeOptions, VerifyError};
use standard::{BackgroundName, CheckName as C, Preset, Verdict};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

const WALL: [u8; 3] = [100, 197, 255];
const PEOPLE: [&str; 2] = ["person_a_2.jpg", "person_b_2.jpg"];

fn cache() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models/cache")
}

fn engine() -> &'static Engine {
    static ONE: OnceLock<Engine> = OnceLock::new();
    ONE.get_or_init(|| Engine::open(&cache()).expect("models are missing: run `make models`"))
}

fn chsi() -> Preset {
    Preset::parse(include_str!("../../../kiosk-config/presets/chsi.toml")).expect("part of the product")
}

fn demo(name: &str) -> RgbImage {
    let bytes = std::fs::read(cache().join("demo").join(name)).expect("demo pictures: run `make models`");
    portrait::decode(&bytes).expect("a picture")
}

/// A good portrait, in bytes and in pixels.
fn portrait_of(name: &str) -> (Vec<u8>, RgbImage) {
    let made = engine().make(&demo(name), &chsi(), BackgroundName::literal("blue"), MakeOptions::default());
    let jpeg = made.expect("a usable picture").jpeg;
    let pixels = portrait::decode(&jpeg).expect("was just made");
    (jpeg, pixels)
}

fn write(picture: &[u8], size: (u32, u32), quality: u8, dpi: u16, kind: ColorType) -> Vec<u8> {
    sampled(picture, size, quality, dpi, kind, SamplingFactor::F_1_1)
}

fn sampled(
    picture: &[u8],
    (w, h): (u32, u32),
    quality: u8,
    dpi: u16,
    kind: ColorType,
    factor: SamplingFactor,
) -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = Encoder::new(&mut out, quality);
    encoder.set_density(PixelDensity::dpi(dpi));
    encoder.set_sampling_factor(factor);
    encoder.encode(picture, w as u16, h as u16, kind).expect("a small picture");
    out
}

/// As good a file of `picture` as the permitted bytes allow.
fn file(picture: &RgbImage) -> Vec<u8> {
    let at = |quality, factor| {
        sampled(picture.as_raw(), picture.dimensions(), quality, 300, ColorType::Rgb, factor)
    };
    let tries = [SamplingFactor::F_1_1, SamplingFactor::F_2_2].into_iter();
    let mut tries = tries.flat_map(|factor| (60..=96).rev().step_by(3).map(move |quality| (quality, factor)));
    let short = tries.find_map(|(quality, factor)| Some(at(quality, factor)).filter(|b| b.len() <= 40_000));
    short.unwrap_or_else(|| at(60, SamplingFactor::F_2_2))
}

fn blocking(bytes: &[u8]) -> Vec<C> {
    engine().verify(bytes, &chsi(), BackgroundName::literal("blue")).expect("a readable picture").blocking()
}

fn off(p: [u8; 3]) -> u8 {
    (0..3).map(|c| p[c].abs_diff(WALL[c])).max().unwrap_or(0)
}

/// The picture moved, the wall behind it, its edges going on.
fn moved(picture: &RgbImage, right: i32, down: i32) -> RgbImage {
    let (w, h) = (picture.width() as i32, picture.height() as i32);
    let at = |v: i32, most: i32| v.clamp(0, most - 1) as u32;
    RgbImage::from_fn(picture.width(), picture.height(), |x, y| {
        *picture.get_pixel(at(x as i32 - right, w), at(y as i32 - down, h))
    })
}

/// The picture with something done to every pixel that is plainly wall.
fn behind(picture: &RgbImage, paint: impl Fn(u32, u32) -> [i32; 3]) -> RgbImage {
    RgbImage::from_fn(picture.width(), picture.height(), |x, y| {
        let near = |d: i64, e: i64| {
            let (u, v) = ((i64::from(x) + d).clamp(0, 479) as u32, (i64::from(y) + e).clamp(0, 639) as u32);
            off(picture.get_pixel(u, v).0) > 12
        };
        let p = picture.get_pixel(x, y).0;
        let person = (-8..=8).any(|d| near(d, 0) || near(0, d));
        let more = if person { [0; 3] } else { paint(x, y) };
        Rgb(std::array::from_fn(|c| (i32::from(p[c]) + more[c]).clamp(0, 255) as u8))
    })
}

/// A rim of another colour around the person, `width` pixels.
fn rimmed(picture: &RgbImage, width: i64, colour: [u8; 3]) -> RgbImage {
    RgbImage::from_fn(picture.width(), picture.height(), |x, y| {
        let near = (-width..=width).any(|d| {
            let reach = width - d.abs();
            (-reach..=reach).any(|e| {
                let u = (i64::from(x) + d).clamp(0, 479) as u32;
                let v = (i64::from(y) + e).clamp(0, 639) as u32;
                off(picture.get_pixel(u, v).0) > 40
            })
        });
        let own = *picture.get_pixel(x, y);
        if near && off(own.0) <= 40 { Rgb(colour) } else { own }
    })
}

type Spoil = fn(&RgbImage) -> Vec<u8>;

/// What is done to a good portrait, and the rule that must block it.
const DEFECTS: [(&str, C, Spoil); 18] = [
    ("72 dpi", C::Resolution, |p| write(p.as_raw(), (480, 640), 85, 72, ColorType::Rgb)),
    ("ten columns fewer", C::PixelSize, |p| file(&imageops::crop_imm(p, 5, 0, 470, 640).to_image())),
    ("twice the size", C::PixelSize, |p| {
        file(&imageops::resize(p, 600, 800, imageops::FilterType::Triangle))
    }),
    ("quality 40", C::JpegQuality, |p| write(p.as_raw(), (480, 640), 40, 300, ColorType::Rgb)),
    ("too few bytes", C::ByteSize, |p| {
        let soft = imageops::blur(p, 6.0);
        sampled(soft.as_raw(), (480, 640), 62, 300, ColorType::Rgb, SamplingFactor::F_2_2)
    }),
    ("too many bytes", C::ByteSize, |p| write(p.as_raw(), (480, 640), 99, 300, ColorType::Rgb)),
    ("grey", C::ColourDepth, |p| {
        let grey = image::DynamicImage::ImageRgb8(p.clone()).to_luma8();
        write(grey.as_raw(), (480, 640), 90, 300, ColorType::Luma)
    }),
    ("moved by 15 px", C::FaceCentred, |p| file(&moved(p, 15, 0))),
    ("moved down by 70 px", C::EyeLine, |p| file(&moved(p, 0, 70))),
    ("moved up by 60 px", C::HairTop, |p| file(&moved(p, 0, -60))),
    ("a face too wide", C::FaceWidth, |p| {
        let large = imageops::resize(p, 744, 992, imageops::FilterType::Triangle);
        file(&imageops::crop_imm(&large, 132, 150, 480, 640).to_image())
    }),
    ("a wall one level off", C::BackgroundColour, |p| file(&behind(p, |_, _| [1, 1, -1]))),
    ("a gradient of eight levels", C::BackgroundColour, |p| {
        file(&behind(p, |x, _| [-(x as i32) / 60, -(x as i32) / 60, -(x as i32) / 60]))
    }),
    ("a shadow next to the neck", C::BackgroundColour, |p| {
        let shade = |x: u32, y: u32| {
            let d = (f64::from(x) - 60.0).hypot((f64::from(y) - 300.0) / 2.0);
            -((14.0 * (1.0 - d / 55.0)).max(0.0) as i32)
        };
        file(&behind(p, |x, y| [shade(x, y); 3]))
    }),
    ("two colours", C::BackgroundColour, |p| {
        file(&behind(p, |x, _| if x < 100 { [60, 30, -20] } else { [0; 3] }))
    }),
    ("something left of the old wall", C::BackgroundColour, |p| {
        file(&behind(p, |x, y| if x > 440 && (60..90).contains(&y) { [-40, -60, -90] } else { [0; 3] }))
    }),
    ("a light rim", C::EdgeFringe, |p| file(&rimmed(p, 3, [236, 232, 224]))),
    ("a green rim", C::EdgeFringe, |p| file(&rimmed(p, 3, [150, 200, 90]))),
];

#[test]
fn every_rule_of_the_file_is_caught_when_its_bytes_break_it() {
    let mut missed = Vec::new();
    for name in PEOPLE {
        let (jpeg, pixels) = portrait_of(name);
        assert_eq!(blocking(&jpeg), [], "{name} as it was made");
        assert_eq!(blocking(&file(&pixels)), [], "{name} written once more");
        for (what, rule, deface) in DEFECTS {
            let found = blocking(&deface(&pixels));
            if !found.contains(&rule) {
                missed.push(format!("{name}, {what}: {rule} is not among {found:?}"));
            }
        }
    }
    assert!(missed.is_empty(), "{missed:#?}");
}

#[test]
fn a_file_for_printing_presses_is_no_portrait() {
    let (_, pixels) = portrait_of(PEOPLE[0]);
    let inks: Vec<u8> = pixels.pixels().flat_map(|p| [255 - p.0[0], 255 - p.0[1], 255 - p.0[2], 0]).collect();
    let bytes = write(&inks, (480, 640), 85, 300, ColorType::Cmyk);
    let seen = engine().verify(&bytes, &chsi(), BackgroundName::literal("blue"));
    assert!(matches!(seen, Err(VerifyError::Decode(DecodeError::Cmyk))), "{seen:?}");
}

#[test]
fn a_portrait_of_one_colour_is_none_of_another() {
    let (jpeg, _) = portrait_of(PEOPLE[0]);
    for other in [BackgroundName::literal("white"), BackgroundName::literal("grey")] {
        let seen = engine().verify(&jpeg, &chsi(), other).expect("a readable picture");
        assert_eq!(seen.check(C::BackgroundColour).map(|c| c.verdict), Some(Verdict::Block), "{other:?}");
    }
}

#[test]
fn the_same_picture_gives_the_same_bytes_alone_and_beside_others() {
    let picture = demo(PEOPLE[1]);
    for options in [MakeOptions::default(), MakeOptions { fast: true, ..MakeOptions::default() }] {
        let make = || {
            let made = engine().make(&picture, &chsi(), BackgroundName::literal("white"), options);
            made.expect("a usable picture").jpeg
        };
        let alone = make();
        let together: Vec<Vec<u8>> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..3).map(|_| scope.spawn(make)).collect();
            threads.into_iter().map(|t| t.join().expect("no panic")).collect()
        });
        assert!(together.iter().all(|bytes| *bytes == alone));
    }
}

#[test]
fn the_identity_cards_portrait_keeps_its_own_rules() {
    let card = Preset::parse(include_str!("../../../kiosk-config/presets/gat461.toml"));
    let card = card.expect("part of the product");
    let mut made = 0;
    for name in PEOPLE {
        let Ok(portrait) =
            engine().make(&demo(name), &card, BackgroundName::literal("white"), MakeOptions::default())
        else {
            continue;
        };
        made += 1;
        assert!((14_336..=20_480).contains(&portrait.jpeg.len()), "{name}: {} bytes", portrait.jpeg.len());
        assert_eq!(&portrait.jpeg[13..18], [1, 1, 94, 1, 94], "350 dpi");
        assert_eq!(portrait::decode(&portrait.jpeg).expect("a JPEG").dimensions(), (358, 441));
        assert_ne!(portrait.file.verdict, Verdict::Block);
    }
    assert!(made > 0, "none of them has a place on an identity card");
}
