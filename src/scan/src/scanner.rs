//! The order in which a picture is looked at, and when to stop.
//!
//! A still gets the whole ladder of views until a code is read or the time is up. A live frame gets the cheapest look,
//! then a closer look where finder patterns were seen, then one of the dearer views in turn: the next frame tries the
//! next one, and a phone is held up for many frames.

use std::time::Duration;

use image::{GrayImage, imageops};

use crate::code::Scan;
use crate::grid::{self, Album, Effort};
use crate::ledger::{Ledger, Read, Route};
use crate::luma::Luma;
use crate::outline::{Quad, Trio, same_place};
use crate::pace::{Budget, Pace, worked};
use crate::views::{Prep, View, cut_out, straightened, view};
use crate::{route_rqrr, route_rxing, sight};
use containment::contained;

/// How much time a picture is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// A camera frame: about 30 ms.
    Live,
    /// A still: up to 500 ms.
    Thorough,
}

/// Longest side that is looked at as it is; larger pictures are reduced first.
const LONGEST: u32 = 1600;
/// Longest side of a straightened code that the other route is asked about: keeps the question short.
const MOST_STRAIGHTENED: f32 = 720.0;
/// The `rqrr` route costs about this much more than the `rxing` route for the same pixels.
const RQRR_WORK: f64 = 6.0;

/// Seconds that a quick weighing of 100 x 100 modules takes, before anything was measured.
const QUICK_WEIGHING: f64 = 0.03;
/// A long weighing costs about this many quick ones.
const LONG_WEIGHING: f64 = 12.0;
/// Places that are weighed in one picture.
const MOST_SEEN: usize = 3;
/// Rung of the ladder from which bent sheets are looked for.
const PATIENT_RUNG: usize = 4;

/// Which routes look at a view.
#[derive(Clone, Copy, PartialEq)]
enum By {
    Rxing,
    Rqrr,
    Each,
}

/// What a still is given, cheap and likely first.
const LADDER: &[(Prep, By)] = &[
    (Prep::AsIs, By::Each),
    (Prep::Inverted, By::Rxing),
    (Prep::Framed, By::Rxing),
    (Prep::Local(0.08), By::Rxing),
    (Prep::Reduced(2.0), By::Each),
    (Prep::Enlarged(2.0), By::Each),
    (Prep::EnlargedLocal(0.08), By::Each),
    (Prep::Global, By::Each),
    (Prep::Local(0.08), By::Rqrr),
    (Prep::Inverted, By::Rqrr),
    (Prep::Softened(1.2), By::Each),
    (Prep::Stretched, By::Rxing),
    (Prep::Rotated(30.0), By::Each),
    (Prep::Local(0.25), By::Each),
    (Prep::Framed, By::Rqrr),
    (Prep::Enlarged(3.0), By::Rxing),
    (Prep::EnlargedLocal(0.2), By::Each),
    (Prep::Rotated(15.0), By::Each),
    (Prep::Rotated(45.0), By::Rqrr),
    (Prep::Softened(2.0), By::Each),
    (Prep::Reduced(3.0), By::Each),
    (Prep::Local(0.03), By::Each),
    (Prep::Rotated(60.0), By::Rqrr),
];

/// The dearer views that live frames take in turn.
const TURNS: &[(Prep, By)] = &[
    (Prep::Reduced(2.0), By::Each),
    (Prep::Local(0.08), By::Rxing),
    (Prep::Inverted, By::Rxing),
    (Prep::Reduced(1.5), By::Rqrr),
    (Prep::Stretched, By::Rxing),
];

/// Looks again, closer, where finder patterns were seen in a live frame.
const CLOSER: &[(Prep, By)] = &[
    (Prep::Enlarged(2.0), By::Each),
    (Prep::AsIs, By::Rqrr),
    (Prep::EnlargedLocal(0.1), By::Each),
    (Prep::Local(0.2), By::Each),
];

