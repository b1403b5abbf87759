//! Known faults, made from good pictures: each names the check that must detect it, and the direction in which its value must
//! move.
//!
//! Used by the test in `tests/faults.rs` and by `eval faults`, which measures the same faults on a whole set.

use image::{GrayImage, Rgb, RgbImage, imageops};
use portrait::{Engine, FaceReport, MakeOptions, Point};
use standard::{BackgroundName, CheckName, Preset};

/// Face width to which subjects are reduced, pixels: every fault then costs about the same time.
const FACE: f32 = 260.0;

/// A good picture and what is known of it.
pub struct Subject {
    /// The picture, not larger than needed.
    pub picture: RgbImage,
    /// Its main face.
    pub face: FaceReport,
    /// Its matte.
    pub alpha: GrayImage,
}

/// Which way a check's value goes when the fault is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// It falls.
    Down,
    /// It rises.
    Up,
}

/// One fault.
pub struct Fault {
    /// What was done to the picture.
    pub name: &'static str,
    /// The check that must notice.
    pub check: CheckName,
    /// How.
    pub way: Way,
    /// Does it.
    pub make: fn(&Subject) -> RgbImage,
}

const fn fault(name: &'static str, check: CheckName, way: Way, make: fn(&Subject) -> RgbImage) -> Fault {
    Fault { name, check, way, make }
}

/// Every fault.
pub const FAULTS: [Fault; 19] = [
    fault("blurred by 0.03 of the eyes' distance", CheckName::SharpnessLaplacian, Way::Down, blurred),
    fault("light times 0.12", CheckName::LuminanceMean, Way::Down, |s| lit(s, |_| 0.12)),
    fault("light times 0.05", CheckName::UnderExposurePrevention, Way::Down, |s| lit(s, |_| 0.05)),
    fault("light times 6", CheckName::OverExposurePrevention, Way::Down, |s| lit(s, |_| 6.0)),
    fault("lit from one side", CheckName::IlluminationSymmetry, Way::Up, from_one_side),
    fault("lit from one side, cheeks", CheckName::IlluminationUniformity, Way::Down, from_one_side),
    fault("hazy", CheckName::DynamicRange, Way::Down, hazy),
    fault("bluish lamp", CheckName::NaturalColour, Way::Down, bluish),
    fault("rolled by 10 degrees", CheckName::HeadPoseRoll, Way::Up, |s| rolled(s, 10.0)),
    fault("rolled by 10 degrees, eyes", CheckName::PupilLineAngle, Way::Up, |s| rolled(s, 10.0)),
    fault("cropped through the hair", CheckName::HeadInside, Way::Down, cropped),
    fault("reduced to a face of 90 px", CheckName::EnlargementFactor, Way::Up, reduced),
    fault("second face, 0.6 as large", CheckName::SingleFacePresent, Way::Down, |s| accompanied(s, 0.6)),
    fault("clothes as the background", CheckName::ClothingContrast, Way::Down, camouflaged),
    fault("cluttered wall", CheckName::BackgroundUniformity, Way::Down, cluttered),
    fault("red eyes painted", CheckName::RedEye, Way::Up, red_eyed),
    fault("glare painted on the lenses", CheckName::GlassesGlare, Way::Up, glaring),
    fault("fringe painted over the brows", CheckName::BrowsVisible, Way::Down, fringed),
    fault("shoulders sheared by 14 degrees", CheckName::ShouldersLevel, Way::Up, sloping),
];

/// A fault for pictures whose ears are seen: hair painted over them.
pub const EARS: Fault = fault("hair painted over the ears", CheckName::EarsVisible, Way::Down, ears_hidden);

/// A fault that no check here is made for: ISO's own is a network. Sharpness falls on some pictures and rises with the blocks'
/// edges on others, so this is measured and not asserted.
pub const RECOMPRESSED: Fault =
    fault("recompressed at JPEG quality 4", CheckName::SharpnessLaplacian, Way::Down, recompressed);

impl Subject {
    /// A subject from a picture of which a portrait can be made; `None` from any other.
    pub fn of(engine: &Engine, preset: &Preset, picture: &RgbImage) -> Option<Subject> {
        let face = engine.assess(picture, preset).ok()?.face?;
        let shrink = FACE / width(&face);
        let picture = if shrink < 1.0 { scaled(picture, shrink) } else { picture.clone() };
        let options = MakeOptions { alpha: true, ..MakeOptions::default() };
        let made = engine.make(&picture, preset, BackgroundName::literal("blue"), options).ok()?;
        Some(Subject { face: made.capture.face?, alpha: made.alpha?, picture })
    }

    fn eyes(&self) -> Point {
        self.face.points.pupils[0].midpoint(self.face.points.pupils[1])
    }

    fn apart(&self) -> f32 {
        self.face.points.pupils[0].distance(self.face.points.pupils[1])
    }
}

/// Cheek to cheek, pixels.
pub fn width(face: &FaceReport) -> f32 {
    face.points.cheeks[0].distance(face.points.cheeks[1])
}

