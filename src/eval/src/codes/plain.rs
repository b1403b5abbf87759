//! The plain decoders, as peers: one pass over the unchanged picture, as their users would call them.

use image::GrayImage;

/// Silences panics: the plain decoders panic on some pictures, which counts as not read.
pub fn silence_panics() {
    std::panic::set_hook(Box::new(|_| {}));
}

/// The codes that plain `rxing` reads.
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

/// The codes that plain `rqrr` reads.
pub fn rqrr(grey: &GrayImage) -> Vec<String> {
    let read = std::panic::catch_unwind(|| {
        let (width, height) = (grey.width() as usize, grey.height() as usize);
        let mut prepared =
            rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| grey.as_raw()[y * width + x]);
        prepared.detect_grids().iter().filter_map(|grid| grid.decode().ok()).map(|(_, text)| text).collect()
    });
    read.unwrap_or_default()
}
