//! A face as the detector finds it.

use crate::geometry::{FaceBox, Point};

/// A detected face.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Detection {
    /// Confidence, `0.0..=1.0`.
    pub(crate) score: f32,
    pub(crate) area: FaceBox,
    /// Image-left eye, image-right eye, nose tip, image-left and image-right corner of the mouth.
    pub(crate) five: [Point; 5],
}
