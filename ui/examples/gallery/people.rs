//! Invented people and pictures. The sitters are drawings of nobody.

use slint::{Image, Rgb8Pixel, SharedPixelBuffer};
use std::path::Path;

/// The longest name that a roster of this country is likely to hold.
pub const LONG_NAME: &str = "阿依努尔·买买提江";

/// A drawn picture of `examples/sitters`.
pub fn sitter(name: &str) -> Image {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/sitters").join(format!("{name}.svg"));
    Image::load_from_path(&file).unwrap_or_default()
}

/// A QR code of `text`, whole pixels a module, quiet zone of four modules, about `least` px wide.
pub fn code(text: &str, least: u32) -> Image {
    let Ok(code) = qrcode::QrCode::new(text) else { return Image::default() };
    let modules = u32::try_from(code.width()).unwrap_or(1);
    let side = modules + 8;
    let scale = least.div_ceil(side);
    let mut buffer = SharedPixelBuffer::<Rgb8Pixel>::new(side * scale, side * scale);
    for (i, pixel) in buffer.make_mut_slice().iter_mut().enumerate() {
        let i = u32::try_from(i).unwrap_or(0);
        let (x, y) = (i % (side * scale) / scale, i / (side * scale) / scale);
        let inside = (4..4 + modules).contains(&x) && (4..4 + modules).contains(&y);
        let dark = inside && code[((x - 4) as usize, (y - 4) as usize)] == qrcode::Color::Dark;
        let grey = if dark { 0 } else { 255 };
        *pixel = Rgb8Pixel::new(grey, grey, grey);
    }
    Image::from_rgb8(buffer)
}
