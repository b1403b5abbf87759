//! A phone held up to the camera: drawn once, then placed into every frame under a slightly tilted perspective.

use image::imageops;
use image::{Rgb, RgbImage, Rgba, RgbaImage};

use super::backdrop::scaled;
use super::motion::Pose;
use super::sample::{between_clear, over};

/// Width of the phone against its height.
const SHAPE: f32 = 0.49;
/// Room around the phone on the drawing for the fingers, against its height.
const MARGIN: f32 = 0.09;
/// The upper edge leans away: it is this much narrower.
const LEAN: f32 = 0.045;
/// How a right hand holds it: clockwise, in degrees.
const TILT: f32 = -3.5;

const BODY: [f32; 3] = [24.0, 25.0, 28.0];
const SKIN: [f32; 3] = [201.0, 152.0, 126.0];

/// A drawn phone and where its middle is held in the frame.
#[derive(Debug)]
pub(crate) struct Phone {
    drawing: RgbaImage,
    middle: (f32, f32),
}

impl Phone {
    /// A phone `height` pixels high around `middle`, with `picture` on its screen.
    pub(crate) fn new(picture: &RgbImage, height: f32, middle: (f32, f32)) -> Self {
        let margin = MARGIN * height;
        let (width, full) = (SHAPE * height + 2.0 * margin, height + 2.0 * margin);
        let mut drawing = RgbaImage::from_fn(width.ceil() as u32, full.ceil() as u32, |x, y| {
            body(x as f32 - margin, y as f32 - margin, height)
        });
        show(&mut drawing, picture, margin, height);
        Self { drawing, middle }
    }

    /// Draws it into `frame` under `pose`.
    pub(crate) fn place(&self, frame: &mut RgbImage, pose: Pose) {
        let high = frame.height() as f32;
        let (half_w, half_h) = (self.drawing.width() as f32 / 2.0, self.drawing.height() as f32 / 2.0);
        let (sine, cosine) = (TILT + pose.roll).to_radians().sin_cos();
        let (middle_x, middle_y) = (self.middle.0 + pose.x * high, self.middle.1 + pose.y * high);
        let reach = half_w.hypot(half_h) * pose.zoom * 1.1;
        let from = |middle: f32| (middle - reach).max(0.0) as u32;
        let to = |middle: f32, side: u32| ((middle + reach).max(0.0) as u32).min(side);
        for v in from(middle_y)..to(middle_y, frame.height()) {
            for u in from(middle_x)..to(middle_x, frame.width()) {
                let (dx, dy) = ((u as f32 - middle_x) / pose.zoom, (v as f32 - middle_y) / pose.zoom);
                let (x, y) = (cosine * dx + sine * dy, cosine * dy - sine * dx);
                // A projective squeeze towards the upper edge.
                let depth = 1.0 - LEAN * y / half_h;
                let colour = between_clear(&self.drawing, half_w + x * depth, half_h + y * depth);
                if colour.0[3] > 0 {
                    over(frame.get_pixel_mut(u, v), colour);
                }
            }
        }
    }
}

