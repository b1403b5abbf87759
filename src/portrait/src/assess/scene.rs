//! What the capture checks are made on.

use super::aligned::Aligned;
use super::skin::Skin;
use crate::find::{Detection, Face};
use crate::geometry::Window;
use crate::produce::Unplaced;
use crate::silhouette::Silhouette;
use image::RgbImage;
use standard::{CheckName, Preset};

/// One measurement: what and how much, in [`CheckName::unit`]; `None` where it cannot be made on this picture.
pub(crate) type Finding = (CheckName, Option<f64>);

/// The input of the capture checks.
pub(crate) struct Scene<'a> {
    pub(crate) picture: &'a RgbImage,
    pub(crate) faces: &'a [Detection],
    pub(crate) face: &'a Face,
    pub(crate) close_up: &'a CloseUp,
    pub(crate) silhouette: &'a Silhouette,
    pub(crate) placed: Result<Window, Unplaced>,
    /// The background that the portrait will have, sRGB.
    pub(crate) background_rgb: [u8; 3],
    pub(crate) preset: &'a Preset,
}

/// The findings of the face alone, which need no outline: measured while the matting network works.
pub(crate) struct CloseUp {
    pub(super) aligned: Aligned,
    pub(super) skin: Option<Skin>,
    pub(super) findings: Vec<Finding>,
}
