//! From a raw frame to a picture, whatever the camera sent: damaged frames are refused, never shown.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use image::codecs::jpeg::JpegDecoder;
use image::{DynamicImage, ImageDecoder as _, RgbImage};

use crate::feed::{Coding, Raw};
use crate::{jpeg, yuv};

/// Longest side of a frame, in pixels; larger ones are refused by their declared size.
const MOST_SIDE: u32 = 8192;

/// Why a frame was dropped.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum BadFrame {
    /// Not a whole JPEG.
    #[error("the JPEG is damaged: {0}")]
    Jpeg(String),
    /// The decoder panicked.
    #[error("the JPEG decoder panicked")]
    Panicked,
    /// An uncompressed frame has another length than its size asks for.
    #[error("an uncompressed frame has {have} bytes instead of {need}")]
    Length {
        /// Bytes that came.
        have: usize,
        /// Bytes that its size asks for.
        need: usize,
    },
}

/// The picture, and the camera's own JPEG bytes made complete, if it sent JPEG.
pub(crate) fn decode(raw: &Raw) -> Result<(RgbImage, Option<Vec<u8>>), BadFrame> {
    match raw.coding {
        Coding::Mjpeg => {
            let bytes = jpeg::complete(&raw.bytes)?;
            let image =
                catch_unwind(AssertUnwindSafe(|| decoded(&bytes))).map_err(|_| BadFrame::Panicked)??;
            Ok((image, Some(bytes)))
        }
        Coding::Yuyv => Ok((yuv::from_yuyv(&raw.bytes, raw.width, raw.height)?, None)),
        Coding::Nv12 => Ok((yuv::from_nv12(&raw.bytes, raw.width, raw.height)?, None)),
    }
}

fn decoded(bytes: &[u8]) -> Result<RgbImage, BadFrame> {
    let bad = |error: image::ImageError| BadFrame::Jpeg(error.to_string());
    let decoder = JpegDecoder::new(Cursor::new(bytes)).map_err(bad)?;
    let (width, height) = decoder.dimensions();
    if width == 0 || height == 0 || width > MOST_SIDE || height > MOST_SIDE {
        return Err(BadFrame::Jpeg(format!("{width} x {height} pixels")));
    }
    Ok(DynamicImage::from_decoder(decoder).map_err(bad)?.into_rgb8())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn mjpeg(bytes: Vec<u8>) -> Raw {
        Raw { coding: Coding::Mjpeg, width: 32, height: 24, bytes }
    }

    #[test]
    fn a_whole_frame_is_decoded_and_keeps_its_bytes() {
        let bytes = jpeg::tests::sample();
        let (image, kept) = decode(&mjpeg(bytes.clone())).expect("decodes");
        assert_eq!(image.dimensions(), (32, 24));
        assert_eq!(kept, Some(bytes));
    }

    #[test]
    fn a_truncated_frame_is_refused_although_the_decoder_would_take_it() {
        let bytes = jpeg::tests::sample();
        let cut = bytes[..bytes.len() - 40].to_vec();
        assert!(decoded(&cut).is_ok(), "if this fails the decoder has become strict: good news");
        assert!(matches!(decode(&mjpeg(cut)), Err(BadFrame::Jpeg(_))));
    }

    proptest! {
        #[test]
        fn damaged_frames_never_panic(at in 0usize..600, value: u8, cut in 0usize..700) {
            let mut bytes = jpeg::tests::sample();
            let len = bytes.len();
            bytes[at % len] = value;
            bytes.truncate(cut.max(1));
            let _ = decode(&mjpeg(bytes));
        }

        #[test]
        fn any_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300), width in 0u32..40, height in 0u32..40) {
            for coding in [Coding::Mjpeg, Coding::Yuyv, Coding::Nv12] {
                let _ = decode(&Raw { coding, width, height, bytes: bytes.clone() });
            }
        }
    }
}
