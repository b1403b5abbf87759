//! Codes drawn by another encoder and degraded as a camera degrades them: read, and never read wrongly.

use std::time::Duration;

use image::{GrayImage, Luma as Grey, imageops};
use imageproc::filter::gaussian_blur_f32;
use imageproc::geometric_transformations::{Border, Interpolation, Projection, warp_into};
use proptest::prelude::*;
use qrcode::{Color, EcLevel, QrCode};
use scan::{Charset, Luma, Mode, ReadConfirmer, Routes, Scan, ScanHint, Scanner};

/// A code with its quiet zone, `module` pixels a module.
fn drawn(payload: &[u8], module: u32) -> GrayImage {
    let code = QrCode::with_error_correction_level(payload, EcLevel::M).expect("short payload");
    let width = code.width() as u32;
    let colors = code.to_colors();
    GrayImage::from_fn((width + 8) * module, (width + 8) * module, |x, y| {
        let (x, y) = ((x / module).wrapping_sub(4), (y / module).wrapping_sub(4));
        let dark = x < width && y < width && colors[(y * width + x) as usize] == Color::Dark;
        Grey([if dark { 30 } else { 220 }])
    })
}

/// The code in a grey 640x480 frame, turned by `degrees` and leaning back by `lean` of its width.
fn framed(code: &GrayImage, degrees: f32, lean: f32) -> GrayImage {
    let (w, h) = (code.width() as f32, code.height() as f32);
    let trapezoid = [(w * lean, 0.0), (w - w * lean, h * lean / 2.0), (w, h), (0.0, h)];
    let forth = Projection::translate(320.0, 240.0)
        * Projection::rotate(degrees.to_radians())
        * Projection::translate(-w / 2.0, -h / 2.0)
        * Projection::from_control_points([(0.0, 0.0), (w, 0.0), (w, h), (0.0, h)], trapezoid)
            .expect("a trapezoid");
    let mut frame = GrayImage::new(640, 480);
    warp_into(code, forth, Interpolation::Bilinear, Border::Constant(Grey([120])), &mut frame);
    frame
}

