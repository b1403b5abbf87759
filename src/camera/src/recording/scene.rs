//! A clip ready to be rendered: everything that does not change from frame to frame is drawn once.

use std::path::Path;
use std::time::Duration;

use image::{RgbImage, imageops};

use super::backdrop::{extended, room, scaled};
use super::clip::{Clip, ClipError, Motion, Show, Step};
use super::motion::{Pose, scripted};
use super::phone::Phone;
use super::sample::moved;

/// A clip ready to be rendered.
#[derive(Debug)]
pub(crate) struct Scene {
    content: Content,
    motions: Vec<Step>,
}

#[derive(Debug)]
enum Content {
    /// A whole frame that moves as a whole.
    Picture(RgbImage),
    /// A phone before a room that stands still.
    Phone { room: RgbImage, phone: Phone },
    /// Whole frames in order.
    Frames { frames: Vec<RgbImage>, fps: f32, looped: bool },
    /// No camera.
    Unplugged,
}

/// What a scene shows at one moment; equal moments render equal frames.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Moment {
    pose: Pose,
    frame: usize,
}

impl Scene {
    /// The empty room.
    pub(crate) fn empty(width: u32, height: u32) -> Self {
        let motions = vec![Step { motion: Motion::Still, seconds: 1.0 }];
        Self { content: Content::Picture(room(width, height)), motions }
    }

    /// Loads and draws `clip` for frames of that size.
    pub(crate) fn load(clip: &Clip, base: &Path, width: u32, height: u32) -> Result<Self, ClipError> {
        clip.check()?;
        let pictures = clip.load(base)?;
        let content = match (clip.show, pictures.as_slice()) {
            (Show::Unplugged, _) => Content::Unplugged,
            (Show::Phone, [picture]) => {
                let middle = (clip.x.unwrap_or(0.5) * width as f32, clip.y.unwrap_or(0.5) * height as f32);
                let phone = Phone::new(picture, 0.9 * clip.zoom.unwrap_or(1.0) * height as f32, middle);
                Content::Phone { room: room(width, height), phone }
            }
            (Show::Person, [picture]) => Content::Picture(person(clip, picture, width, height)),
            (Show::People, [left, right]) => Content::Picture(people(clip, left, right, width, height)),
            (Show::Frames, frames) => {
                let frames = frames.iter().map(|frame| filled(frame, width, height)).collect();
                Content::Frames { frames, fps: clip.fps.unwrap_or(1.0), looped: clip.looped }
            }
            _ => Content::Picture(room(width, height)),
        };
        Ok(Self { content, motions: clip.motions() })
    }

    /// Whether this is the absence of a camera.
    pub(crate) fn is_unplugged(&self) -> bool {
        matches!(self.content, Content::Unplugged)
    }

    /// What is shown `time` after it began.
    pub(crate) fn at(&self, time: Duration) -> Moment {
        let frame = match &self.content {
            Content::Frames { frames, fps, looped } => {
                let step = (time.as_secs_f64() * f64::from(*fps)) as usize;
                if *looped { step % frames.len() } else { step.min(frames.len() - 1) }
            }
            _ => 0,
        };
        Moment { pose: scripted(&self.motions, time), frame }
    }

    /// The whole frame of that moment.
    pub(crate) fn render(&self, moment: Moment) -> RgbImage {
        match &self.content {
            Content::Picture(picture) => moved(picture, moment.pose),
            Content::Frames { frames, .. } => moved(&frames[moment.frame], moment.pose),
            Content::Phone { room, phone } => {
                let mut frame = room.clone();
                if !moment.pose.is_gone() {
                    phone.place(&mut frame, moment.pose);
                }
                frame
            }
            Content::Unplugged => RgbImage::new(1, 1),
        }
    }
}

fn person(clip: &Clip, picture: &RgbImage, width: u32, height: u32) -> RgbImage {
    let (wide, high) = (width as f32, height as f32);
    let zoom = clip.zoom.unwrap_or(1.0);
    let scale = zoom * high / picture.height() as f32;
    let left = clip.x.unwrap_or(0.5) * wide - scale * picture.width() as f32 / 2.0;
    extended(picture, scale, left, top_of(clip, zoom, high), width, height)
}

/// Two frames, each with one of them, joined in the middle.
fn people(clip: &Clip, left: &RgbImage, right: &RgbImage, width: u32, height: u32) -> RgbImage {
    let (wide, high) = (width as f32, height as f32);
    let zoom = clip.zoom.unwrap_or(0.7);
    let middle = clip.x.unwrap_or(0.5) * wide;
    let top = top_of(clip, zoom, high);
    let one = |picture: &RgbImage, side: f32| {
        let scale = zoom * high / picture.height() as f32;
        let w = scale * picture.width() as f32;
        // Shoulder to shoulder, but a wide picture is cut at the middle rather than pushed out of sight.
        let centre = middle + side * (w / 2.0).min(0.15 * wide);
        extended(picture, scale, centre - w / 2.0, top, width, height)
    };
    let (mut frame, other) = (one(left, -1.0), one(right, 1.0));
    let seam = high / 36.0;
    for (x, y, pixel) in frame.enumerate_pixels_mut() {
        let share = ((x as f32 - middle) / seam + 0.5).clamp(0.0, 1.0);
        let from = other.get_pixel(x, y).0;
        for (to, from) in pixel.0.iter_mut().zip(from) {
            *to = (f32::from(*to) * (1.0 - share) + f32::from(from) * share + 0.5) as u8;
        }
    }
    frame
}

/// Upper edge of a person's picture: where the clip says, else standing on the frame's lower edge, else from the top.
fn top_of(clip: &Clip, zoom: f32, high: f32) -> f32 {
    match clip.y {
        Some(y) => (y - zoom / 2.0) * high,
        None => ((1.0 - zoom) * high).max(0.0),
    }
}

/// `picture` scaled and cropped so that it fills the frame.
fn filled(picture: &RgbImage, width: u32, height: u32) -> RgbImage {
    if picture.dimensions() == (width, height) {
        return picture.clone();
    }
    let scale = (width as f32 / picture.width() as f32).max(height as f32 / picture.height() as f32);
    let large = scaled(picture, scale);
    let (left, top) = (large.width().saturating_sub(width) / 2, large.height().saturating_sub(height) / 2);
    let cut = imageops::crop_imm(&large, left, top, width, height).to_image();
    // Rounding may leave it a pixel short.
    if cut.dimensions() == (width, height) {
        cut
    } else {
        imageops::resize(&cut, width, height, imageops::FilterType::Triangle)
    }
}