fn scaled(picture: &RgbImage, by: f32) -> RgbImage {
    let side = |v: u32| ((v as f32 * by).round() as u32).max(1);
    imageops::resize(picture, side(picture.width()), side(picture.height()), imageops::FilterType::Triangle)
}

/// Linear light of a byte.
pub fn linear(byte: u8) -> f32 {
    let c = f32::from(byte) / 255.0;
    if c <= 0.040_45 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
}

fn encoded(light: f32) -> u8 {
    let v = light.clamp(0.0, 1.0);
    let c = if v <= 0.003_130_8 { v * 12.92 } else { 1.055 * v.powf(1.0 / 2.4) - 0.055 };
    (c * 255.0 + 0.5) as u8
}

/// Changes every pixel in linear light.
fn relit(picture: &RgbImage, change: impl Fn(u32, u32, [f32; 3]) -> [f32; 3]) -> RgbImage {
    let mut out = picture.clone();
    for (x, y, p) in out.enumerate_pixels_mut() {
        p.0 = change(x, y, p.0.map(linear)).map(encoded);
    }
    out
}

/// Paints `colour` where `cover` is above nothing.
fn painted(picture: &RgbImage, colour: [u8; 3], cover: impl Fn(f32, f32) -> f32) -> RgbImage {
    let mut out = picture.clone();
    for (x, y, p) in out.enumerate_pixels_mut() {
        let a = cover(x as f32 + 0.5, y as f32 + 0.5).clamp(0.0, 1.0);
        for (v, c) in p.0.iter_mut().zip(colour) {
            *v = (f32::from(*v) * (1.0 - a) + f32::from(c) * a + 0.5) as u8;
        }
    }
    out
}

fn blurred(s: &Subject) -> RgbImage {
    imageops::blur(&s.picture, 0.03 * s.apart())
}

fn lit(s: &Subject, gain: impl Fn(f32) -> f32) -> RgbImage {
    relit(&s.picture, |x, _, light| light.map(|v| v * gain(x as f32)))
}

/// The half of the face that has less light loses the rest of it.
fn from_one_side(s: &Subject) -> RgbImage {
    let [l, r] = s.face.points.cheeks;
    let (middle, high, low) = (l.midpoint(r).x, s.eyes().y, s.face.points.chin.y);
    let mut light = [0.0f32; 2];
    for (x, y, p) in s.picture.enumerate_pixels() {
        let (x, y) = (x as f32, y as f32);
        if x > l.x && x < r.x && y > high && y < low {
            light[usize::from(x > middle)] += p.0.map(linear).iter().sum::<f32>();
        }
    }
    let (bright, dark) = if light[0] < light[1] { (r.x, l.x) } else { (l.x, r.x) };
    lit(s, |x| 1.0 - 0.93 * ((x - bright) / (dark - bright)).clamp(0.0, 1.0))
}

fn hazy(s: &Subject) -> RgbImage {
    relit(&s.picture, |_, _, light| light.map(|v| 0.2 + 0.3 * v))
}

fn bluish(s: &Subject) -> RgbImage {
    relit(&s.picture, |_, _, [r, g, b]| [0.5 * r, 0.9 * g, 2.2 * b])
}

/// Turned about the eyes, clockwise on the screen; beyond the picture its edge is repeated.
pub fn rolled(s: &Subject, degrees: f32) -> RgbImage {
    let (sin, cos) = degrees.to_radians().sin_cos();
    let middle = s.eyes();
    moved(&s.picture, |x, y| {
        let (dx, dy) = (x - middle.x, y - middle.y);
        (middle.x + cos * dx + sin * dy, middle.y - sin * dx + cos * dy)
    })
}

/// Each pixel from the place that `from` names.
fn moved(picture: &RgbImage, from: impl Fn(f32, f32) -> (f32, f32)) -> RgbImage {
    let (w, h) = picture.dimensions();
    RgbImage::from_fn(w, h, |x, y| {
        let (u, v) = from(x as f32, y as f32);
        let (u, v) = (u.clamp(0.0, w as f32 - 1.001), v.clamp(0.0, h as f32 - 1.001));
        let (x0, y0, fx, fy) = (u as u32, v as u32, u.fract(), v.fract());
        let at = |dx: u32, dy: u32| picture.get_pixel((x0 + dx).min(w - 1), (y0 + dy).min(h - 1)).0;
        let (a, b, c, d) = (at(0, 0), at(1, 0), at(0, 1), at(1, 1));
        Rgb(std::array::from_fn(|i| {
            let top = f32::from(a[i]) * (1.0 - fx) + f32::from(b[i]) * fx;
            let low = f32::from(c[i]) * (1.0 - fx) + f32::from(d[i]) * fx;
            (top * (1.0 - fy) + low * fy + 0.5) as u8
        }))
    })
}

fn cropped(s: &Subject) -> RgbImage {
    let top = (s.eyes().y - 0.75 * s.apart()).max(1.0) as u32;
    let (w, h) = s.picture.dimensions();
    imageops::crop_imm(&s.picture, 0, top, w, h - top).to_image()
}

