//! What is wanted of a camera.

use std::path::PathBuf;

/// Where frames come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A USB camera.
    Usb {
        /// Part of its name or its bus path, whatever the case; the first camera if nothing is named.
        pick: Option<String>,
    },
    /// The pictures of a folder in the order of their names, over and over.
    Recording(PathBuf),
}

impl Source {
    /// A USB camera by part of its name or bus path, or the first one.
    #[must_use]
    pub fn usb(pick: Option<String>) -> Self {
        Self::Usb { pick }
    }
}

/// Source, size and rate. A camera that does not offer them gives the nearest it has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// Where frames come from.
    pub source: Source,
    /// Wanted width in pixels.
    pub width: u32,
    /// Wanted height in pixels.
    pub height: u32,
    /// Wanted frames a second.
    pub fps: u32,
}
