//! A decoded picture before its orientation and its profile are applied.

use image::RgbImage;
use image::metadata::Orientation;

/// A picture as its file has it, and what the file says about it.
pub(super) struct Raw {
    pub(super) picture: RgbImage,
    /// `None` where the file says nothing, or nothing that can be understood.
    pub(super) orientation: Option<Orientation>,
    pub(super) profile: Option<Vec<u8>>,
}
