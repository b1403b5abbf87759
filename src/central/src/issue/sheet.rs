//! A page of cards: A4 at 300 dpi, two columns and four rows, with lines to cut along.

use super::card::{self, HEIGHT, WIDTH};
use super::error::IssueError;
use super::ink::{Line, write};
use crate::ledger::Card;
use ab_glyph::FontVec;
use collection::Task;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, GrayImage, ImageEncoder, Luma};
use jiff::civil::Date;

/// A4 at 300 dpi, pixels.
const PAGE: (u32, u32) = (2480, 3508);
const COLUMNS: u32 = 2;
const ROWS: u32 = 4;
/// Cards of one page.
pub(super) const CARDS: usize = (COLUMNS * ROWS) as usize;
/// Upper left corner of the first card: what is left of the page, half on each side, a little more above for the heading.
const CORNER: (u32, u32) = ((PAGE.0 - COLUMNS * WIDTH) / 2, (PAGE.1 - ROWS * HEIGHT) / 2 + 30);
/// Pixels of a dash, and of a gap, of the cutting lines.
const DASH: u32 = 12;
const LINE: u8 = 170;

/// Which page of how many.
#[derive(Clone, Copy)]
pub(super) struct PageNumber {
    pub number: usize,
    pub of: usize,
}

/// Draws a page.
pub(super) fn png(
    font: &FontVec,
    task: &Task,
    last: Date,
    page_number: PageNumber,
    cards: &[(&Card, &str)],
) -> Result<Vec<u8>, IssueError> {
    let mut page = GrayImage::from_pixel(PAGE.0, PAGE.1, Luma([255]));
    let heading = format!("{} · {} · {}/{}", task.school, task.name, page_number.number, page_number.of);
    let width = (COLUMNS * WIDTH) as f32;
    let line = Line { left: CORNER.0 as f32 + 40.0, top: 62.0, width, size: 38.0, shade: 96 };
    write(&mut page, font, line, &heading);
    cut(&mut page);
    for (corner, card) in corners().zip(cards) {
        card::draw(&mut page, font, task, last, corner, *card)?;
    }
    let mut bytes = Vec::new();
    let encoder = PngEncoder::new_with_quality(&mut bytes, CompressionType::Fast, FilterType::Up);
    encoder
        .write_image(page.as_raw(), PAGE.0, PAGE.1, ExtendedColorType::L8)
        .map_err(|e| IssueError::Draw(e.to_string()))?;
    Ok(bytes)
}

/// Upper left corners of a page's cards.
pub(super) fn corners() -> impl Iterator<Item = (u32, u32)> {
    let corner = |at| (CORNER.0 + at % COLUMNS * WIDTH, CORNER.1 + at / COLUMNS * HEIGHT);
    (0..COLUMNS * ROWS).map(corner)
}

fn cut(page: &mut GrayImage) {
    let (right, bottom) = (CORNER.0 + COLUMNS * WIDTH, CORNER.1 + ROWS * HEIGHT);
    let mut dot = |x: u32, y: u32, along: u32| {
        if (along / DASH).is_multiple_of(2)
            && let Some(pixel) = page.get_pixel_mut_checked(x, y)
        {
            *pixel = Luma([LINE]);
        }
    };
    for row in 0..=ROWS {
        (CORNER.0..right).for_each(|x| dot(x, CORNER.1 + row * HEIGHT, x));
    }
    for column in 0..=COLUMNS {
        (CORNER.1..bottom).for_each(|y| dot(CORNER.0 + column * WIDTH, y, y));
    }
}
