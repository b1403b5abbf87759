//! Decodes raw frames to pictures; damaged frames are refused, never shown.

use std::io::Cursor;

use containment::contained;
use image::codecs::jpeg::JpegDecoder;
use image::{DynamicImage, ImageDecoder as _, RgbImage};

use crate::backend::{Coding, RawFrame};
use crate::bad_frame::BadFrame;
use crate::config::Rotation;
use crate::{jpeg, rotation, yuv};

/// The picture rotated by `mount`, and the camera's own JPEG bytes, completed and marked with that rotation, if it sent JPEG.
pub(crate) fn decode(raw: &RawFrame, mount: Rotation) -> Result<(RgbImage, Option<Vec<u8>>), BadFrame> {
    if raw.incomplete {
        return Err(BadFrame::Incomplete);
    }
    let (image, bytes) = match raw.coding {
        Coding::Mjpeg => {
            let bytes = jpeg::complete(&raw.bytes)?;
            let decoded = contained("camera frame", || decoded(&bytes, raw.width, raw.height));
            (decoded.ok_or(BadFrame::Panicked)??, Some(bytes))
        }
        Coding::Yuyv => (yuv::from_yuyv(&raw.bytes, raw.width, raw.height)?, None),
        Coding::Nv12 => (yuv::from_nv12(&raw.bytes, raw.width, raw.height)?, None),
    };
    Ok((rotation::rotated(image, mount), bytes.map(|bytes| rotation::with_orientation_tag(bytes, mount))))
}

/// Decodes after checking the declared size, so that nothing is allocated for a wrong header.
fn decoded(bytes: &[u8], width: u32, height: u32) -> Result<RgbImage, BadFrame> {
    let bad = |error: image::ImageError| BadFrame::Jpeg(error.to_string());
    let decoder = JpegDecoder::new(Cursor::new(bytes)).map_err(bad)?;
    let (have_width, have_height) = decoder.dimensions();
    if (have_width, have_height) != (width, height) {
        return Err(BadFrame::Size { have_width, have_height, width, height });
    }
    Ok(DynamicImage::from_decoder(decoder).map_err(bad)?.into_rgb8())
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;
    use proptest::prelude::*;

    fn raw(coding: Coding, width: u32, height: u32, bytes: Vec<u8>) -> RawFrame {
        RawFrame { coding, width, height, bytes, at: Instant::now(), incomplete: false }
    }

    fn mjpeg(bytes: Vec<u8>) -> RawFrame {
        raw(Coding::Mjpeg, 32, 24, bytes)
    }

    #[test]
    fn a_whole_frame_is_decoded_and_keeps_its_bytes() {
        let bytes = jpeg::tests::sample();
        let (image, kept) = decode(&mjpeg(bytes.clone()), Rotation::None).expect("decodes");
        assert_eq!(image.dimensions(), (32, 24));
        assert_eq!(kept, Some(bytes));
    }

    #[test]
    fn a_truncated_frame_is_refused_although_the_decoder_would_take_it() {
        let bytes = jpeg::tests::sample();
        let cut = bytes[..bytes.len() - 40].to_vec();
        assert!(
            decoded(&cut, 32, 24).is_ok(),
            "if this fails the decoder has become strict: remove the check for the end marker then"
        );
        assert!(matches!(decode(&mjpeg(cut), Rotation::None), Err(BadFrame::Jpeg(_))));
    }

    #[test]
    fn a_frame_of_another_size_and_one_the_driver_doubts_are_refused() {
        let bytes = jpeg::tests::sample();
        let other = raw(Coding::Mjpeg, 64, 48, bytes.clone());
        assert!(matches!(decode(&other, Rotation::None), Err(BadFrame::Size { have_width: 32, .. })));
        let doubtful = RawFrame { incomplete: true, ..mjpeg(bytes) };
        assert_eq!(decode(&doubtful, Rotation::None), Err(BadFrame::Incomplete));
    }

    #[test]
    fn a_rotated_camera_gives_upright_frames_and_marked_bytes() {
        let (image, kept) = decode(&mjpeg(jpeg::tests::sample()), Rotation::Right).expect("decodes");
        assert_eq!(image.dimensions(), (24, 32));
        let kept = kept.expect("its bytes");
        let mut decoder = JpegDecoder::new(Cursor::new(&kept)).expect("still a JPEG");
        let orientation = decoder.orientation().expect("marked");
        let mut shown = DynamicImage::from_decoder(decoder).expect("still decodes");
        shown.apply_orientation(orientation);
        assert_eq!(shown.into_rgb8(), image);
    }

    proptest! {
        #[test]
        fn damaged_frames_never_panic(at in 0usize..600, value: u8, cut in 0usize..700) {
            let mut bytes = jpeg::tests::sample();
            let len = bytes.len();
            bytes[at % len] = value;
            bytes.truncate(cut.max(1));
            let _ = decode(&mjpeg(bytes), Rotation::Left);
        }

        #[test]
        fn any_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300), width in 0u32..40, height in 0u32..40) {
            for coding in [Coding::Mjpeg, Coding::Yuyv, Coding::Nv12] {
                let _ = decode(&raw(coding, width, height, bytes.clone()), Rotation::Half);
            }
        }
    }
}
