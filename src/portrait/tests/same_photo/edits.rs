//! Edits that people make to an old photograph before they submit it as a new one.

use image::codecs::jpeg::JpegEncoder;
use image::imageops::{self, FilterType};
use image::{Rgb, RgbImage};
use portrait::{Engine, MakeOptions, decode};
use standard::{BackgroundName, Preset};

/// Makes an edit of a picture; `None` where that is not possible.
pub type Make<'a> = Box<dyn Fn(&RgbImage) -> Option<RgbImage> + 'a>;

/// An edit that needs nothing but the picture.
type Plain = fn(&RgbImage) -> Option<RgbImage>;

/// One kind of edit.
pub struct Edit<'a> {
    /// Its name in the table.
    pub name: &'static str,
    /// Makes it.
    pub make: Make<'a>,
}

/// Every kind of edit.
///
/// # Errors
/// When the preset cannot be read.
pub fn all(engine: &Engine) -> anyhow::Result<Vec<Edit<'_>>> {
    let preset = Preset::parse(include_str!("../../../../kiosk-config/presets/chsi.toml"))?;
    let portrait = move |picture: &RgbImage, wall| {
        let made = engine.make(picture, &preset, wall, MakeOptions::default()).ok()?;
        decode(&made.jpeg).ok()
    };
    let again = portrait.clone();
    let plain: [(&'static str, Plain); 19] = [
        ("recompressed, quality 60", |p| jpeg(p, 60)),
        ("recompressed, quality 25", |p| jpeg(p, 25)),
        ("half as large", |p| Some(scaled(p, p.width() / 2))),
        ("240 columns", |p| Some(scaled(p, 240))),
        ("160 columns", |p| Some(scaled(p, 160))),
        ("an eighth cropped from every side", |p| Some(cropped(p, 8))),
        ("a sixteenth cropped, enlarged", |p| Some(scaled(&cropped(p, 16), p.width() * 3 / 2))),
        ("mirrored", |p| Some(imageops::flip_horizontal(p))),
        ("mirrored, cropped, recompressed", |p| jpeg(&cropped(&imageops::flip_horizontal(p), 12), 50)),
        ("gamma 0.6", |p| Some(toned(p, |v| v.powf(0.6)))),
        ("gamma 1.7", |p| Some(toned(p, |v| v.powf(1.7)))),
        ("brighter and flatter", |p| Some(toned(p, |v| 0.25 + 0.7 * v))),
        ("without colour", |p| Some(mixed(p, |[r, g, b]| [0.3 * r + 0.59 * g + 0.11 * b; 3]))),
        ("warm colours", |p| Some(mixed(p, |[r, g, b]| [1.2 * r + 8.0, g, 0.75 * b]))),
        ("slightly blurred", |p| Some(imageops::fast_blur(p, p.width() as f32 / 400.0))),
        ("sharpened", |p| Some(imageops::unsharpen(p, 2.0, 4))),
        ("turned by three degrees", |p| Some(turned(p, 3.0))),
        ("screenshot in a phone's frame", |p| Some(screenshot(p))),
        ("text across", |p| jpeg(&lettered(p), 80)),
    ];
    let mut all: Vec<Edit<'_>> =
        plain.into_iter().map(|(name, make)| Edit { name, make: Box::new(make) }).collect();
    let blue = move |picture: &RgbImage| portrait(picture, BackgroundName::literal("blue"));
    all.push(Edit { name: "our portrait of it, on blue", make: Box::new(blue) });
    let white = move |picture: &RgbImage| {
        let made = again(picture, BackgroundName::literal("white"))?;
        jpeg(&toned(&imageops::flip_horizontal(&made), |v| v.powf(0.8)), 70)
    };
    all.push(Edit { name: "our portrait on white, mirrored, brighter, recompressed", make: Box::new(white) });
    Ok(all)
}

fn jpeg(picture: &RgbImage, quality: u8) -> Option<RgbImage> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, quality).encode_image(picture).ok()?;
    decode(&bytes).ok()
}

fn scaled(picture: &RgbImage, width: u32) -> RgbImage {
    let height = (picture.height() * width / picture.width()).max(32);
    imageops::resize(picture, width.max(32), height, FilterType::CatmullRom)
}

/// Without one part in `share` at every side.
fn cropped(picture: &RgbImage, share: u32) -> RgbImage {
    let (w, h) = picture.dimensions();
    imageops::crop_imm(picture, w / share, h / share, w - 2 * (w / share), h - 2 * (h / share)).to_image()
}

fn toned(picture: &RgbImage, curve: impl Fn(f32) -> f32) -> RgbImage {
    let table: Vec<u8> =
        (0..256).map(|v| (curve(v as f32 / 255.0) * 255.0).clamp(0.0, 255.0) as u8).collect();
    let mut out = picture.clone();
    out.iter_mut().for_each(|v| *v = table[usize::from(*v)]);
    out
}

fn mixed(picture: &RgbImage, mix: impl Fn([f32; 3]) -> [f32; 3]) -> RgbImage {
    let mut out = picture.clone();
    out.pixels_mut().for_each(|p| p.0 = mix(p.0.map(f32::from)).map(|v| v.clamp(0.0, 255.0) as u8));
    out
}

/// Turned about its middle; what comes from outside is grey.
fn turned(picture: &RgbImage, degrees: f32) -> RgbImage {
    let (w, h) = picture.dimensions();
    let (s, c) = degrees.to_radians().sin_cos();
    let (mx, my) = (w as f32 / 2.0, h as f32 / 2.0);
    RgbImage::from_fn(w, h, |x, y| {
        let (dx, dy) = (x as f32 - mx, y as f32 - my);
        let from = (mx + c * dx + s * dy, my - s * dx + c * dy);
        imageops::interpolate_bilinear(picture, from.0, from.1).unwrap_or(Rgb([128; 3]))
    })
}

/// The picture as a gallery shows it on a phone: black around it, bars above and below, pixels of another size.
fn screenshot(picture: &RgbImage) -> RgbImage {
    let small = scaled(picture, 720);
    let mut screen = RgbImage::from_pixel(760, small.height() + 420, Rgb([8, 8, 10]));
    for y in 0..60 {
        for x in (20..740).step_by(3) {
            screen.put_pixel(x, y, Rgb([210; 3]));
        }
    }
    imageops::overlay(&mut screen, &small, 20, 200);
    screen
}

/// Bars as wide as strokes of letters, half transparent, over the lower half.
fn lettered(picture: &RgbImage) -> RgbImage {
    let (w, h) = picture.dimensions();
    let stroke = (h / 60).max(2);
    let mut out = picture.clone();
    for (x, y, p) in out.enumerate_pixels_mut() {
        let line = (y / stroke).is_multiple_of(9) && y > h / 3;
        if line && (x / stroke) % 3 != 0 && x > w / 8 && x < w * 7 / 8 {
            p.0 = p.0.map(|v| u8::midpoint(v, 255));
        }
    }
    out
}
