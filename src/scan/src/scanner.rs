//! The scanner: in which order a picture's views are tried, and when to stop.
//!
//! A still goes through all views until a code is read or the time is up. A live frame gets the cheapest view, then a close-up
//! of the place where finder patterns were seen, then one of the expensive views: the next frame tries the next one, because
//! a phone is held up for many frames.

use std::time::Duration;

use containment::contained;
use image::{GrayImage, imageops};

use crate::budget::{Budget, WorkCost, thread_cpu_time};
use crate::code::Scan;
use crate::hint;
use crate::luma::Luma;
use crate::outline::Quad;
use crate::scan_pass::ScanPass;
use crate::schedule::{CLOSE_UP_VIEWS, FIRST_BENT_VIEW, LIVE_VIEWS, RouteChoice, STILL_VIEWS};
use crate::soft_decision::{self, Effort, FrameAverage};
use crate::views::{Prep, cut_out, view};
use crate::{route_rqrr, route_rxing};

/// How much time a picture is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// A camera frame: about 30 ms.
    Live,
    /// A still: up to 500 ms.
    Thorough,
}

/// Longest side that is scanned unreduced, in pixels.
const MAX_SIDE: u32 = 1600;
/// The `rqrr` route costs about this many times the `rxing` route for the same pixels.
const RQRR_WORK: f64 = 6.0;
/// Seconds of a quick soft-decision attempt on 100 x 100 modules, before anything was measured.
const SOFT_DECISION_SECONDS: f64 = 0.03;
/// A long soft-decision attempt costs about this many quick ones.
const LONG_EFFORT_WORK: f64 = 12.0;

/// Reads codes, one picture after the other. Keeps between pictures the measured speed of this machine, which live view is
/// next, and the modules of a code that several frames show.
#[derive(Debug)]
pub struct Scanner {
    mode: Mode,
    limit: Duration,
    view_cost: WorkCost,
    soft_decision_cost: WorkCost,
    average: FrameAverage,
    next_live_view: usize,
    read_in: Option<&'static str>,
}

impl Scanner {
    /// A scanner with the time budget of `mode`.
    #[must_use]
    pub fn new(mode: Mode) -> Self {
        let limit = match mode {
            Mode::Live => Duration::from_millis(30),
            Mode::Thorough => Duration::from_millis(480),
        };
        Self::with_limit(mode, limit)
    }

    /// A scanner with another time budget per picture, for machines that are slower or busier than the kiosk's.
    #[must_use]
    pub fn with_limit(mode: Mode, limit: Duration) -> Self {
        Self {
            mode,
            limit,
            view_cost: WorkCost::default(),
            soft_decision_cost: WorkCost::new(SOFT_DECISION_SECONDS),
            average: FrameAverage::default(),
            next_live_view: 0,
            read_in: None,
        }
    }

    /// Scans one picture for codes. A picture whose size does not match its pixels holds none.
    pub fn scan(&mut self, luma: Luma<'_>) -> Scan {
        self.read_in = None;
        let Some(full) = luma.to_image() else {
            return Scan::default();
        };
        let longest = full.width().max(full.height());
        if longest <= MAX_SIDE {
            return self.scan_image(&full);
        }
        let shrink = MAX_SIDE as f32 / longest as f32;
        let side = |pixels: u32| ((pixels as f32 * shrink) as u32).max(1);
        let reduced = imageops::thumbnail(&full, side(full.width()), side(full.height()));
        let mut scan = self.scan_image(&reduced);
        let restore = |quad: &mut Quad| *quad = quad.map(|(x, y)| (x / shrink, y / shrink));
        scan.codes.iter_mut().for_each(|code| restore(&mut code.corners));
        scan.seen.iter_mut().for_each(restore);
        scan
    }

