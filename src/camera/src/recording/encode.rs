//! Encodes rendered frames as a camera does.

use image::RgbImage;

use crate::frame::LostReason;

/// Quality of the frames' JPEG, about that of a camera.
const QUALITY: u8 = 90;

/// The frame as a 4:2:2 JPEG, the subsampling of most cameras. Sides are at most 4096 pixels, see
/// [`super::scene_state::SceneState::new`].
pub(super) fn encoded(frame: &RgbImage) -> Result<Vec<u8>, LostReason> {
    let mut bytes = Vec::new();
    let (width, height) = (frame.width() as u16, frame.height() as u16);
    let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, QUALITY);
    encoder.set_sampling_factor(jpeg_encoder::SamplingFactor::R_4_2_2);
    encoder
        .encode(frame.as_raw(), width, height, jpeg_encoder::ColorType::Rgb)
        .map_err(|error| LostReason::Driver(error.to_string()))?;
    Ok(bytes)
}
