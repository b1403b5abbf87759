//! One row, checked.

use super::columns::{Column, Layout};
use super::read::Mistake;
use crate::ledger::Student;
use collection::{IdNumber, UniqueNumber};
use jiff::civil::Date;

/// Longest value of a column, characters.
const MAX_VALUE: usize = 100;

/// Reads one row; every mistake in it is told.
pub(super) fn student(
    line: u64,
    layout: &Layout,
    row: &csv::StringRecord,
    today: Date,
) -> Result<Student, Vec<Mistake>> {
    let mut reader = Row { line, layout, row, mistakes: Vec::new() };
    let unique_number = reader.unique_number();
    let name = reader.text(Column::Name, true);
    let (id_number, birth_month_day) = reader.document(today).unwrap_or_default();
    let student_number = reader.number(Column::StudentNumber, false);
    let class = reader.text(Column::Class, false);
    let programme = reader.text(Column::Programme, false);
    match unique_number {
        Some(unique_number) if reader.mistakes.is_empty() => Ok(Student {
            unique_number,
            name,
            id_number,
            birth_month_day,
            student_number,
            class,
            programme,
            admission_photo: None,
        }),
        _ => Err(reader.mistakes),
    }
}

struct Row<'a> {
    line: u64,
    layout: &'a Layout,
    row: &'a csv::StringRecord,
    mistakes: Vec<Mistake>,
}

impl Row<'_> {
    fn mistake(&mut self, code: &'static str, column: Column) {
        self.mistakes.push(Mistake::of(self.line, code).column(column));
    }

    fn text(&mut self, column: Column, needed: bool) -> String {
        let value = self.layout.value(self.row, column);
        if value.is_empty() && needed {
            self.mistake("server.roster.missing", column);
        }
        if value.chars().count() > MAX_VALUE {
            self.mistakes.push(Mistake::of(self.line, "server.roster.long").column(column).limit(MAX_VALUE));
        }
        value.to_owned()
    }

    /// A number that a spreadsheet may have taken for one: the text after `1.1E+17` is lost for good.
    fn number(&mut self, column: Column, needed: bool) -> String {
        let value = self.text(column, needed);
        if is_rounded(&value) {
            self.mistake("server.roster.rounded", column);
            return String::new();
        }
        value
    }

    fn unique_number(&mut self) -> Option<UniqueNumber> {
        let before = self.mistakes.len();
        let text = self.number(Column::UniqueNumber, true);
        let number = UniqueNumber::new(text.to_ascii_uppercase()).ok();
        if number.is_none() && self.mistakes.len() == before {
            self.mistake("server.roster.unique_number", Column::UniqueNumber);
        }
        number
    }

    /// Number and `MMDD` of birth.
    fn document(&mut self, today: Date) -> Option<(String, String)> {
        let before = self.mistakes.len();
        let text = self.number(Column::IdNumber, true);
        if self.mistakes.len() > before {
            return None;
        }
        let kind = self.layout.value(self.row, Column::Document);
        if kind.is_empty() || kind.contains("身份证") || kind == "id" {
            return match IdNumber::parse(&text, today) {
                Ok(number) => Some((number.as_str().to_owned(), number.birth_month_day())),
                Err(error) => {
                    self.mistake(error.code(), Column::IdNumber);
                    None
                }
            };
        }
        let formed = (5..=20).contains(&text.len()) && text.chars().all(|c| c.is_ascii_alphanumeric());
        if !formed {
            self.mistake("server.roster.document", Column::IdNumber);
        }
        let born = self.layout.value(self.row, Column::Birth).replace(['/', '.'], "-").parse::<Date>().ok();
        let Some(born) = born.filter(|day| *day <= today) else {
            self.mistake("server.roster.birth", Column::Birth);
            return None;
        };
        Some((text.to_ascii_uppercase(), format!("{:02}{:02}", born.month(), born.day())))
    }
}

/// `1.1E+17` and its kin.
fn is_rounded(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.split_once(['e', 'E']) else { return false };
    let digits = |t: &str| !t.is_empty() && t.chars().all(|c| c.is_ascii_digit() || c == '.');
    // A unique number may hold an E between digits; a rounded one has a point or a sign.
    digits(mantissa)
        && digits(exponent.trim_start_matches(['+', '-']))
        && (mantissa.contains('.') || exponent.starts_with(['+', '-']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_rounded_numbers_look_rounded() {
        for rounded in ["1.1E+17", "1.10102E+17", "9.9e17", "1E+17"] {
            assert!(is_rounded(rounded), "{rounded}");
        }
        for whole in ["990000200402290017", "99E17", "E5", "12345X", ""] {
            assert!(!is_rounded(whole), "{whole}");
        }
    }
}