fn reduced(s: &Subject) -> RgbImage {
    scaled(&s.picture, 90.0 / width(&s.face))
}

fn recompressed(s: &Subject) -> RgbImage {
    let mut bytes = Vec::new();
    let encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, 4);
    let written = s.picture.write_with_encoder(encoder);
    let read = image::load_from_memory_with_format(&bytes, image::ImageFormat::Jpeg);
    match (written, read) {
        (Ok(()), Ok(picture)) => picture.to_rgb8(),
        _ => s.picture.clone(),
    }
}

/// The head once more, smaller, to the right of the picture.
pub fn accompanied(s: &Subject, size: f32) -> RgbImage {
    let b = &s.face.area;
    let part = |v: f32, most: u32| (v.max(0.0) as u32).min(most);
    let (w, h) = s.picture.dimensions();
    let (x, y) = (part(b.x - 0.3 * b.w, w), part(b.y - 0.3 * b.h, h));
    let (right, low) = (part(b.x + 1.3 * b.w, w), part(b.y + 1.3 * b.h, h));
    let head = scaled(&imageops::crop_imm(&s.picture, x, y, right - x, low - y).to_image(), size);
    let mut out = RgbImage::from_pixel(w + head.width(), h, *s.picture.get_pixel(w - 1, 0));
    imageops::replace(&mut out, &s.picture, 0, 0);
    imageops::replace(&mut out, &head, i64::from(w), i64::from(y));
    out
}

fn camouflaged(s: &Subject) -> RgbImage {
    let first = s.face.points.chin.y + 0.15 * (s.face.points.chin.y - s.eyes().y);
    let alpha = |x: f32, y: f32| f32::from(s.alpha.get_pixel(x as u32, y as u32).0[0]) / 255.0;
    painted(&s.picture, [100, 197, 255], |x, y| if y > first { 0.9 * alpha(x, y) } else { 0.0 })
}

fn cluttered(s: &Subject) -> RgbImage {
    let cell = 0.12 * width(&s.face);
    let wall = |x: f32, y: f32| s.alpha.get_pixel(x as u32, y as u32).0[0] < 13;
    let dark = painted(&s.picture, [30, 60, 40], |x, y| {
        let odd = ((x / cell) as u32 + (y / cell) as u32) % 2 == 1;
        f32::from(u8::from(odd && wall(x, y)))
    });
    painted(&dark, [225, 215, 190], |x, y| {
        let even = ((x / cell) as u32 + (y / cell) as u32).is_multiple_of(2);
        f32::from(u8::from(even && wall(x, y)))
    })
}

/// 1 inside of an ellipse, 0 outside.
fn ellipse(x: f32, y: f32, middle: Point, rx: f32, ry: f32) -> f32 {
    f32::from(u8::from(((x - middle.x) / rx).powi(2) + ((y - middle.y) / ry).powi(2) <= 1.0))
}

fn red_eyed(s: &Subject) -> RgbImage {
    let (pupils, r) = (s.face.points.pupils, 0.065 * s.apart());
    painted(&s.picture, [205, 45, 40], |x, y| {
        0.8 * pupils.iter().map(|p| ellipse(x, y, *p, r, r)).fold(0.0, f32::max)
    })
}

fn glaring(s: &Subject) -> RgbImage {
    let (pupils, i) = (s.face.points.pupils, s.apart());
    let specks = pupils.map(|p| Point::new(p.x + 0.14 * i, p.y + 0.21 * i));
    painted(&s.picture, [255, 255, 255], |x, y| {
        specks.iter().map(|p| ellipse(x, y, *p, 0.12 * i, 0.07 * i)).fold(0.0, f32::max)
    })
}

/// Strands of dark hair.
const HAIR: [u8; 3] = [34, 28, 26];

fn fringed(s: &Subject) -> RgbImage {
    let [l, r] = s.face.points.cheeks;
    let (eyes, i) = (s.eyes(), s.apart());
    painted(&s.picture, HAIR, |x, y| {
        let inside = x > l.x && x < r.x && y > eyes.y - 1.2 * i && y < eyes.y - 0.2 * i;
        f32::from(u8::from(inside))
    })
}

fn ears_hidden(s: &Subject) -> RgbImage {
    let [l, r] = s.face.points.cheeks;
    let (eyes, i, chin) = (s.eyes(), s.apart(), s.face.points.chin);
    painted(&s.picture, HAIR, |x, y| {
        let beside = (x < l.x && x > l.x - 0.4 * i) || (x > r.x && x < r.x + 0.4 * i);
        f32::from(u8::from(beside && y > eyes.y - 0.4 * i && y < chin.y))
    })
}

fn sloping(s: &Subject) -> RgbImage {
    let (chin, slope) = (s.face.points.chin, 14f32.to_radians().tan());
    let ramp = 0.3 * width(&s.face);
    moved(&s.picture, |x, y| {
        let part = ((y - chin.y) / ramp).clamp(0.0, 1.0);
        (x, y - part * slope * (x - chin.x))
    })
}
