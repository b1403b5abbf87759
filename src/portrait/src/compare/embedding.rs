//! The face as 128 numbers (SFace 2021, Apache-2.0), on ArcFace's five-point alignment.

use crate::find::Detection;
use crate::geometry::{Point, Similarity};
use crate::models::{EngineError, Models, Network};
use crate::resample::warp;
use image::RgbImage;

/// Side of the aligned face, pixels.
const SIDE: usize = 112;
/// Where the five points belong.
const TEMPLATE: [Point; 5] = [
    Point::new(38.2946, 51.6963),
    Point::new(73.5318, 51.5014),
    Point::new(56.0252, 71.7366),
    Point::new(41.5493, 92.3655),
    Point::new(70.7299, 92.2041),
];

/// The normalised embedding of `face`.
pub(super) fn of(models: &Models, picture: &RgbImage, face: &Detection) -> Result<Vec<f32>, EngineError> {
    let aligned = warp(picture, &Similarity::fit(&face.five, &TEMPLATE), SIDE);
    let mut input = vec![0.0f32; 3 * SIDE * SIDE];
    for (i, p) in aligned.data.iter().enumerate() {
        for c in 0..3 {
            input[c * SIDE * SIDE + i] = p[c] * 255.0;
        }
    }
    let outputs = models.run(Network::Embedding, &[1, 3, SIDE, SIDE], &input)?;
    let malformed = || EngineError::Failed { name: "sface.onnx", reason: "unexpected output".into() };
    let mut raw = outputs.into_iter().map(|(_, v)| v).find(|v| v.len() == 128).ok_or_else(malformed)?;
    let length = raw.iter().map(|v| v * v).sum::<f32>().sqrt().max(1e-9);
    raw.iter_mut().for_each(|v| *v /= length);
    Ok(raw)
}
