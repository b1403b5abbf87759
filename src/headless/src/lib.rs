//! A window without a display: Slint's software renderer draws into memory, and fingers press where they are told to. Scripted visits, the
//! gallery of screens and the measurement of repaints use it.
//!
//! A crate of its own because the renderer is generic over its pixels: it is compiled here once, optimised, instead of in every caller.

use slint::platform::software_renderer::{MinimalSoftwareWindow, RepaintBufferType};
use slint::platform::{Platform, PlatformError, PointerEventButton, WindowAdapter, WindowEvent};
use slint::{LogicalPosition, PhysicalSize, Rgb8Pixel};
use std::path::Path;
use std::rc::Rc;
use std::time::{Duration, Instant};

pub use slint::platform::SetPlatformError;

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
    /// Makes this process's windows headless; only what changes is drawn. Call once, before the first window. Pixels.
    ///
    /// # Errors
    /// When a platform is already set.
    pub fn install(width: u32, height: u32) -> Result<Headless, SetPlatformError> {
        Headless::with(RepaintBufferType::ReusedBuffer, width, height)
    }

    /// The same, but everything is drawn every time.
    ///
    /// # Errors
    /// When a platform is already set.
    pub fn install_whole(width: u32, height: u32) -> Result<Headless, SetPlatformError> {
        Headless::with(RepaintBufferType::NewBuffer, width, height)
    }

    fn with(kind: RepaintBufferType, width: u32, height: u32) -> Result<Headless, SetPlatformError> {
        let window = MinimalSoftwareWindow::new(kind);
        slint::platform::set_platform(Box::new(Memory { window: window.clone(), start: Instant::now() }))?;
        let mut headless = Headless { window, size: (0, 0), pixels: Vec::new() };
        headless.resize(width, height);
        Ok(headless)
    }

    /// Gives the window another size, pixels.
    pub fn resize(&mut self, width: u32, height: u32) {
        self.window.set_size(PhysicalSize::new(width, height));
        self.size = (width, height);
        self.pixels = vec![Rgb8Pixel::default(); width as usize * height as usize];
    }

    /// Sets how many pixels one of the layout's units has.
    pub fn set_scale(&self, scale_factor: f32) {
        self.window.dispatch_event(WindowEvent::ScaleFactorChanged { scale_factor });
    }

    /// Lets time pass for animations and draws what changed; returns how long the drawing took, zero if nothing changed.
    pub fn draw(&mut self) -> Duration {
        slint::platform::update_timers_and_animations();
        let (pixels, stride) = (&mut self.pixels, self.size.0 as usize);
        let start = Instant::now();
        let drawn = self.window.draw_if_needed(|renderer| {
            renderer.render(pixels, stride);
        });
        if drawn { start.elapsed() } else { Duration::ZERO }
    }

    /// Draws though nothing changed.
    pub fn redraw(&mut self) -> Duration {
        self.window.request_redraw();
        self.draw()
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

    /// What is on the screen: RGB, three bytes a pixel, row by row.
    #[must_use]
    pub fn rgb(&self) -> Vec<u8> {
        self.pixels.iter().flat_map(|p| [p.r, p.g, p.b]).collect()
    }

    /// Writes what is on the screen as PNG.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn save(&self, path: &Path) -> image::ImageResult<()> {
        image::save_buffer(path, &self.rgb(), self.size.0, self.size.1, image::ExtendedColorType::Rgb8)
    }
}
