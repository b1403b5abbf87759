//! A contact sheet: small prints in rows, to see many screens at once.

use image::imageops::{self, FilterType};
use image::{ImageResult, Rgb, RgbImage};
use std::path::Path;

/// Prints side by side.
const COLUMNS: u32 = 7;
/// Width of a print, pixels.
const PRINT: u32 = 270;
/// Distance between prints, pixels.
const GAP: u32 = 14;
/// The colour between them.
const MAT: Rgb<u8> = Rgb([92, 92, 96]);

/// Prints of screens that have the same size.
#[derive(Default)]
pub struct Sheet {
    prints: Vec<RgbImage>,
}

impl Sheet {
    /// Adds a small print of a screen.
    pub fn add(&mut self, shot: &RgbImage) {
        let height = (PRINT * shot.height() / shot.width().max(1)).max(1);
        self.prints.push(imageops::resize(shot, PRINT, height, FilterType::Triangle));
    }

    /// Lays all prints out in the order in which they came, and writes the sheet.
    pub fn save(&self, file: &Path) -> ImageResult<()> {
        let count = u32::try_from(self.prints.len()).unwrap_or(0);
        let height = self.prints.iter().map(RgbImage::height).max().unwrap_or(0);
        let (across, down) = (COLUMNS.min(count), count.div_ceil(COLUMNS));
        let side = |prints: u32, size: u32| prints * (size + GAP) + GAP;
        let mut sheet = RgbImage::from_pixel(side(across, PRINT), side(down, height), MAT);
        for (place, print) in (0..).zip(&self.prints) {
            let (x, y) = (side(place % COLUMNS, PRINT), side(place / COLUMNS, height));
            imageops::replace(&mut sheet, print, i64::from(x), i64::from(y));
        }
        sheet.save(file)
    }
}
