//! Draws scenes of the kiosk's window into pictures.

use crate::scenes::Scene;
use headless::Headless;
use slint::ComponentHandle as _;
use std::error::Error;
use std::time::Duration;
use ui::AppWindow;

/// One window for all scenes, as in the kiosk.
pub struct Stage {
    screen: Headless,
    app: AppWindow,
}

impl Stage {
    pub fn new() -> Result<Self, Box<dyn Error>> {
        let screen = Headless::install_whole(1080, 1920)?;
        let app = AppWindow::new()?;
        let oval = standard::framing::OVAL;
        let framing = app.global::<ui::Framing<'_>>();
        framing.set_centre_x(oval.centre.0);
        framing.set_centre_y(oval.centre.1);
        framing.set_radius_x(oval.radii.0);
        framing.set_radius_y(oval.radii.1);
        app.show()?;
        Ok(Self { screen, app })
    }

    /// Sets the scene and draws it; returns the picture and the time of a whole repaint.
    pub fn play(&mut self, scene: &Scene) -> Result<(image::RgbImage, Duration), Box<dyn Error>> {
        let (width, height) = scene.size;
        self.screen.set_scale(ui::scale_for(width, height));
        self.screen.resize(width, height);
        scene.set(&self.app)?;
        // Twice: the first pass creates conditional elements, lays out and caches glyphs.
        self.screen.redraw();
        let spent = self.screen.redraw();
        let shot = image::RgbImage::from_raw(width, height, self.screen.rgb())
            .ok_or("the buffer has the size of the window")?;
        Ok((shot, spent))
    }
}
