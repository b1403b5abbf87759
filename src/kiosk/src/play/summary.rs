//! The result of a play: one JSON object for scripts and tests.

use serde::Serialize;

/// A screen that was shown.
#[derive(Clone, Debug, Serialize)]
pub struct Shot {
    /// File name in the output folder.
    pub file: String,
    /// Name of the screen.
    pub screen: String,
    /// Texts on it.
    pub texts: Vec<String>,
}

/// The whole play.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Summary {
    /// The script's title.
    pub title: String,
    /// Whether every step could be done.
    pub ok: bool,
    /// Why not.
    pub failure: Option<String>,
    /// How many touches there were.
    pub touches: u32,
    /// Seconds from the first step to the last.
    pub seconds: f64,
    /// Name of the screen at the end.
    pub ended_on: String,
    /// Texts on the screen at the end.
    pub texts: Vec<String>,
    /// Every screen in order.
    pub screens: Vec<Shot>,
    /// File name of the submitted portrait in the output folder.
    pub portrait: Option<String>,
    /// Entries that had not reached the server at the end.
    pub waiting: u64,
}
