//! Distorts a picture of a person by a script of bytes: cropped, stretched, painted over, rotated, with a second face, with a
//! damaged file. A few bytes stand for a whole picture, no face is kept as a seed, and small changes of the script are small
//! changes of the picture.

use image::imageops::{self, FilterType};
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use std::io::Cursor;
use std::path::Path;

/// Number of distortions.
pub const STEPS: u8 = 12;
/// Most steps of one script.
const MAX_STEPS: usize = 10;
/// Longest side of the distorted picture, pixels, so that many pictures are tried in little time.
const MAX_SIDE: u32 = 1400;
/// The licence-clean pictures that `make models` fetches.
const PICTURES: [&str; 7] = [
    "person_a_2.jpg",
    "person_b_1.jpg",
    "person_b_2.jpg",
    "person_a_1.jpg",
    "impostor_1.jpg",
    "impostor_2.jpg",
    "astronaut.png",
];

/// The result of a script.
pub struct Distorted {
    /// The picture.
    pub picture: RgbImage,
    /// A damaged file of it.
    pub file: Option<Vec<u8>>,
    /// The script's choice of everything else.
    pub which: u8,
}

/// Bytes, one after the other; zeros when they are used up.
struct Script<'a>(std::slice::Iter<'a, u8>);

impl Script<'_> {
    fn byte(&mut self) -> u8 {
        self.0.next().copied().unwrap_or(0)
    }

    /// A share of `whole`.
    fn of(&mut self, whole: u32) -> u32 {
        whole * u32::from(self.byte()) / 256
    }

    /// A rectangle inside of `picture`, at least one pixel large.
    fn place(&mut self, picture: &RgbImage) -> (u32, u32, u32, u32) {
        let (w, h) = picture.dimensions();
        let (x, y) = (self.of(w), self.of(h));
        (x, y, 1 + self.of(w - x), 1 + self.of(h - y))
    }
}

impl Distorted {
    /// Follows `script` on one of the pictures in the folder `demo`.
    pub fn new(script: &[u8], demo: &Path) -> Distorted {
        let mut script = Script(script.iter());
        let (first, which) = (script.byte(), script.byte());
        let mut picture = open(demo, first);
        for _ in 0..MAX_STEPS {
            if script.0.len() == 0 {
                break;
            }
            step(&mut picture, &mut script, demo);
            let longest = picture.width().max(picture.height());
            if longest > MAX_SIDE {
                let side = |v: u32| (v * MAX_SIDE / longest).max(32);
                picture = imageops::thumbnail(&picture, side(picture.width()), side(picture.height()));
            }
        }
        let file = (first & 0xc0 == 0x40).then(|| damaged(&picture, &mut script));
        Distorted { picture, file, which }
    }

    /// One of the script's yes-or-no choices.
    pub fn flag(&self, number: u8) -> bool {
        self.which >> (number + 3) & 1 == 1
    }
}

fn open(demo: &Path, choice: u8) -> RgbImage {
    let name = PICTURES[usize::from(choice & 63) % PICTURES.len()];
    let bytes = std::fs::read(demo.join(name)).expect("the demo pictures are missing: run `make models`");
    let picture = portrait::decode(&bytes).expect("a demo picture");
    let longest = picture.width().max(picture.height());
    let side = |v: u32| (v * 640 / longest.max(640)).max(32);
    imageops::resize(&picture, side(picture.width()), side(picture.height()), FilterType::Triangle)
}

