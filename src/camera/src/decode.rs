//! From a raw frame to a picture, whatever the camera sent: damaged frames are refused, never shown.

use std::io::Cursor;

use containment::contained;
use image::codecs::jpeg::JpegDecoder;
use image::{DynamicImage, ImageDecoder as _, RgbImage};

use crate::config::Turn;
use crate::feed::{Coding, Raw};
use crate::{jpeg, turn, yuv};

/// Why a frame was dropped.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum BadFrame {
    /// Not a whole JPEG.
    #[error("the JPEG is damaged: {0}")]
    Jpeg(String),
    /// The decoder panicked.
    #[error("the JPEG decoder panicked")]
    Panicked,
    /// The driver lost part of it.
    #[error("the driver says that part of the frame is missing")]
    Flagged,
    /// It has another size than was agreed.
    #[error("a frame of {have_width} x {have_height} pixels came instead of {width} x {height}")]
    Size {
        /// Width that came.
        have_width: u32,
        /// Height that came.
        have_height: u32,
        /// Width that was agreed.
        width: u32,
        /// Height that was agreed.
        height: u32,
    },
    /// An uncompressed frame has another length than its size asks for.
    #[error("an uncompressed frame has {have} bytes instead of {need}")]
    Length {
        /// Bytes that came.
        have: usize,
        /// Bytes that its size asks for.
        need: usize,
    },
}

/// The picture turned by `mount`, and the camera's own JPEG bytes made complete and marked likewise, if it sent JPEG.
pub(crate) fn decode(raw: &Raw, mount: Turn) -> Result<(RgbImage, Option<Vec<u8>>), BadFrame> {
    if raw.flagged {
        return Err(BadFrame::Flagged);
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
    Ok((turn::turned(image, mount), bytes.map(|bytes| turn::marked(bytes, mount))))
}

/// Decodes after a look at the declared size: nothing is allocated for a header that lies.
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

    fn raw(coding: Coding, width: u32, height: u32, bytes: Vec<u8>) -> Raw {
        Raw { coding, width, height, bytes, at: Instant::now(), flagged: false }
    }

    fn mjpeg(bytes: Vec<u8>) -> Raw {
        raw(Coding::Mjpeg, 32, 24, bytes)
    }

    #[test]
    fn a_whole_frame_is_decoded_and_keeps_its_bytes() {
        let bytes = jpeg::tests::sample();
        let (image, kept) = decode(&mjpeg(bytes.clone()), Turn::None).expect("decodes");
        assert_eq!(image.dimensions(), (32, 24));
        assert_eq!(kept, Some(bytes));
    }

    #[test]
    fn a_truncated_frame_is_refused_although_the_decoder_would_take_it() {
        let bytes = jpeg::tests::sample();
        let cut = bytes[..bytes.len() - 40].to_vec();
        assert!(decoded(&cut, 32, 24).is_ok(), "if this fails the decoder has become strict: good news");
        assert!(matches!(decode(&mjpeg(cut), Turn::None), Err(BadFrame::Jpeg(_))));
    }

    #[test]
    fn a_frame_of_another_size_and_one_the_driver_doubts_are_refused() {
        let bytes = jpeg::tests::sample();
        let other = raw(Coding::Mjpeg, 64, 48, bytes.clone());
        assert!(matches!(decode(&other, Turn::None), Err(BadFrame::Size { have_width: 32, .. })));
        let doubtful = Raw { flagged: true, ..mjpeg(bytes) };
        assert_eq!(decode(&doubtful, Turn::None), Err(BadFrame::Flagged));
    }

    #[test]
    fn a_turned_camera_gives_upright_frames_and_marked_bytes() {
        let (image, kept) = decode(&mjpeg(jpeg::tests::sample()), Turn::Right).expect("decodes");
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
            let _ = decode(&mjpeg(bytes), Turn::Left);
        }

        #[test]
        fn any_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300), width in 0u32..40, height in 0u32..40) {
            for coding in [Coding::Mjpeg, Coding::Yuyv, Coding::Nv12] {
                let _ = decode(&raw(coding, width, height, bytes.clone()), Turn::Half);
            }
        }
    }
}
