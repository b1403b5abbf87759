//! Renders a scene into a camera-like frame of luma: geometry and screen first, then the lens, then the sensor.

use image::{GrayImage, ImageEncoder as _, Luma};
use imageproc::filter::gaussian_blur_f32;
use qrcode::{Color, EcLevel, QrCode, Version};

use super::scene::Scene;
use crate::chance::Chance;

/// Samples of a pixel along each side, because a sensor's pixel gathers light over its area.
const POINTS: usize = 3;

/// A code drawn by the `qrcode` crate.
pub struct Drawn {
    /// Its payload.
    pub payload: Vec<u8>,
    side: usize,
    dark: Vec<bool>,
}

/// A code of `version` filled with random text to its capacity at level M, as text of letters and digits.
pub fn drawn(version: i16, chance: &mut Chance) -> Drawn {
    const SIGNS: &[u8] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789:/?=&-_.";
    let mut length = 20 * version as usize * (version as usize + 4) / 5 + 14;
    loop {
        let payload: Vec<u8> = (0..length).map(|_| SIGNS[chance.below(SIGNS.len())]).collect();
        match QrCode::with_version(&payload, Version::Normal(version), EcLevel::M) {
            Ok(code) => {
                let dark = code.to_colors().into_iter().map(|color| color == Color::Dark).collect();
                return Drawn { payload, side: code.width(), dark };
            }
            Err(_) => length = length * 9 / 10,
        }
    }
}

impl Drawn {
    fn is_dark(&self, x: f32, y: f32) -> bool {
        let at = |v: f32| (v >= 0.0 && v < self.side as f32).then_some(v as usize);
        match (at(x), at(y)) {
            (Some(x), Some(y)) => self.dark[y * self.side + x],
            _ => false,
        }
    }
}

/// From frame pixels to the code's own modules.
struct Pose {
    middle: (f32, f32),
    half: f32,
    roll: (f32, f32),
    axis: (f32, f32),
    tilt: (f32, f32),
    scene: Scene,
    wave: f32,
}

impl Pose {
    fn new(scene: &Scene, side: usize, size: (u32, u32), chance: &mut Chance) -> Self {
        let turn = |degrees: f32| degrees.to_radians().sin_cos();
        Self {
            middle: (
                size.0 as f32 / 2.0 + chance.between(-9.0, 9.0),
                size.1 as f32 / 2.0 + chance.between(-9.0, 9.0),
            ),
            half: side as f32 / 2.0,
            roll: turn(scene.roll + chance.between(-4.0, 4.0)),
            axis: turn(scene.axis + chance.between(-60.0, 60.0)),
            tilt: turn(scene.tilt),
            scene: scene.clone(),
            wave: chance.between(0.0, std::f32::consts::TAU),
        }
    }

    /// Where the ray through the frame's (x, y) meets the screen, in modules from the code's top left.
    fn module_at(&self, x: f32, y: f32) -> (f32, f32) {
        /// Distance of the camera in code widths: an arm's length before a code of 5 cm.
        const AWAY: f32 = 6.0;
        let (dx, dy) = ((x - self.middle.0) / self.scene.module, (y - self.middle.1) / self.scene.module);
        let (sin, cos) = self.roll;
        let (dx, dy) = (cos * dx + sin * dy, cos * dy - sin * dx);
        // Along and across the tilt's axis.
        let (sin, cos) = self.axis;
        let (along, across) = (cos * dx + sin * dy, cos * dy - sin * dx);
        let away = AWAY * 2.0 * self.half;
        let (tilt_sin, tilt_cos) = self.tilt;
        let depth = away / (away * tilt_cos - across * tilt_sin).max(0.05 * away);
        let (along, across) = (along * tilt_cos * depth, across * depth);
        let (mut u, mut v) = (cos * along - sin * across, sin * along + cos * across);
        if self.scene.bend > 0.0 {
            // A sheet that sags and ripples: half a wave across, a smaller full one along.
            let share = |t: f32| t / self.half * std::f32::consts::FRAC_PI_2;
            v += self.scene.bend * share(u).cos();
            u += 0.4 * self.scene.bend * (2.0 * share(v) + self.wave).sin();
        }
        if self.scene.mirrored {
            u = -u;
        }
        (u + self.half, v + self.half)
    }
}

/// The frame: `size` pixels, with the code about its middle.
pub fn frame(scene: &Scene, code: &Drawn, size: (u32, u32), chance: &mut Chance) -> GrayImage {
    let pose = Pose::new(scene, code.side, size, chance);
    let cracks = cracks(scene, code.side as f32, chance);
    let glare =
        (chance.between(0.25, 0.75) * code.side as f32, chance.between(0.25, 0.75) * code.side as f32);
    let mut light = vec![0f32; (size.0 * size.1) as usize];
    for (i, level) in light.iter_mut().enumerate() {
        let (x, y) = ((i as u32 % size.0) as f32, (i as u32 / size.0) as f32);
        let mut sum = 0.0;
        for point in 0..POINTS * POINTS {
            let part = |n: usize| (n as f32 + 0.5) / POINTS as f32 - 0.5;
            let (u, v) = pose.module_at(x + part(point % POINTS), y + part(point / POINTS));
            sum += emitted(scene, code, &cracks, (u, v), point);
        }
        let (u, v) = pose.module_at(x, y);
        let fall = 1.0 - scene.falloff * (x / size.0 as f32 + y / size.1 as f32) / 2.0;
        *level = sum / (POINTS * POINTS) as f32 * fall + shine(scene, code.side as f32, glare, (u, v));
    }
    sensed(scene, &light, size, chance)
}