/// Reads codes, one picture after the other. Keeps between pictures only what it learned about this machine's speed and
/// whose turn it is.
#[derive(Debug)]
pub struct Scanner {
    mode: Mode,
    limit: Duration,
    pace: Pace,
    weighing: Pace,
    album: Album,
    turn: usize,
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
        let (pace, weighing) = (Pace::default(), Pace::new(QUICK_WEIGHING));
        Self { mode, limit, pace, weighing, album: Album::default(), turn: 0, read_in: None }
    }

    /// Looks for codes in one picture. A picture whose size does not match its pixels holds none.
    pub fn scan(&mut self, luma: Luma<'_>) -> Scan {
        self.read_in = None;
        let Some(full) = luma.to_image() else {
            return Scan::default();
        };
        let longest = full.width().max(full.height());
        if longest <= LONGEST {
            return self.look(&full);
        }
        let shrink = LONGEST as f32 / longest as f32;
        let side = |pixels: u32| ((pixels as f32 * shrink) as u32).max(1);
        let reduced = imageops::thumbnail(&full, side(full.width()), side(full.height()));
        let mut scan = self.look(&reduced);
        let restore = |quad: &mut Quad| *quad = quad.map(|(x, y)| (x / shrink, y / shrink));
        scan.codes.iter_mut().for_each(|code| restore(&mut code.corners));
        scan.seen.iter_mut().for_each(restore);
        scan
    }

    /// Name of the view in which the last picture's code was read first; for measurements.
    #[must_use]
    pub fn read_in(&self) -> Option<&'static str> {
        self.read_in
    }

    /// Forgets the code of earlier frames: another visit begins.
    pub fn forget(&mut self) {
        self.album.clear();
    }

    fn look(&mut self, picture: &GrayImage) -> Scan {
        let budget = Budget::new(self.limit);
        let mut glance = Glance { budget, ledger: Ledger::default(), seen: Vec::new(), looked: false };
        match self.mode {
            Mode::Live => self.look_live(picture, &mut glance),
            Mode::Thorough => self.look_thoroughly(picture, &mut glance),
        }
        for read in glance.ledger.unconfirmed() {
            confirm(picture, &read, &mut glance);
        }
        let codes = glance.ledger.codes();
        let trio = if codes.is_empty() { glance.seen.first().map(|seen| seen.trio) } else { None };
        Scan {
            codes,
            seen: trio.map(|trio| trio.quad()),
            sight: trio.map(|trio| sight::judged(&trio, picture)),
        }
    }

    fn look_thoroughly(&mut self, picture: &GrayImage, glance: &mut Glance) {
        for (rung, (prep, by)) in LADDER.iter().enumerate() {
            if self.attempt(picture, *prep, *by, glance, (0.0, 0.0))
                || self.weigh_all(picture, glance, Effort::Quick)
                || (rung >= PATIENT_RUNG && self.weigh_all(picture, glance, Effort::Long))
            {
                return;
            }
        }
    }

    fn look_live(&mut self, picture: &GrayImage, glance: &mut Glance) {
        if self.attempt(picture, Prep::AsIs, By::Rxing, glance, (0.0, 0.0))
            || self.weigh_all(picture, glance, Effort::Quick)
        {
            return;
        }
        if let Some(seen) = glance.seen.first() {
            let (part, offset) = cut_out(picture, &seen.trio.quad());
            let closer = CLOSER.iter().cycle().skip(self.turn % CLOSER.len()).take(CLOSER.len());
            for (prep, by) in closer {
                if self.attempt(&part, *prep, *by, glance, offset) {
                    return;
                }
            }
        }
        let (prep, by) = TURNS[self.turn % TURNS.len()];
        self.turn = self.turn.wrapping_add(1);
        if !self.attempt(picture, prep, by, glance, (0.0, 0.0)) {
            self.weigh_all(picture, glance, Effort::Quick);
        }
    }

    /// Weighs the modules of every code that is seen and was not weighed with that effort; true if one was read.
    fn weigh_all(&mut self, picture: &GrayImage, glance: &mut Glance, effort: Effort) -> bool {
        for place in 0..glance.seen.len() {
            let seen = glance.seen[place];
            if seen.weighed == Some(Effort::Long) || seen.weighed == Some(effort) {
                continue;
            }
            let side = seen.trio.modules() / 100.0;
            let work =
                f64::from(side * side + 0.1) * if effort == Effort::Long { LONG_WEIGHING } else { 1.0 };
            if !self.weighing.fits(work, &glance.budget) {
                continue;
            }
            glance.seen[place].weighed = Some(effort);
            let start = worked();
            let read = contained("weighing", || {
                if seen.inverted {
                    let mut inverted = picture.clone();
                    imageops::invert(&mut inverted);
                    return grid::read(&inverted, &seen.trio, effort, &mut self.album);
                }
                grid::read(picture, &seen.trio, effort, &mut self.album)
            });
            self.weighing.learn(work, worked().saturating_sub(start));
            if let Some(read) = read.flatten() {
                self.read_in = Some(if effort == Effort::Long { "weighed, bent" } else { "weighed" });
                glance.ledger.enter(read);
                return true;
            }
        }
        false
    }

    /// Looks at one view; true if something was read. `offset` is where `picture` lies in the scanned picture.
    fn attempt(
        &mut self,
        picture: &GrayImage,
        prep: Prep,
        by: By,
        glance: &mut Glance,
        offset: (f32, f32),
    ) -> bool {
        let millions = f64::from(picture.width()) * f64::from(picture.height()) * prep.growth() / 1e6;
        let work = if by == By::Rqrr { RQRR_WORK } else { 1.0 } * millions;
        // The first look is always taken. One stall (models being loaded beside it) would otherwise leave a pace by which
        // nothing ever fits, and what is never done teaches no better one.
        if glance.looked && !self.pace.fits(work, &glance.budget) {
            return false;
        }
        glance.looked = true;
        let start = worked();
        let view = view(picture, prep);
        let mut done = millions;
        if by != By::Rqrr {
            let look = route_rxing::read(&view.picture, view.ink);
            if look.reads.is_empty()
                && let Some(trio) = look.trio
            {
                glance.sight(view.trio_to_picture(&trio).moved(offset), prep == Prep::Inverted);
            }
            glance.enter(look.reads, &view, offset);
        }
        if by == By::Rqrr
            || (by == By::Each
                && glance.ledger.is_empty()
                && self.pace.fits(millions * RQRR_WORK, &glance.budget))
        {
            done = millions * RQRR_WORK;
            glance.enter(route_rqrr::read(&view.picture, view.ink), &view, offset);
        }
        self.pace.learn(done, worked().saturating_sub(start));
        let read = !glance.ledger.is_empty();
        if read {
            self.read_in = Some(prep.name());
        }
        read
    }
}

