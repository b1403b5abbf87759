//! Which views of a picture are tried, by which routes, in which order: cheap and likely ones first.

use crate::views::Prep;

/// Which routes read a view.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum RouteChoice {
    Rxing,
    Rqrr,
    /// `rxing` first, then `rqrr` if nothing was read and time is left.
    Each,
}

use RouteChoice as By;

/// The views of a still.
pub(crate) const STILL_VIEWS: &[(Prep, By)] = &[
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

/// Index in [`STILL_VIEWS`] from which bent sheets are tried too.
pub(crate) const FIRST_BENT_VIEW: usize = 4;

/// The expensive views of live frames: each frame tries the next one.
pub(crate) const LIVE_VIEWS: &[(Prep, By)] = &[
    (Prep::Reduced(2.0), By::Each),
    (Prep::Local(0.08), By::Rxing),
    (Prep::Inverted, By::Rxing),
    (Prep::Reduced(1.5), By::Rqrr),
    (Prep::Stretched, By::Rxing),
];

/// The views of the part of a live frame in which finder patterns were seen.
pub(crate) const CLOSE_UP_VIEWS: &[(Prep, By)] = &[
    (Prep::Enlarged(2.0), By::Each),
    (Prep::AsIs, By::Rqrr),
    (Prep::EnlargedLocal(0.1), By::Each),
    (Prep::Local(0.2), By::Each),
];
