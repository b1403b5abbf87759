//! One card: the code, its owner's masked name, and instructions.

use super::error::IssueError;
use super::ink::{Line, write};
use crate::ledger::Card;
use ab_glyph::FontVec;
use collection::{Task, mask_number};
use image::{GrayImage, Luma};
use jiff::civil::Date;
use qrcode::{Color, EcLevel, QrCode};
use sentences::{Code, Lang, codes, say};

/// Size of a card, pixels at 300 dpi: 99 x 70 mm.
pub(super) const WIDTH: u32 = 1170;
pub(super) const HEIGHT: u32 = 826;
/// Side of the square that the code with its quiet zone fills at most, pixels: 47 mm.
const CODE: u32 = 560;
/// Modules left white around a code (ISO/IEC 18004, 9.1).
const QUIET: u32 = 4;
/// Distance to the card's edge, pixels.
const MARGIN: u32 = 40;
const BLACK: u8 = 0;
const GREY: u8 = 96;

/// Draws a card with its upper left corner at `at`. `last` is the last day on which the code is valid.
pub(super) fn draw(
    page: &mut GrayImage,
    font: &FontVec,
    task: &Task,
    last: Date,
    at: (u32, u32),
    (student, text): (&Card, &str),
) -> Result<(), IssueError> {
    code(page, text, (at.0 + MARGIN - 16, at.1 + MARGIN + 80))?;
    let phone = task.registry_phone.as_str();
    let (opens, closes) = (task.opens.to_string(), last.to_string());
    let line = |code: Code| say(code, Lang::Zh, &[("opens", &opens), ("closes", &closes), ("phone", phone)]);
    let (left, top) = ((at.0 + MARGIN) as f32, at.1 as f32);
    let full = (WIDTH - 2 * MARGIN) as f32;
    let right = left + (CODE + 8) as f32;
    let column = full - (CODE + 8) as f32;
    let mut put = |left: f32, down: f32, width: f32, size: f32, shade: u8, text: &str| {
        write(page, font, Line { left, top: top + down, width, size, shade }, text);
    };
    put(left, 28.0, full, 62.0, BLACK, &format!("{} · {}", line(codes::CARD_TITLE), task.school));
    put(right, 146.0, column, 100.0, BLACK, &student.masked_name);
    put(right, 274.0, column, 54.0, BLACK, &student.class);
    let number = format!("{} {}", line(codes::CARD_STUDENT_NUMBER), mask_number(&student.student_number));
    put(right, 344.0, column, 44.0, GREY, &number);
    put(right, 404.0, column, 44.0, GREY, &task.name);
    put(right, 492.0, column, 44.0, BLACK, &line(codes::CARD_FROM));
    put(right, 550.0, column, 44.0, BLACK, &line(codes::CARD_TO));
    put(left, 690.0, full, 44.0, BLACK, &line(codes::CARD_HOW));
    put(left, 748.0, full, 40.0, GREY, &line(codes::CARD_LOST));
    Ok(())
}

/// Draws the code as large as whole pixels a module allow.
fn code(page: &mut GrayImage, text: &str, (left, top): (u32, u32)) -> Result<(), IssueError> {
    let wrong = |e: &dyn std::fmt::Display| IssueError::Draw(e.to_string());
    // Medium: a fold or a stamp on paper costs more than a phone's screen does.
    let code = QrCode::with_error_correction_level(text, EcLevel::M).map_err(|e| wrong(&e))?;
    let width = u32::try_from(code.width()).map_err(|e| wrong(&e))?;
    let module = CODE / (width + 2 * QUIET);
    if module == 0 {
        return Err(IssueError::Draw("a code does not fit its card".to_owned()));
    }
    let shift = (CODE - module * (width + 2 * QUIET)) / 2 + module * QUIET;
    for (at, color) in (0..).zip(code.to_colors()) {
        if color != Color::Dark {
            continue;
        }
        let (x, y) = (left + shift + at % width * module, top + shift + at / width * module);
        for (dx, dy) in (0..module).flat_map(|dy| (0..module).map(move |dx| (dx, dy))) {
            if let Some(pixel) = page.get_pixel_mut_checked(x + dx, y + dy) {
                *pixel = Luma([BLACK]);
            }
        }
    }
    Ok(())
}