    /// Name of the view in which the last picture's code was read first, for measurements.
    #[must_use]
    pub fn read_in(&self) -> Option<&'static str> {
        self.read_in
    }

    /// Forgets the code of earlier frames, for another visit.
    pub fn forget(&mut self) {
        self.average.clear();
    }

    fn scan_image(&mut self, picture: &GrayImage) -> Scan {
        let mut pass = ScanPass::new(Budget::new(self.limit));
        match self.mode {
            Mode::Live => self.scan_live(picture, &mut pass),
            Mode::Thorough => self.scan_still(picture, &mut pass),
        }
        pass.confirm(picture);
        let codes = pass.consensus.codes();
        let trio = if codes.is_empty() { pass.seen.first().map(|seen| seen.trio) } else { None };
        Scan {
            codes,
            seen: trio.map(|trio| trio.quad()),
            hint: trio.map(|trio| hint::diagnose(&trio, picture)),
        }
    }

    fn scan_still(&mut self, picture: &GrayImage, pass: &mut ScanPass) {
        for (index, (prep, routes)) in STILL_VIEWS.iter().enumerate() {
            if self.try_view(picture, *prep, *routes, pass, (0.0, 0.0))
                || self.try_soft_decision(picture, pass, Effort::Quick)
                || (index >= FIRST_BENT_VIEW && self.try_soft_decision(picture, pass, Effort::Long))
            {
                return;
            }
        }
    }

    fn scan_live(&mut self, picture: &GrayImage, pass: &mut ScanPass) {
        if self.try_view(picture, Prep::AsIs, RouteChoice::Rxing, pass, (0.0, 0.0))
            || self.try_soft_decision(picture, pass, Effort::Quick)
        {
            return;
        }
        if let Some(seen) = pass.seen.first() {
            let (part, offset) = cut_out(picture, &seen.trio.quad());
            let first = self.next_live_view % CLOSE_UP_VIEWS.len();
            for (prep, routes) in CLOSE_UP_VIEWS.iter().cycle().skip(first).take(CLOSE_UP_VIEWS.len()) {
                if self.try_view(&part, *prep, *routes, pass, offset) {
                    return;
                }
            }
        }
        let (prep, routes) = LIVE_VIEWS[self.next_live_view % LIVE_VIEWS.len()];
        self.next_live_view = self.next_live_view.wrapping_add(1);
        if !self.try_view(picture, prep, routes, pass, (0.0, 0.0)) {
            self.try_soft_decision(picture, pass, Effort::Quick);
        }
    }

    /// Soft-decodes every code that is seen and was not tried with that effort; true if one was read.
    fn try_soft_decision(&mut self, picture: &GrayImage, pass: &mut ScanPass, effort: Effort) -> bool {
        for index in 0..pass.seen.len() {
            let seen = pass.seen[index];
            if seen.tried == Some(Effort::Long) || seen.tried == Some(effort) {
                continue;
            }
            let side = seen.trio.modules() / 100.0;
            let work =
                f64::from(side * side + 0.1) * if effort == Effort::Long { LONG_EFFORT_WORK } else { 1.0 };
            if !self.soft_decision_cost.fits(work, &pass.budget) {
                continue;
            }
            pass.seen[index].tried = Some(effort);
            let start = thread_cpu_time();
            let read = contained("soft decision", || {
                if seen.inverted {
                    let mut inverted = picture.clone();
                    imageops::invert(&mut inverted);
                    return soft_decision::read(&inverted, &seen.trio, effort, &mut self.average);
                }
                soft_decision::read(picture, &seen.trio, effort, &mut self.average)
            });
            self.soft_decision_cost.learn(work, thread_cpu_time().saturating_sub(start));
            if let Some(read) = read.flatten() {
                self.read_in =
                    Some(if effort == Effort::Long { "soft decision, bent" } else { "soft decision" });
                pass.consensus.add(read);
                return true;
            }
        }
        false
    }

    /// Tries one view; true if something was read. `offset` is where `picture` lies in the scanned picture.
    fn try_view(
        &mut self,
        picture: &GrayImage,
        prep: Prep,
        routes: RouteChoice,
        pass: &mut ScanPass,
        offset: (f32, f32),
    ) -> bool {
        let millions = f64::from(picture.width()) * f64::from(picture.height()) * prep.growth() / 1e6;
        let work = if routes == RouteChoice::Rqrr { RQRR_WORK } else { 1.0 } * millions;
        // The first view is always tried. One stall (while models are loaded, for instance) would otherwise leave a cost by
        // which nothing ever fits, and work that is never done teaches no better one.
        if pass.started && !self.view_cost.fits(work, &pass.budget) {
            return false;
        }
        pass.started = true;
        let start = thread_cpu_time();
        let view = view(picture, prep);
        let mut done = millions;
        if routes != RouteChoice::Rqrr {
            let found = route_rxing::read(&view.picture, view.ink);
            if found.reads.is_empty()
                && let Some(trio) = found.trio
            {
                pass.note_seen(view.trio_to_picture(&trio).moved(offset), prep == Prep::Inverted);
            }
            pass.add(found.reads, &view, offset);
        }
        if routes == RouteChoice::Rqrr
            || (routes == RouteChoice::Each
                && pass.consensus.is_empty()
                && self.view_cost.fits(millions * RQRR_WORK, &pass.budget))
        {
            done = millions * RQRR_WORK;
            pass.add(route_rqrr::read(&view.picture, view.ink), &view, offset);
        }
        self.view_cost.learn(done, thread_cpu_time().saturating_sub(start));
        let read = !pass.consensus.is_empty();
        if read {
            self.read_in = Some(prep.name());
        }
        read
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::Luma as Grey;

    #[test]
    fn a_stall_does_not_blind_the_scanner_for_good() {
        let code = qrcode::QrCode::new("after the stall").expect("fits");
        let (width, dark) = (code.width() as u32, code.to_colors());
        let picture = GrayImage::from_fn((width + 8) * 6, (width + 8) * 6, |x, y| {
            let (x, y) = ((x / 6).wrapping_sub(4), (y / 6).wrapping_sub(4));
            let black = x < width && y < width && dark[(y * width + x) as usize] == qrcode::Color::Dark;
            Grey([if black { 0 } else { 255 }])
        });
        let mut scanner = Scanner::new(Mode::Live);
        for _ in 0..50 {
            scanner.view_cost.learn(1.0, Duration::from_secs(2));
            scanner.soft_decision_cost.learn(1.0, Duration::from_secs(2));
        }
        let (width, height) = picture.dimensions();
        let scan = scanner.scan(Luma { pixels: picture.as_raw(), width, height });
        assert_eq!(scan.codes.len(), 1);
    }
}
