//! Both decoders as they come, one pass over the unchanged picture, as their users would call them.

use image::GrayImage;

/// What plain `rxing` reads.
pub fn rxing(grey: &GrayImage) -> Vec<String> {
    let read = std::panic::catch_unwind(|| {
        rxing::helpers::detect_in_luma(
            grey.as_raw().clone(),
            grey.width(),
            grey.height(),
            Some(rxing::BarcodeFormat::QR_CODE),
        )
    });
    read.ok().and_then(Result::ok).map(|result| result.getText().to_owned()).into_iter().collect()
}

/// What plain `rqrr` reads.
pub fn rqrr(grey: &GrayImage) -> Vec<String> {
    let read = std::panic::catch_unwind(|| {
        let (width, height) = (grey.width() as usize, grey.height() as usize);
        let mut prepared =
            rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| grey.as_raw()[y * width + x]);
        prepared.detect_grids().iter().filter_map(|grid| grid.decode().ok()).map(|(_, text)| text).collect()
    });
    read.unwrap_or_default()
}
