//! The outcome of a scan: the codes that were read, or why a visible one was not.

use crate::charset::Text;
use crate::hint::ScanHint;

/// Which decoders read a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Routes {
    /// Only the `rxing` route.
    Rxing,
    /// Only the `rqrr` route.
    Rqrr,
    /// Only the soft-decision route.
    SoftDecision,
    /// At least two of them, with the same bytes.
    Both,
}

/// One code that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Code {
    /// The payload as the code carries it.
    pub bytes: Vec<u8>,
    /// The payload as text, where an interpretation is plausible.
    pub text: Option<Text>,
    /// Corners in pixels of the scanned picture: top left, top right, bottom right, bottom left of the code itself
    /// (a code held upside down has its top left below).
    pub corners: [(f32, f32); 4],
    /// Which decoders read it.
    pub routes: Routes,
}

/// The outcome of scanning one picture.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scan {
    /// Codes that were read, largest first.
    pub codes: Vec<Code>,
    /// Outline of a code whose finder patterns were seen but which was not read; only when `codes` is empty.
    pub seen: Option<[(f32, f32); 4]>,
    /// Why the seen code was not read.
    pub hint: Option<ScanHint>,
}
