//! Colours as the picture's own profile means them, brought to sRGB (ICC.1:2022, by `moxcms`).
//!
//! Phones write Display P3 and cameras Adobe RGB. Taken as sRGB, the one would be pale and the other dull, and the portrait's
//! skin would be wrong. A profile that cannot be read, or that is for another kind of picture, is left out of account, as
//! viewers do.

use containment::contained;
use image::RgbImage;
use moxcms::{ColorProfile, DataColorSpace, Layout, RenderingIntent, TransformOptions};

/// Largest profile that is read, bytes. Display profiles have some hundreds, those of printers a few millions.
const MAX_PROFILE: usize = 4 << 20;
/// A profile that moves no colour farther than this is sRGB under another name, levels. Its rounding would cost, and gain nothing.
const SAME: u8 = 1;

/// Brings `picture` from its `profile` to sRGB.
pub(super) fn to_srgb(picture: &mut RgbImage, profile: &[u8]) {
    if profile.len() <= MAX_PROFILE {
        contained("colour profile", || convert(picture, profile));
    }
}

/// `None` if the profile is of no use; the picture is whole in every case.
fn convert(picture: &mut RgbImage, profile: &[u8]) -> Option<()> {
    let profile = ColorProfile::new_from_slice(profile).ok()?;
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the library's list of colour spaces; only two are converted"
    )]
    let layout = match profile.color_space {
        DataColorSpace::Rgb => Layout::Rgb,
        DataColorSpace::Gray if is_grey(picture) => Layout::Gray,
        _ => return None,
    };
    let options =
        TransformOptions { rendering_intent: RenderingIntent::RelativeColorimetric, ..Default::default() };
    let transform =
        profile.create_transform_8bit(layout, &ColorProfile::new_srgb(), Layout::Rgb, options).ok()?;
    if layout == Layout::Gray {
        let greys: Vec<u8> = (0..=255).collect();
        let mut table = [0u8; 768];
        transform.transform(&greys, &mut table).ok()?;
        for pixel in picture.pixels_mut() {
            let from = 3 * usize::from(pixel.0[0]);
            pixel.0 = [table[from], table[from + 1], table[from + 2]];
        }
        return Some(());
    }
    let samples: Vec<u8> = (0..125u8).flat_map(|i| [i % 5, i / 5 % 5, i / 25].map(|v| v * 63)).collect();
    let mut seen = vec![0; samples.len()];
    transform.transform(&samples, &mut seen).ok()?;
    if samples.iter().zip(&seen).all(|(a, b)| a.abs_diff(*b) <= SAME) {
        return Some(());
    }
    let row = picture.width() as usize * 3;
    let mut before = vec![0; row];
    for line in picture.chunks_exact_mut(row) {
        before.copy_from_slice(line);
        transform.transform(&before, line).ok()?;
    }
    Some(())
}

fn is_grey(picture: &RgbImage) -> bool {
    picture.pixels().all(|p| p.0[0] == p.0[1] && p.0[1] == p.0[2])
}
