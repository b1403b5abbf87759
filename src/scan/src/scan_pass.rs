//! The state of one picture while it is scanned: the reads so far, the codes that are seen but not read, and the time left.

use image::{GrayImage, imageops};

use crate::budget::Budget;
use crate::consensus::{DecodeConsensus, Read, Route};
use crate::outline::{FinderTrio, same_place};
use crate::soft_decision::Effort;
use crate::views::{View, straightened};
use crate::{route_rqrr, route_rxing};

/// Most codes that are tracked in one picture without being read.
const MAX_SEEN: usize = 3;
/// Longest side of a straightened code that the second route is asked about, in pixels: bounds the time.
const MAX_STRAIGHTENED: f32 = 720.0;

/// A code that is seen in the picture.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seen {
    pub trio: FinderTrio,
    /// Whether it is light on dark.
    pub inverted: bool,
    /// The effort of the last soft-decision attempt.
    pub tried: Option<Effort>,
}

/// One picture's state while it is scanned.
pub(crate) struct ScanPass {
    pub budget: Budget,
    pub consensus: DecodeConsensus,
    /// Codes whose finder patterns were seen, in the order in which they were seen.
    pub seen: Vec<Seen>,
    /// Whether any view was tried yet.
    pub started: bool,
}

impl ScanPass {
    pub(crate) fn new(budget: Budget) -> Self {
        Self { budget, consensus: DecodeConsensus::default(), seen: Vec::new(), started: false }
    }

    /// Adds reads of a view; `offset` is where the view's picture lies in the scanned picture.
    pub(crate) fn add(&mut self, reads: Vec<Read>, view: &View, offset: (f32, f32)) {
        for mut read in reads {
            read.corners = view.to_picture(read.corners).map(|(x, y)| (x + offset.0, y + offset.1));
            self.consensus.add(read);
        }
    }

    /// Remembers three finder patterns, once for each place.
    pub(crate) fn note_seen(&mut self, trio: FinderTrio, inverted: bool) {
        let known = |seen: &Seen| seen.inverted == inverted && same_place(&seen.trio.quad(), &trio.quad());
        if self.seen.len() < MAX_SEEN && !self.seen.iter().any(known) {
            self.seen.push(Seen { trio, inverted, tried: None });
        }
    }

    /// Asks a second route about every code that only one route read: the place is known, so the code is straightened, but
    /// the second route decides about every module from the pixels by itself.
    pub(crate) fn confirm(&mut self, picture: &GrayImage) {
        for read in self.consensus.unconfirmed() {
            self.confirm_one(picture, &read);
        }
    }

    fn confirm_one(&mut self, picture: &GrayImage, read: &Read) {
        let ask = |view: &View| match read.route {
            Route::Rxing | Route::SoftDecision => route_rqrr::read(&view.picture, view.ink),
            Route::Rqrr => route_rxing::read(&view.picture, view.ink).reads,
        };
        for (module, dark) in [(4.0, false), (7.0, false), (4.0, true)] {
            if module * read.modules as f32 > MAX_STRAIGHTENED || self.budget.left().is_zero() {
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
                self.consensus.add(second);
            }
            if answered {
                return;
            }
        }
    }
}
