//! Pictures as a visit knows them: handles into the kiosk's vault, and what was measured of each.

use collection::ComparisonBand;
use standard::{Check, Verdict};

/// Handle of a picture; the pixels are held in the kiosk's vault and wiped with the visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FrameId(pub u64);

/// A frame of the burst with its capture checks.
#[derive(Clone, Debug, PartialEq)]
pub struct Assessed {
    /// The frame.
    pub frame: FrameId,
    /// The worst verdict.
    pub verdict: Verdict,
    /// Every check.
    pub checks: Vec<Check>,
    /// Mean of what is comparable between frames of one burst, higher is better.
    pub rank: f64,
}

/// The comparison of a frame with the admission photo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Compared {
    /// Where it fell.
    pub band: ComparisonBand,
    /// Score in tenths, 0..=1000; `None` when nothing was compared.
    pub score_tenths: Option<u16>,
    /// The picture is the admission photo or an edit of it.
    pub same_photo: bool,
}

impl Compared {
    /// Nothing was compared, because there is nothing to compare with or the student did not agree.
    pub const NOTHING: Compared =
        Compared { band: ComparisonBand::None, score_tenths: None, same_photo: false };
    /// A comparison that should have been made could not be: a reviewer looks, the kiosk never decides alone.
    pub const BY_EYE: Compared =
        Compared { band: ComparisonBand::Manual, score_tenths: None, same_photo: false };
}

/// A finished portrait.
#[derive(Clone, Debug, PartialEq)]
pub struct Made {
    /// Handle of the finished file.
    pub portrait: FrameId,
    /// Size of the file, bytes.
    pub bytes: u32,
    /// Its file checks.
    pub checks: Vec<Check>,
}

/// A portrait that was made at an earlier visit and not submitted.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// The finished portrait.
    pub made: Made,
    /// The frame it was made from.
    pub original: FrameId,
    /// How it compared.
    pub compared: Compared,
}
