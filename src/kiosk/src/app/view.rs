//! What comes and goes on the screen while the stage stays: the scale, the clock, the live picture, the found code's outline, the
//! server's link.

use super::App;
use crate::inbox::LinkNews;
use slint::platform::WindowEvent;
use slint::{ComponentHandle as _, Image, LogicalSize};
use standard::framing::centre_of;
use ui::{CaptureView, Chrome, Quad, ScanView};
use visit::{Input, Stage};

/// Scales that differ by less look alike.
const SAME_SCALE: f32 = 0.001;

impl App {
    /// Draws the design as large as the screen that is there allows: smaller on a smaller one, so that nothing is cut off.
    pub(super) fn fit(&self) {
        let window = self.window.window();
        let size = window.size();
        let before = self.fitted.replace((size.width, size.height));
        let scale_factor = ui::scale_for(size.width, size.height);
        let same = (window.scale_factor() - scale_factor).abs() < SAME_SCALE;
        if before == (size.width, size.height) || size.width == 0 || size.height == 0 || same {
            return;
        }
        window.dispatch_event(WindowEvent::ScaleFactorChanged { scale_factor });
        let (width, height) = (size.width as f32 / scale_factor, size.height as f32 / scale_factor);
        window.dispatch_event(WindowEvent::Resized { size: LogicalSize::new(width, height) });
        // The preview is asked for in pixels of the screen.
        let watch = self.visit.borrow().watch();
        self.watch(watch);
    }

    pub(super) fn show_time(&self) {
        let now = self.clock.local();
        let text = format!("{:02}:{:02}", now.hour(), now.minute());
        self.window.global::<Chrome<'_>>().set_clock(text.into());
    }

    pub(super) fn show_preview(&self, picture: Image) {
        let visit = self.visit.borrow();
        if let Stage::Scan(_) = visit.stage() {
            self.window.global::<ScanView<'_>>().set_preview(picture);
        } else if let Stage::Capture(_) = visit.stage() {
            self.window.global::<CaptureView<'_>>().set_preview(picture);
        }
    }

    /// The found code's outline, in the mirrored preview's pixels.
    pub(super) fn show_outline(&self) {
        let view = self.window.global::<ScanView<'_>>();
        let scanning = matches!(self.visit.borrow().stage(), Stage::Scan(_));
        let Some(corners) = self.outline.get().filter(|_| scanning) else {
            view.set_found(false);
            return;
        };
        let size = if self.landscape() { ui::size::SCAN_LANDSCAPE } else { ui::size::SCAN };
        let frame = self.frame.get();
        let crop = centre_of(frame, size);
        let scale = size.0 as f32 / crop.width as f32;
        let [a, b, c, d] = corners.map(|(x, y)| {
            let x = (x * frame.0 as f32 - crop.x as f32) * scale;
            (size.0 as f32 - x, (y * frame.1 as f32 - crop.y as f32) * scale)
        });
        view.set_corners(Quad { x0: a.0, y0: a.1, x1: b.0, y1: b.1, x2: c.0, y2: c.1, x3: d.0, y3: d.1 });
        view.set_found(true);
    }

    pub(super) fn linked(&self, news: &LinkNews) {
        let chrome = self.window.global::<Chrome<'_>>();
        chrome.set_online(news.online);
        chrome.set_queued(i32::try_from(news.queued).unwrap_or(i32::MAX));
        self.waiting.set(news.queued);
        let link = &self.workers.link;
        self.panel.borrow_mut().traffic_reported(link.trouble(), link.held());
        if self.panel.borrow().is_open() {
            self.dirty.set(true);
        }
        // The receipt speaks of the newest entries; with none waiting, they have arrived.
        if news.online && news.queued == 0 && matches!(self.visit.borrow().stage(), Stage::Receipt(_)) {
            self.step(Input::Uploaded);
        }
    }
}