/// Grey level of the screen at a point in modules. `point` says which colour stripe of a screen pixel is hit.
fn emitted(scene: &Scene, code: &Drawn, cracks: &[Crack], (u, v): (f32, f32), point: usize) -> f32 {
    let side = code.side as f32;
    let outside = -scene.quiet > u.min(v) || u.max(v) > side + scene.quiet;
    // The phone around the quiet zone, then the room.
    let room = u.min(v) < -10.0 || u.max(v) > side + 10.0;
    if room {
        return 105.0 + 25.0 * (u * 0.21).sin() * (v * 0.17).cos();
    }
    let dark = if outside { !scene.inverted } else { code.is_dark(u, v) };
    let mut level = if dark == scene.inverted { scene.white } else { scene.black };
    if scene.grid > 0.0 {
        let (fu, fv) = ((u * scene.pitch).rem_euclid(1.0), (v * scene.pitch).rem_euclid(1.0));
        // Red, green and blue stripes by their share of luma (BT.601), three times for the mean to stay, and dark gaps.
        let stripe = [0.299, 0.587, 0.114][((fu * 3.0) as usize).min(2)] * 3.0;
        let gap = if fu < 0.12 || fv < 0.12 { 0.0 } else { 1.0 / (0.88 * 0.88) };
        level *= 1.0 + scene.grid * (stripe * gap - 1.0);
    }
    // A crack is dark with a bright edge.
    let near = cracks.iter().map(|crack| crack.distance(u, v)).fold(f32::MAX, f32::min);
    if near < 0.25 {
        level *= 0.25;
    } else if near < 0.5 {
        level = level.max(scene.white * if point.is_multiple_of(2) { 1.1 } else { 0.6 });
    }
    level
}

/// A lamp's reflection: full white in its middle, gone at twice its radius.
fn shine(scene: &Scene, side: f32, glare: (f32, f32), (u, v): (f32, f32)) -> f32 {
    if scene.glare <= 0.0 {
        return 0.0;
    }
    let r = (u - glare.0).hypot(v - glare.1) / (scene.glare * side);
    255.0 * (1.6 - 0.8 * r * r).clamp(0.0, 1.0)
}

/// A straight crack in modules.
struct Crack((f32, f32), (f32, f32));

impl Crack {
    fn distance(&self, u: f32, v: f32) -> f32 {
        let (way, to) = ((self.1.0 - self.0.0, self.1.1 - self.0.1), (u - self.0.0, v - self.0.1));
        let share = ((way.0 * to.0 + way.1 * to.1) / (way.0 * way.0 + way.1 * way.1)).clamp(0.0, 1.0);
        (to.0 - share * way.0).hypot(to.1 - share * way.1)
    }
}

/// Cracks run from one point of impact to the edges, with a bend half way.
fn cracks(scene: &Scene, side: f32, chance: &mut Chance) -> Vec<Crack> {
    let hit = (chance.between(0.2, 0.8) * side, chance.between(0.2, 0.8) * side);
    let mut all = Vec::new();
    for _ in 0..scene.cracks {
        let angle = chance.between(0.0, std::f32::consts::TAU);
        let step = |from: (f32, f32), angle: f32| {
            (from.0 + side * 0.5 * angle.cos(), from.1 + side * 0.5 * angle.sin())
        };
        let knee = step(hit, angle);
        let end = step(knee, angle + chance.between(-0.5, 0.5));
        all.extend([Crack(hit, knee), Crack(knee, end)]);
    }
    all
}

/// Lens and sensor: motion, defocus, noise, eight bits, JPEG.
fn sensed(scene: &Scene, light: &[f32], size: (u32, u32), chance: &mut Chance) -> GrayImage {
    let level = |x: u32, y: u32| light[(y * size.0 + x) as usize].clamp(0.0, 255.0) as u8;
    let mut frame = GrayImage::from_fn(size.0, size.1, |x, y| Luma([level(x, y)]));
    if scene.motion > 0.0 {
        frame = moved(&frame, scene.motion, chance.between(0.0, std::f32::consts::PI));
    }
    if scene.defocus > 0.0 {
        frame = gaussian_blur_f32(&frame, scene.defocus);
    }
    for pixel in frame.iter_mut() {
        *pixel = (f32::from(*pixel) + scene.noise * chance.normal() + 0.5).clamp(0.0, 255.0) as u8;
    }
    through_jpeg(&frame, scene.jpeg)
}

/// The mean along a straight way of `length` pixels.
fn moved(frame: &GrayImage, length: f32, angle: f32) -> GrayImage {
    let steps = (length * 2.0).ceil() as i32;
    let (w, h) = (frame.width() as i32, frame.height() as i32);
    GrayImage::from_fn(frame.width(), frame.height(), |x, y| {
        let mut sum = 0u32;
        for step in 0..=steps {
            let along = (step as f32 / steps as f32 - 0.5) * length;
            let at = |from: u32, way: f32, most: i32| {
                ((from as f32 + along * way).round() as i32).clamp(0, most - 1)
            };
            sum +=
                u32::from(frame.get_pixel(at(x, angle.cos(), w) as u32, at(y, angle.sin(), h) as u32).0[0]);
        }
        Luma([(sum / (steps as u32 + 1)) as u8])
    })
}

fn through_jpeg(frame: &GrayImage, quality: u8) -> GrayImage {
    let mut bytes = Vec::new();
    let encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, quality);
    let written =
        encoder.write_image(frame.as_raw(), frame.width(), frame.height(), image::ExtendedColorType::L8);
    match written.ok().and_then(|()| image::load_from_memory(&bytes).ok()) {
        Some(read) => read.into_luma8(),
        None => frame.clone(),
    }
}
