//! Reads a form: texts are brought into one form, and what is wrong with them is collected.

use super::field::RecordField;
use super::limits::MAX_TEXT;
use crate::identity::plain;
use sentences::{Code, codes};

/// What is wrong with one field. Never quotes what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldFault {
    /// Which field.
    pub field: RecordField,
    /// Code of the sentence.
    pub code: Code,
}

/// Collects what is wrong while a form is read.
#[derive(Default)]
pub(super) struct Reader(pub Vec<FieldFault>);

impl Reader {
    pub fn fault(&mut self, field: RecordField, code: Code) {
        self.0.push(FieldFault { field, code });
    }

    /// Notes what is wrong with a text as it would be kept, and gives it back.
    fn judged(&mut self, field: RecordField, text: String) -> String {
        if let Some(code) = field.fault(&text) {
            self.fault(field, code);
        }
        text
    }

    /// A text in one line: ends trimmed, runs of spaces one space.
    pub fn text(&mut self, field: RecordField, typed: &str) -> String {
        // A field is read no further than any sound text is long, whatever was pasted into it.
        let short: String = typed.chars().take(4 * MAX_TEXT).collect();
        let before = self.0.len();
        let text = self.judged(field, short.split_whitespace().collect::<Vec<_>>().join(" "));
        if self.0.len() == before && typed.chars().nth(4 * MAX_TEXT).is_some() {
            self.fault(field, codes::RECORD_LONG);
        }
        text
    }

    /// A number: without spaces, hyphens and brackets, narrow and upper-case.
    pub fn number(&mut self, field: RecordField, typed: &str) -> String {
        self.judged(field, narrow(typed))
    }

    /// A mobile number, a leading +86 taken off.
    pub fn mobile(&mut self, typed: &str) -> String {
        let plain = narrow(typed);
        let number = plain.strip_prefix("+86").unwrap_or(&plain).to_owned();
        self.judged(RecordField::Mobile, number)
    }
}

/// A number without spaces, hyphens and brackets, narrow and upper-case, of at most 40 characters.
pub(super) fn narrow(typed: &str) -> String {
    let short: String = typed.chars().take(40).collect();
    plain(&short).chars().filter(|c| !matches!(c, '-' | '(' | ')')).collect()
}
