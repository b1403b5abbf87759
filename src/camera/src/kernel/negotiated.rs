//! The format in which a camera streams after it was set.

use crate::backend::Coding;

/// The format that the driver accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NegotiatedFormat {
    pub width: u32,
    pub height: u32,
    pub fps: u32,
    pub coding: Coding,
    /// Bytes from one line to the next, of an uncompressed picture.
    pub stride: u32,
}