/// A code that is seen in the picture.
#[derive(Clone, Copy, Debug)]
struct Seen {
    trio: Trio,
    /// Seen light on dark.
    inverted: bool,
    /// With what effort its modules were weighed.
    weighed: Option<Effort>,
}

/// One picture's state while it is looked at.
struct Glance {
    budget: Budget,
    ledger: Ledger,
    /// Codes whose finder patterns were seen, the first first.
    seen: Vec<Seen>,
    /// Whether anything was tried yet.
    looked: bool,
}

impl Glance {
    fn enter(&mut self, reads: Vec<Read>, view: &View, offset: (f32, f32)) {
        for mut read in reads {
            read.corners = view.to_picture(read.corners).map(|(x, y)| (x + offset.0, y + offset.1));
            self.ledger.enter(read);
        }
    }

    /// Notes a trio of finder patterns, once for each place.
    fn sight(&mut self, trio: Trio, inverted: bool) {
        let known = |seen: &Seen| seen.inverted == inverted && same_place(&seen.trio.quad(), &trio.quad());
        if self.seen.len() < MOST_SEEN && !self.seen.iter().any(known) {
            self.seen.push(Seen { trio, inverted, weighed: None });
        }
    }
}

/// Asks the other route about a code that one route read: the place is known, so the code is straightened for it, but
/// it decides about every module from the pixels by itself.
fn confirm(picture: &GrayImage, read: &Read, glance: &mut Glance) {
    let ask = |view: &View| match read.route {
        Route::Rxing | Route::Grid => route_rqrr::read(&view.picture, view.ink),
        Route::Rqrr => route_rxing::read(&view.picture, view.ink).reads,
    };
    for (module, dark) in [(4.0, false), (7.0, false), (4.0, true)] {
        if module * read.modules as f32 > MOST_STRAIGHTENED || glance.budget.left().is_zero() {
            continue;
        }
        let Some(mut view) = straightened(picture, &read.corners, read.modules, module) else { return };
        if dark {
            imageops::invert(&mut view.picture);
        }
        let mut answered = false;
        for mut second in ask(&view) {
            second.corners = view.to_picture(second.corners);
            // A smaller code drawn inside this one says nothing about it.
            answered |= same_place(&second.corners, &read.corners);
            glance.ledger.enter(second);
        }
        if answered {
            return;
        }
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
            scanner.pace.learn(1.0, Duration::from_secs(2));
            scanner.weighing.learn(1.0, Duration::from_secs(2));
        }
        let (width, height) = picture.dimensions();
        let scan = scanner.scan(Luma { pixels: picture.as_raw(), width, height });
        assert_eq!(scan.codes.len(), 1);
    }
}
