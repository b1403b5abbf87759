//! A screen without a display: Slint's software renderer draws into memory.

use slint::platform::software_renderer::{MinimalSoftwareWindow, RepaintBufferType};
use slint::platform::{Platform, PlatformError, PointerEventButton, WindowAdapter, WindowEvent};
use slint::{LogicalPosition, PhysicalSize, Rgb8Pixel};
use std::path::Path;
use std::rc::Rc;
use std::time::{Duration, Instant};

/// The platform and its only window.
pub struct Headless {
    window: Rc<MinimalSoftwareWindow>,
    size: (u32, u32),
    pixels: Vec<Rgb8Pixel>,
}

struct Memory {
    window: Rc<MinimalSoftwareWindow>,
    start: Instant,
}

impl Platform for Memory {
    fn create_window_adapter(&self) -> Result<Rc<dyn WindowAdapter>, PlatformError> {
        Ok(self.window.clone())
    }

    fn duration_since_start(&self) -> Duration {
        self.start.elapsed()
    }
}

impl Headless {
    /// Makes this process's windows headless. Call once, before the first window.
    ///
    /// # Errors
    /// When a platform is already set.
    pub fn install(width: u32, height: u32) -> Result<Headless, slint::platform::SetPlatformError> {
        let window = MinimalSoftwareWindow::new(RepaintBufferType::ReusedBuffer);
        slint::platform::set_platform(Box::new(Memory { window: window.clone(), start: Instant::now() }))?;
        window.set_size(PhysicalSize::new(width, height));
        let pixels = vec![Rgb8Pixel::default(); width as usize * height as usize];
        Ok(Headless { window, size: (width, height), pixels })
    }

    /// Lets time pass for animations and draws what changed.
    pub fn draw(&mut self) {
        slint::platform::update_timers_and_animations();
        let (pixels, stride) = (&mut self.pixels, self.size.0 as usize);
        self.window.draw_if_needed(|renderer| {
            renderer.render(pixels, stride);
        });
    }

    /// Presses a finger at a point, logical pixels.
    pub fn press(&self, at: LogicalPosition) {
        self.window.dispatch_event(WindowEvent::PointerMoved { position: at });
        self.window
            .dispatch_event(WindowEvent::PointerPressed { position: at, button: PointerEventButton::Left });
    }

    /// Lifts the finger.
    pub fn release(&self, at: LogicalPosition) {
        self.window
            .dispatch_event(WindowEvent::PointerReleased { position: at, button: PointerEventButton::Left });
        self.window.dispatch_event(WindowEvent::PointerExited);
    }

    /// Writes what is on the screen as PNG.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn save(&self, path: &Path) -> image::ImageResult<()> {
        let raw: Vec<u8> = self.pixels.iter().flat_map(|p| [p.r, p.g, p.b]).collect();
        image::save_buffer(path, &raw, self.size.0, self.size.1, image::ExtendedColorType::Rgb8)
    }
}