fn step(picture: &mut RgbImage, script: &mut Script<'_>, demo: &Path) {
    match script.byte() % STEPS {
        0 => {
            let (x, y, w, h) = script.place(picture);
            *picture = imageops::crop_imm(picture, x, y, w.max(32), h.max(32)).to_image();
            pad(picture);
        }
        1 => {
            let (w, h) = picture.dimensions();
            let side = |v: u32, by: u8| (v * (u32::from(by) + 8) / 96).clamp(32, MAX_SIDE);
            let (w, h) = (side(w, script.byte()), side(h, script.byte()));
            *picture = imageops::resize(picture, w, h, FilterType::Triangle);
        }
        2 => {
            let colour = Rgb([script.byte(), script.byte(), script.byte()]);
            paint(picture, script, |_, _| colour);
        }
        3 => {
            let mut seed = u32::from(script.byte()) + 1;
            paint(picture, script, |_, _| {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                Rgb([(seed >> 24) as u8, (seed >> 16) as u8, (seed >> 8) as u8])
            });
        }
        4 => {
            let (x, y, w, h) = script.place(picture);
            let part = imageops::crop_imm(picture, x, y, w, h).to_image();
            let (to_x, to_y) = (script.of(picture.width()), script.of(picture.height()));
            imageops::overlay(picture, &part, i64::from(to_x), i64::from(to_y));
        }
        5 => {
            *picture = match script.byte() % 5 {
                0 => imageops::flip_horizontal(picture),
                1 => imageops::flip_vertical(picture),
                2 => imageops::rotate90(picture),
                3 => imageops::rotate180(picture),
                _ => imageops::rotate270(picture),
            };
        }
        6 => {
            let (gain, lift) = (f32::from(script.byte()) / 64.0, f32::from(script.byte()) - 128.0);
            picture.iter_mut().for_each(|v| *v = (f32::from(*v) * gain + lift).clamp(0.0, 255.0) as u8);
        }
        7 => {
            let (share, to) = (u32::from(script.byte()), u32::from(script.byte()));
            picture.iter_mut().for_each(|v| *v = ((u32::from(*v) * (255 - share) + to * share) / 255) as u8);
        }
        8 => {
            let channel = usize::from(script.byte() % 3);
            let level = script.byte();
            picture.pixels_mut().for_each(|p| p.0[channel] = level);
        }
        9 => {
            let other = open(demo, script.byte());
            let (w, h) = (script.of(other.width()).max(16), script.of(other.height()).max(16));
            let other = imageops::resize(&other, w, h, FilterType::Triangle);
            let (x, y) = (script.of(picture.width()), script.of(picture.height()));
            imageops::overlay(picture, &other, i64::from(x), i64::from(y));
        }
        10 => *picture = imageops::fast_blur(picture, f32::from(script.byte()) / 16.0 + 0.3),
        _ => {
            let block = u32::from(script.byte() % 24) + 2;
            let copy = picture.clone();
            for (x, y, p) in picture.enumerate_pixels_mut() {
                *p = *copy.get_pixel(x / block * block, y / block * block);
            }
        }
    }
}

/// Adds a black border to a picture that a crop left too small.
fn pad(picture: &mut RgbImage) {
    let (w, h) = (picture.width().max(32), picture.height().max(32));
    let mut larger = RgbImage::new(w, h);
    imageops::overlay(&mut larger, picture, 0, 0);
    *picture = larger;
}

fn paint(picture: &mut RgbImage, script: &mut Script<'_>, mut colour: impl FnMut(u32, u32) -> Rgb<u8>) {
    let (left, top, w, h) = script.place(picture);
    for y in top..(top + h).min(picture.height()) {
        for x in left..(left + w).min(picture.width()) {
            picture.put_pixel(x, y, colour(x, y));
        }
    }
}

/// A file of `picture` in which the rest of the script replaces bytes, most of them in the headers.
fn damaged(picture: &RgbImage, script: &mut Script<'_>) -> Vec<u8> {
    let format = if script.byte() & 1 == 0 { ImageFormat::Jpeg } else { ImageFormat::Png };
    let mut out = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(picture.clone()).write_to(&mut out, format).expect("a small picture");
    let mut bytes = out.into_inner();
    while script.0.len() >= 3 {
        let (near, far, value) = (usize::from(script.byte()), usize::from(script.byte()), script.byte());
        let at = if far < 200 { near + far } else { near * bytes.len() / 256 };
        if let Some(byte) = bytes.get_mut(at) {
            *byte = value;
        }
    }
    bytes
}
