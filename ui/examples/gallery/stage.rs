//! A window without a display: the software renderer draws scenes of it into pictures.

use crate::scenes::Scene;
use slint::platform::software_renderer::{MinimalSoftwareWindow, RepaintBufferType};
use slint::platform::{Platform, WindowAdapter, WindowEvent};
use slint::{ComponentHandle as _, PhysicalSize, PlatformError, Rgb8Pixel};
use std::error::Error;
use std::rc::Rc;
use std::time::{Duration, Instant};
use ui::AppWindow;

struct Headless {
    window: Rc<MinimalSoftwareWindow>,
    start: Instant,
}

impl Platform for Headless {
    fn create_window_adapter(&self) -> Result<Rc<dyn WindowAdapter>, PlatformError> {
        Ok(self.window.clone())
    }
    fn duration_since_start(&self) -> Duration {
        self.start.elapsed()
    }
}

/// One window for all scenes, as in the kiosk.
pub struct Stage {
    window: Rc<MinimalSoftwareWindow>,
    app: AppWindow,
}

impl Stage {
    pub fn new() -> Result<Self, Box<dyn Error>> {
        let window = MinimalSoftwareWindow::new(RepaintBufferType::NewBuffer);
        let headless = Headless { window: window.clone(), start: Instant::now() };
        slint::platform::set_platform(Box::new(headless)).map_err(|e| e.to_string())?;
        let app = AppWindow::new()?;
        let oval = standard::framing::OVAL;
        let framing = app.global::<ui::Framing<'_>>();
        framing.set_centre_x(oval.centre.0);
        framing.set_centre_y(oval.centre.1);
        framing.set_radius_x(oval.radii.0);
        framing.set_radius_y(oval.radii.1);
        app.show()?;
        Ok(Self { window, app })
    }

    /// Sets the scene and draws it; returns the picture and the time of a whole repaint.
    pub fn play(&self, scene: &Scene) -> Result<(image::RgbImage, Duration), Box<dyn Error>> {
        let (width, height) = scene.size;
        let scale_factor = ui::scale_for(width, height);
        self.window.dispatch_event(WindowEvent::ScaleFactorChanged { scale_factor });
        self.window.set_size(PhysicalSize::new(width, height));
        scene.set(&self.app)?;
        let mut buffer = vec![Rgb8Pixel::default(); (width * height) as usize];
        let mut spent = Duration::ZERO;
        // Twice: the first pass creates conditional elements, lays out and caches glyphs.
        for _ in 0..2 {
            slint::platform::update_timers_and_animations();
            self.window.request_redraw();
            let start = Instant::now();
            self.window.draw_if_needed(|renderer| {
                renderer.render(&mut buffer, width as usize);
            });
            spent = start.elapsed();
        }
        let bytes = buffer.iter().flat_map(|p| [p.r, p.g, p.b]).collect();
        let shot =
            image::RgbImage::from_raw(width, height, bytes).ok_or("the buffer has the size of the window")?;
        Ok((shot, spent))
    }
}
