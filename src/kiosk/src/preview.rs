//! The mirrored live picture: cropped, mirrored and scaled to the exact pixels the screen shows, so that the UI only blits.

use crate::inbox::{Event, Post};
use camera::{Camera, Frame};
use fast_image_resize::{PixelType, ResizeAlg, ResizeOptions, Resizer, images::Image, images::ImageRef};
use image::RgbImage;
use slint::{Rgb8Pixel, SharedPixelBuffer};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

/// The part of a frame that a preview of `width` x `height` shows: centred, as large as fits. (x, y, width, height)
#[must_use]
pub fn crop_of(frame: (u32, u32), shown: (u32, u32)) -> (u32, u32, u32, u32) {
    let (fw, fh) = (u64::from(frame.0), u64::from(frame.1));
    let (sw, sh) = (u64::from(shown.0.max(1)), u64::from(shown.1.max(1)));
    let (w, h) = if fw * sh > fh * sw { (fh * sw / sh, fh) } else { (fw, fw * sh / sw) };
    let small = |v: u64| u32::try_from(v).unwrap_or(u32::MAX);
    (small((fw - w) / 2), small((fh - h) / 2), small(w.max(1)), small(h.max(1)))
}

/// A picture centred, cropped and scaled to exactly these pixels.
#[must_use]
pub fn fitted(picture: &RgbImage, size: (u32, u32)) -> Option<SharedPixelBuffer<Rgb8Pixel>> {
    let crop = crop_of(picture.dimensions(), size);
    let source = ImageRef::new(picture.width(), picture.height(), picture.as_raw(), PixelType::U8x3).ok()?;
    let mut target = Image::new(size.0, size.1, PixelType::U8x3);
    let options = ResizeOptions::new().crop(crop.0.into(), crop.1.into(), crop.2.into(), crop.3.into());
    Resizer::new().resize(&source, &mut target, &options).ok()?;
    Some(SharedPixelBuffer::clone_from_slice(target.buffer(), size.0, size.1))
}

/// What the preview thread is asked to show.
#[derive(Clone, Default)]
pub struct PreviewOrder {
    size: Arc<AtomicU64>,
    shown: Arc<AtomicBool>,
}

impl PreviewOrder {
    /// Asks for pictures of this size; 0 x 0 asks for none.
    pub fn ask(&self, width: u32, height: u32) {
        self.size.store(u64::from(width) << 32 | u64::from(height), Ordering::Relaxed);
    }

    /// The UI has taken the last picture.
    pub fn taken(&self) {
        self.shown.store(true, Ordering::Relaxed);
    }

    fn wanted(&self) -> Option<(u32, u32)> {
        let packed = self.size.load(Ordering::Relaxed);
        let size = ((packed >> 32) as u32, (packed & 0xffff_ffff) as u32);
        (size.0 > 0 && size.1 > 0).then_some(size)
    }
}

/// Starts the preview thread; it ends when the inbox does.
///
/// # Errors
/// When the thread cannot be started.
pub fn spawn(camera: Camera, order: PreviewOrder, post: Post) -> std::io::Result<()> {
    order.taken();
    std::thread::Builder::new().name("preview".into()).spawn(move || run(&camera, &order, &post)).map(drop)
}

fn run(camera: &Camera, order: &PreviewOrder, post: &Post) {
    let mut resizer = Resizer::new();
    let mut last = 0;
    while post.is_open() {
        let Some(frame) = camera.newer_than(last, Duration::from_millis(100)) else { continue };
        last = frame.number;
        let Some(size) = order.wanted() else { continue };
        // One picture at a time: when the UI is behind, the newest frame wins and the others are never scaled.
        if !order.shown.swap(false, Ordering::Relaxed) {
            continue;
        }
        match scaled(&mut resizer, &frame, size) {
            Some(buffer) => post.event(Event::Preview(buffer)),
            None => order.taken(),
        }
    }
}

fn scaled(resizer: &mut Resizer, frame: &Frame, size: (u32, u32)) -> Option<SharedPixelBuffer<Rgb8Pixel>> {
    let picture = &frame.image;
    let crop = crop_of(picture.dimensions(), size);
    let source = ImageRef::new(picture.width(), picture.height(), picture.as_raw(), PixelType::U8x3).ok()?;
    let mut target = Image::new(size.0, size.1, PixelType::U8x3);
    let options = ResizeOptions::new()
        .resize_alg(ResizeAlg::Interpolation(fast_image_resize::FilterType::Bilinear))
        .crop(f64::from(crop.0), f64::from(crop.1), f64::from(crop.2), f64::from(crop.3));
    resizer.resize(&source, &mut target, &options).ok()?;
    let mut buffer = SharedPixelBuffer::<Rgb8Pixel>::new(size.0, size.1);
    let row = size.0 as usize;
    let pixels = target.buffer().chunks_exact(row * 3);
    for (to, from) in buffer.make_mut_slice().chunks_exact_mut(row).zip(pixels) {
        for (to, from) in to.iter_mut().zip(from.chunks_exact(3).rev()) {
            *to = Rgb8Pixel::new(from[0], from[1], from[2]);
        }
    }
    Some(buffer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_crop_is_centred_and_has_the_shape_of_what_is_shown() {
        assert_eq!(crop_of((1280, 720), (816, 1088)), (370, 0, 540, 720));
        assert_eq!(crop_of((720, 1280), (1080, 960)), (0, 320, 720, 640));
    }
}
