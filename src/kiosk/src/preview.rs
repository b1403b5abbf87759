//! The live picture: cropped, mirrored and scaled to the exact pixels of the screen, so that the UI thread only copies it.

use crate::inbox::{Event, Post};
use camera::{Camera, Frame};
use fast_image_resize::{PixelType, ResizeAlg, ResizeOptions, Resizer, images::Image, images::ImageRef};
use image::RgbImage;
use slint::{Rgb8Pixel, SharedPixelBuffer};
use standard::framing::{Crop, centre_of};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

/// The centre of a picture, cropped and scaled to exactly these pixels.
#[must_use]
pub fn fitted(picture: &RgbImage, size: (u32, u32)) -> Option<SharedPixelBuffer<Rgb8Pixel>> {
    let target = resized(&mut Resizer::new(), picture, size, ResizeOptions::new())?;
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
        // One picture at a time: while the UI is behind, frames are skipped and never scaled.
        if !order.shown.swap(false, Ordering::Relaxed) {
            continue;
        }
        match scaled(&mut resizer, &frame, size) {
            Some(buffer) => post.event(Event::Preview(buffer)),
            None => order.taken(),
        }
    }
}

fn resized(
    resizer: &mut Resizer,
    picture: &RgbImage,
    size: (u32, u32),
    options: ResizeOptions,
) -> Option<Image<'static>> {
    let Crop { x, y, width, height } = centre_of(picture.dimensions(), size);
    let source = ImageRef::new(picture.width(), picture.height(), picture.as_raw(), PixelType::U8x3).ok()?;
    let mut target = Image::new(size.0, size.1, PixelType::U8x3);
    let options = options.crop(x.into(), y.into(), width.into(), height.into());
    resizer.resize(&source, &mut target, &options).ok()?;
    Some(target)
}

fn scaled(resizer: &mut Resizer, frame: &Frame, size: (u32, u32)) -> Option<SharedPixelBuffer<Rgb8Pixel>> {
    let bilinear = ResizeAlg::Interpolation(fast_image_resize::FilterType::Bilinear);
    let target = resized(resizer, &frame.image, size, ResizeOptions::new().resize_alg(bilinear))?;
    let mut buffer = SharedPixelBuffer::<Rgb8Pixel>::new(size.0, size.1);
    let bytes = buffer.make_mut_bytes();
    bytes.copy_from_slice(target.buffer());
    camera::mirror_rows(bytes, size.0);
    Some(buffer)
}

#[cfg(test)]
mod tests {
    use standard::framing::PREVIEW;

    /// The oval is drawn over the preview in fractions of it, and judged in fractions of the frame's centre.
    #[test]
    fn the_capture_preview_shows_the_part_of_the_frame_that_is_judged() {
        for (width, height) in [ui::size::CAPTURE, ui::size::CAPTURE_LANDSCAPE] {
            assert_eq!(width * PREVIEW.1, height * PREVIEW.0);
        }
    }
}