/// Colour and transparency of the phone without its picture at (x, y) from its upper left corner: fingers behind, body,
/// lit screen, thumb on top.
fn body(x: f32, y: f32, height: f32) -> Rgba<u8> {
    let width = SHAPE * height;
    let bezel = 0.018 * height;
    let mut colour = [0.0, 0.0, 0.0, 0.0];
    for finger in 0..4 {
        let at = (0.56 + 0.085 * finger as f32) * height;
        paint(
            &mut colour,
            skin(x, height),
            ellipse(x, y, (-0.005 * height, at), (0.045 * height, 0.038 * height)),
        );
    }
    let palm = ellipse(x, y, (width * 0.98, 0.88 * height), (0.09 * height, 0.22 * height));
    paint(&mut colour, skin(x, height), palm);
    paint(&mut colour, BODY, rounded(x, y, 0.0, width, height, 0.06 * height));
    let lit = 246.0 - 8.0 * y / height;
    paint(&mut colour, [lit, lit, lit], rounded(x, y, bezel, width, height, 0.045 * height));
    // A title bar and some lines of text, as a page with a code has.
    let line = |top: f32, bottom: f32, left: f32, right: f32| {
        let (u, v) = (x / width, y / height);
        if u > left && u < right && v > top && v < bottom { 1.0 } else { 0.0 }
    };
    paint(&mut colour, [60.0, 120.0, 216.0], line(0.05, 0.105, 0.05, 0.95));
    paint(&mut colour, [238.0, 242.0, 250.0], line(0.071, 0.085, 0.38, 0.62));
    paint(&mut colour, [150.0, 154.0, 160.0], line(0.845, 0.857, 0.2, 0.8));
    paint(&mut colour, [176.0, 180.0, 186.0], line(0.88, 0.89, 0.3, 0.7));
    let thumb = ellipse(x, y, (width, 0.83 * height), (0.045 * height, 0.1 * height));
    paint(&mut colour, skin(x, height), thumb);
    Rgba(colour.map(|value| value.clamp(0.0, 255.0) as u8))
}

fn skin(x: f32, height: f32) -> [f32; 3] {
    let light = 0.94 + 0.1 * (x / height * 9.0).sin();
    SKIN.map(|value| value * light)
}

/// Lays `colour` over what is there with `cover` 0 to 1; alpha is the last channel, 0 to 255.
fn paint(under: &mut [f32; 4], colour: [f32; 3], cover: f32) {
    if cover <= 0.0 {
        return;
    }
    let before = under[3] / 255.0 * (1.0 - cover);
    let after = cover + before;
    for (to, from) in under.iter_mut().zip(colour) {
        *to = (from * cover + *to * before) / after;
    }
    under[3] = 255.0 * after;
}

/// How much of the pixel at (x, y) lies in an ellipse.
fn ellipse(x: f32, y: f32, middle: (f32, f32), radii: (f32, f32)) -> f32 {
    let r = ((x - middle.0) / radii.0).hypot((y - middle.1) / radii.1);
    ((1.0 - r) * radii.0.min(radii.1) + 0.5).clamp(0.0, 1.0)
}

/// How much of it lies in a rounded rectangle of `width` x `height`, `inset` from every side.
fn rounded(x: f32, y: f32, inset: f32, width: f32, height: f32, radius: f32) -> f32 {
    let dx = ((x - width / 2.0).abs() - (width / 2.0 - inset - radius)).max(0.0);
    let dy = ((y - height / 2.0).abs() - (height / 2.0 - inset - radius)).max(0.0);
    (radius - dx.hypot(dy) + 0.5).clamp(0.0, 1.0)
}

/// Draws the picture on the screen: a card in the middle, or all of the screen if it is a screenshot's shape.
fn show(drawing: &mut RgbaImage, picture: &RgbImage, margin: f32, height: f32) {
    let width = SHAPE * height;
    let tall = picture.height() as f32 > 1.5 * picture.width() as f32;
    let (most_w, most_h, middle) =
        if tall { (0.92 * width, 0.95 * height, 0.5) } else { (0.89 * width, 0.68 * height, 0.47) };
    let scale = (most_w / picture.width() as f32).min(most_h / picture.height() as f32);
    let card = scaled(picture, scale);
    let left = (margin + width / 2.0 - card.width() as f32 / 2.0) as i64;
    let top = (margin + middle * height - card.height() as f32 / 2.0) as i64;
    let opaque = RgbaImage::from_fn(card.width(), card.height(), |x, y| {
        let Rgb([r, g, b]) = *card.get_pixel(x, y);
        // A lit screen in a room is never quite black.
        Rgba([r.max(18), g.max(18), b.max(20), 255])
    });
    imageops::replace(drawing, &opaque, left, top);
}
