//! Text on a page: glyphs of one font, drawn dark on white.

use ab_glyph::{Font, FontVec, PxScale, ScaleFont, point};
use image::{GrayImage, Luma};
use std::path::{Path, PathBuf};

/// Where Debian's package fonts-noto-cjk lies (SIL Open Font License 1.1).
const NOTO: &str = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc";
/// Position of the face for simplified Chinese in a Noto CJK collection: Japanese, Korean, simplified, traditional, Hong Kong.
const SIMPLIFIED: u32 = 2;
/// A text that does not fit is made smaller, but not below this share of its size; then it is cut.
const SMALLEST: f32 = 0.6;

/// A font that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{}: {reason}; install fonts-noto-cjk, or name another font with --font", file.display())]
pub struct FontError {
    /// Which file.
    pub file: PathBuf,
    /// Why.
    pub reason: String,
}

/// Loads a font file; of a collection (`.ttc`) the face for simplified Chinese.
pub(super) fn font(file: Option<&Path>) -> Result<FontVec, FontError> {
    let file = file.unwrap_or(Path::new(NOTO));
    let wrong = |reason: String| FontError { file: file.to_owned(), reason };
    let bytes = std::fs::read(file).map_err(|e| wrong(e.to_string()))?;
    let collection = bytes.starts_with(b"ttcf");
    let font = FontVec::try_from_vec_and_index(bytes, if collection { SIMPLIFIED } else { 0 })
        .map_err(|e| wrong(e.to_string()))?;
    // A font without Chinese draws every name as a row of boxes.
    if font.glyph_id('采').0 == 0 {
        return Err(wrong("it has no Chinese".to_owned()));
    }
    Ok(font)
}

/// Place of a line of text: its upper left corner and largest width, pixels.
#[derive(Clone, Copy)]
pub(super) struct Line {
    pub left: f32,
    pub top: f32,
    pub width: f32,
    /// Height of the font, pixels.
    pub size: f32,
    /// 0 is black.
    pub shade: u8,
}

/// Writes one line; smaller when it is too long, and cut with an ellipsis when it would be too small.
pub(super) fn write(page: &mut GrayImage, font: &FontVec, line: Line, text: &str) {
    let natural = width(font, line.size, text);
    let size = line.size * (line.width / natural.max(1.0)).clamp(SMALLEST, 1.0);
    let mut text = text.to_owned();
    while width(font, size, &text) > line.width + 1.0 && text.chars().count() > 2 {
        let kept = text.chars().count() - 2;
        text = text.chars().take(kept).chain(['…']).collect();
    }
    let scaled = font.as_scaled(PxScale::from(size));
    let (mut left, baseline) = (line.left, line.top + scaled.ascent());
    for c in text.chars() {
        let mut glyph = scaled.scaled_glyph(c);
        glyph.position = point(left, baseline);
        left += scaled.h_advance(glyph.id);
        let Some(outline) = font.outline_glyph(glyph) else { continue };
        let corner = outline.px_bounds().min;
        outline.draw(|x, y, cover| {
            // Whole numbers already: ab_glyph's bounds are those of pixels.
            let (x, y) = (corner.x as i64 + i64::from(x), corner.y as i64 + i64::from(y));
            blend(page, x, y, cover, line.shade);
        });
    }
}

fn width(font: &FontVec, size: f32, text: &str) -> f32 {
    let scaled = font.as_scaled(PxScale::from(size));
    text.chars().map(|c| scaled.h_advance(scaled.glyph_id(c))).sum()
}

fn blend(page: &mut GrayImage, x: i64, y: i64, cover: f32, shade: u8) {
    let (Ok(x), Ok(y)) = (u32::try_from(x), u32::try_from(y)) else { return };
    let Some(pixel) = page.get_pixel_mut_checked(x, y) else { return };
    let (under, cover) = (f32::from(pixel.0[0]), cover.clamp(0.0, 1.0));
    *pixel = Luma([(under + (f32::from(shade) - under) * cover).round() as u8]);
}
