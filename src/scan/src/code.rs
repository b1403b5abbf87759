//! What a scan hands out.

use crate::charset::Text;

/// Which decoders read a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Routes {
    /// Only the `rxing` route.
    Rxing,
    /// Only the `rqrr` route.
    Rqrr,
    /// Only our own weighing of modules.
    Grid,
    /// At least two of them, with the same bytes.
    Both,
}

/// One code that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Code {
    /// The payload as the code carries it: the truth.
    pub bytes: Vec<u8>,
    /// The payload as text, where an interpretation is plausible.
    pub text: Option<Text>,
    /// Corners in pixels of the scanned picture: top left, top right, bottom right, bottom left of the code itself
    /// (a code held upside down has its top left below).
    pub corners: [(f32, f32); 4],
    /// Which decoders vouch for it.
    pub routes: Routes,
}

/// Why a code that is seen could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
    /// A module of the code is narrower than the decoders need: come closer.
    TooSmall,
    /// The bright parts of the code are dark: brighten the screen.
    TooDark,
    /// A reflection blinds a part of it: tilt the phone.
    Glare,
    /// The pixels of the phone's own screen are what is seen, as when a screenshot is shown too large or too small: show
    /// the saved image.
    ScreenGrid,
    /// Large and bright enough, but its edges are soft or damaged: hold still.
    Blurred,
}

impl Sight {
    /// The code of the sentence that tells the student what to do.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::TooSmall => "scan.too_small",
            Self::TooDark => "scan.too_dark",
            Self::Glare => "scan.glare",
            Self::ScreenGrid => "scan.screen_grid",
            Self::Blurred => "scan.blurred",
        }
    }
}

/// The outcome of one look at one picture.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scan {
    /// Codes that were read, largest first.
    pub codes: Vec<Code>,
    /// Outline of a code whose finder patterns were seen but which was not read; only when `codes` is empty.
    pub seen: Option<[(f32, f32); 4]>,
    /// Why the seen code was not read.
    pub sight: Option<Sight>,
}
