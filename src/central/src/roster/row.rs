//! One row, checked.

use super::columns::{Column, Layout};
use super::mistake::{Fault, Mistake};
use crate::ledger::Student;
use collection::{Document, DocumentKind, UniqueNumber};
use jiff::civil::Date;

/// Longest value of a column, characters.
const MAX_VALUE: usize = 100;

/// Reads one row, or gives every mistake in it.
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
    let student_number = reader.number(Column::StudentNumber, false, is_rounded_identifier);
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
    fn mistake(&mut self, column: Column, fault: Fault) {
        self.mistakes.push(Mistake::in_column(self.line, column, fault));
    }

    fn text(&mut self, column: Column, needed: bool) -> String {
        let value = self.layout.value(self.row, column);
        if value.is_empty() && needed {
            self.mistake(column, Fault::Missing);
        }
        if value.chars().count() > MAX_VALUE {
            self.mistake(column, Fault::Long { limit: MAX_VALUE });
        }
        value.to_owned()
    }

    /// A number that a spreadsheet may have rounded: the digits after `1.1E+17` are lost.
    fn number(&mut self, column: Column, needed: bool, is_rounded: fn(&str) -> bool) -> String {
        let value = self.text(column, needed);
        if is_rounded(&value) {
            self.mistake(column, Fault::Rounded);
            return String::new();
        }
        value
    }

    fn unique_number(&mut self) -> Option<UniqueNumber> {
        let before = self.mistakes.len();
        let text = self.number(Column::UniqueNumber, true, is_rounded_identifier);
        let number = UniqueNumber::new(text.to_ascii_uppercase()).ok();
        if number.is_none() && self.mistakes.len() == before {
            self.mistake(Column::UniqueNumber, Fault::UniqueNumber);
        }
        number
    }

    /// Number and `MMDD` of birth.
    fn document(&mut self, today: Date) -> Option<(String, String)> {
        let before = self.mistakes.len();
        let text = self.number(Column::IdNumber, true, is_rounded_document_number);
        if self.mistakes.len() > before {
            return None;
        }
        let words = self.layout.value(self.row, Column::Document);
        let Some(kind) = DocumentKind::named(words) else {
            self.mistake(Column::Document, Fault::DocumentKind);
            return None;
        };
        let document = Document::parse(kind, &text, today)
            .map_err(|fault| self.mistake(Column::IdNumber, Fault::DocumentNumber(fault)));
        let born = match document.as_ref().ok().and_then(Document::born) {
            Some(born) => Some(born),
            None if kind == DocumentKind::IdCard => None,
            None => self.birth(today),
        };
        let (document, born) = (document.ok()?, born?);
        Some((document.number().to_owned(), format!("{:02}{:02}", born.month(), born.day())))
    }

    /// The day of birth, where the document does not say it.
    fn birth(&mut self, today: Date) -> Option<Date> {
        let born = self.layout.value(self.row, Column::Birth).replace(['/', '.'], "-").parse::<Date>().ok();
        let born = born.filter(|day| *day <= today);
        if born.is_none() {
            self.mistake(Column::Birth, Fault::Birth);
        }
        born
    }
}

/// Whether a unique or student number was rounded by a spreadsheet: `1.1E+17`. It may hold an E between digits itself, so that only a point
/// or a sign tells.
fn is_rounded_identifier(text: &str) -> bool {
    scientific(text)
        .is_some_and(|(mantissa, exponent)| mantissa.contains('.') || exponent.starts_with(['+', '-']))
}

/// Whether a document's number was rounded by a spreadsheet: `1.1E+17` or `11E16`. No document has an E between digits.
fn is_rounded_document_number(text: &str) -> bool {
    scientific(text).is_some()
}

/// Mantissa and exponent of a number in scientific notation.
fn scientific(text: &str) -> Option<(&str, &str)> {
    let digits = |t: &str| !t.is_empty() && t.chars().all(|c| c.is_ascii_digit() || c == '.');
    let parts = text.split_once(['e', 'E'])?;
    (digits(parts.0) && digits(parts.1.trim_start_matches(['+', '-']))).then_some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_rounded_identifiers_look_rounded() {
        for rounded in ["1.1E+17", "1.10102E+17", "9.9e17", "1E+17"] {
            assert!(is_rounded_identifier(rounded), "{rounded}");
        }
        for whole in ["990000200402290017", "99E17", "E5", "12345X", ""] {
            assert!(!is_rounded_identifier(whole), "{whole}");
        }
    }

    #[test]
    fn an_e_between_the_digits_of_a_document_number_is_a_spreadsheets() {
        for rounded in ["1.1E+17", "11E16", "9.9e17"] {
            assert!(is_rounded_document_number(rounded), "{rounded}");
        }
        for whole in ["990000200402290017", "99000020040229001X", "E12345678", ""] {
            assert!(!is_rounded_document_number(whole), "{whole}");
        }
    }
}