/// Scans with so much time that a busy machine does not change the outcome.
fn scanned(picture: &GrayImage, mode: Mode) -> Scan {
    Scanner::with_limit(mode, Duration::from_secs(20)).scan(Luma {
        pixels: picture.as_raw(),
        width: picture.width(),
        height: picture.height(),
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_turned_leaning_soft_code_is_read(
        payload in proptest::collection::vec(any::<u8>(), 1..40),
        degrees in -180f32..180.0, lean in 0f32..0.12, blur in 0.1f32..1.1,
    ) {
        let frame = gaussian_blur_f32(&framed(&drawn(&payload, 6), degrees, lean), blur);
        let scan = scanned(&frame, Mode::Thorough);
        prop_assert_eq!(scan.codes.len(), 1);
        prop_assert_eq!(&scan.codes[0].bytes, &payload);
    }

    #[test]
    fn light_on_dark_is_read_too(payload in "[ -~]{1,40}") {
        let mut frame = framed(&drawn(payload.as_bytes(), 6), 7.0, 0.03);
        imageops::invert(&mut frame);
        let scan = scanned(&frame, Mode::Thorough);
        prop_assert_eq!(scan.codes.first().map(|code| code.bytes.as_slice()), Some(payload.as_bytes()));
    }

    #[test]
    fn noise_holds_no_code(pixels in proptest::collection::vec(any::<u8>(), 64 * 48)) {
        let scan = Scanner::new(Mode::Live).scan(Luma { pixels: &pixels, width: 64, height: 48 });
        prop_assert!(scan.codes.is_empty());
    }

    #[test]
    fn a_size_that_does_not_match_is_no_picture(width in any::<u32>(), height in any::<u32>(), len in 0usize..300) {
        prop_assume!(u64::from(width) * u64::from(height) > 300);
        let pixels = vec![0u8; len];
        let scan = Scanner::new(Mode::Live).scan(Luma { pixels: &pixels, width, height });
        prop_assert!(scan.codes.is_empty());
    }
}

#[test]
fn both_routes_read_a_plain_code_in_one_live_frame() {
    let frame = framed(&drawn("学信网图像采集码".as_bytes(), 6), 4.0, 0.04);
    let scan = scanned(&frame, Mode::Live);
    assert_eq!(scan.codes[0].routes, Routes::Both);
    assert_eq!(scan.codes[0].text.as_ref().map(|text| text.charset), Some(Charset::Utf8));
    assert!(ReadConfirmer::new().offer(&scan).is_some());
    let corners = scan.codes[0].corners;
    assert!(
        corners[0].0 < corners[1].0 && corners[1].1 < corners[2].1,
        "clockwise from the top left: {corners:?}"
    );
}

#[test]
fn a_code_that_is_seen_but_not_read_says_why() {
    // Half of the modules painted over: the patterns are there, the content is lost.
    let mut code = drawn(b"a payload long enough for alignment patterns, so that much is lost", 6);
    let side = code.width();
    imageops::replace(
        &mut code,
        &GrayImage::from_pixel(side / 2, side / 2, Grey([200])),
        i64::from(side / 3),
        i64::from(side / 3),
    );
    let bright = scanned(&framed(&code, 3.0, 0.0), Mode::Live);
    assert!(bright.codes.is_empty() && bright.seen.is_some());
    assert_eq!(bright.hint, Some(ScanHint::Blurred));
    let mut dim = framed(&code, 3.0, 0.0);
    dim.iter_mut().for_each(|pixel| *pixel /= 4);
    assert_eq!(scanned(&dim, Mode::Live).hint, Some(ScanHint::TooDark));
}

/// A long code with its middle painted over in `grey`, in a frame.
fn painted(module: u32, grey: u8) -> GrayImage {
    let mut code = drawn(&[b'7'; 120], module);
    let side = code.width();
    let patch = GrayImage::from_pixel(side * 2 / 5, side * 2 / 5, Grey([grey]));
    imageops::replace(&mut code, &patch, i64::from(side / 3), i64::from(side / 3));
    framed(&code, 3.0, 0.0)
}

#[test]
fn every_reason_is_reached_from_pixels() {
    let glare = scanned(&painted(6, 255), Mode::Live);
    assert!(glare.codes.is_empty());
    assert_eq!(glare.hint, Some(ScanHint::Glare));
    // Every other pixel dark, as a screen's own grid looks.
    let mut grid = painted(7, 190);
    grid.enumerate_pixels_mut().filter(|(x, y, _)| (x + y) % 2 == 0).for_each(|(.., pixel)| pixel.0[0] /= 3);
    assert_eq!(scanned(&grid, Mode::Live).hint, Some(ScanHint::ScreenGrid));
    let mut small = painted(6, 190);
    small = imageops::thumbnail(&small, 640 / 4, 480 / 4);
    assert_eq!(scanned(&small, Mode::Live).hint, Some(ScanHint::TooSmall));
    assert_eq!(scanned(&gaussian_blur_f32(&painted(5, 190), 1.4), Mode::Live).hint, Some(ScanHint::Blurred));
}

#[test]
fn the_average_of_several_frames_reads_what_one_does_not() {
    let clean = framed(&drawn(b"several frames together tell more than one", 3), 5.0, 0.02);
    let mut state = 9u64;
    let mut noisy = || {
        let mut frame = clean.clone();
        for pixel in frame.iter_mut() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            // Four uniform numbers make about a normal one; a standard deviation of 60 levels.
            let sum: f32 = (0..4).map(|i| ((state >> (24 + 10 * i)) & 0x3ff) as f32 / 1023.0 - 0.5).sum();
            *pixel = (f32::from(*pixel) + sum * 104.0).clamp(0.0, 255.0) as u8;
        }
        frame
    };
    let mut scanner = Scanner::with_limit(Mode::Live, Duration::from_secs(20));
    let mut confirmer = ReadConfirmer::new();
    let bound = (0..25).find_map(|_| {
        let frame = noisy();
        let scan = scanner.scan(Luma { pixels: frame.as_raw(), width: 640, height: 480 });
        confirmer.offer(&scan)
    });
    let bytes = bound.map(|code| code.bytes);
    assert_eq!(bytes.as_deref(), Some(b"several frames together tell more than one".as_slice()));
}

#[test]
fn pictures_of_unusual_shapes_hold_no_code() {
    for (width, height) in [(0, 0), (1, 1), (1, 4000), (4000, 1), (2, 3), (17, 29), (5000, 20)] {
        let pixels: Vec<u8> = (0..width * height).map(|i| (i * 37 % 251) as u8).collect();
        for mode in [Mode::Live, Mode::Thorough] {
            let scan = Scanner::new(mode).scan(Luma { pixels: &pixels, width, height });
            assert!(scan.codes.is_empty(), "{width} x {height}");
        }
    }
}

#[test]
fn two_codes_are_both_reported() {
    let mut frame = GrayImage::from_pixel(640, 480, Grey([220]));
    imageops::replace(&mut frame, &drawn(b"left", 6), 60, 100);
    imageops::replace(&mut frame, &drawn(b"right", 6), 360, 140);
    let mut found: Vec<_> =
        scanned(&frame, Mode::Thorough).codes.into_iter().map(|code| code.bytes).collect();
    found.sort();
    assert_eq!(found, [b"left".to_vec(), b"right".to_vec()]);
}
