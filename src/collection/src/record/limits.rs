//! What each field of a form may hold: how long, and which texts are sound. Kiosk, server and the screens that ask for them take
//! every limit from here.
//!
//! The limits refuse what nobody can use, and nothing that somebody may legitimately have: names of one character exist, and so do
//! streets of two (3舍).

use super::field::RecordField;
use crate::{UniqueNumber, month_day};
use sentences::{Code, codes};

/// Longest text of a field, characters.
pub const MAX_TEXT: usize = 80;
/// Digits of a telephone number without its `+`: from an area code with a short number to the longest of ITU-T E.164.
const PHONE_DIGITS: std::ops::RangeInclusive<usize> = 7..=15;
/// Digits of a mainland mobile number, which begins with 1. No landline does: area codes begin with 0.
const MOBILE_DIGITS: usize = 11;
/// Digits of a postcode.
const POSTCODE_DIGITS: usize = 6;

impl RecordField {
    /// Most characters that a sound text of this field has.
    #[must_use]
    pub const fn most(self) -> usize {
        match self {
            // An identity card's; no other document has more.
            RecordField::Number => 18,
            RecordField::Birth => 4,
            RecordField::UniqueNumber => 40,
            RecordField::Mobile | RecordField::Phone => *PHONE_DIGITS.end() + 1,
            RecordField::Postcode => POSTCODE_DIGITS,
            RecordField::Name
            | RecordField::StudentNumber
            | RecordField::Class
            | RecordField::Programme
            | RecordField::Recipient
            | RecordField::Region
            | RecordField::Street => MAX_TEXT,
        }
    }

    /// Code of the sentence that says what is wrong with a text as it is kept, `None` for a sound one. A document's number is
    /// judged by [`Document`](crate::Document) and passes here.
    #[must_use]
    pub fn fault(self, text: &str) -> Option<Code> {
        match self {
            RecordField::Number => None,
            RecordField::Name | RecordField::Recipient => {
                line(text, true).or_else(|| (!is_name(text)).then_some(codes::RECORD_NAME))
            }
            RecordField::Region | RecordField::Street => line(text, true),
            RecordField::StudentNumber | RecordField::Class | RecordField::Programme => line(text, false),
            RecordField::Birth => needed(text, month_day(text).as_deref() == Some(text), codes::RECORD_BIRTH),
            RecordField::UniqueNumber => {
                let sound = text.is_empty() || UniqueNumber::new(text).is_ok();
                (!sound).then_some(codes::RECORD_UNIQUE_NUMBER)
            }
            RecordField::Mobile => needed(text, is_mobile(text), codes::RECORD_MOBILE),
            RecordField::Phone => needed(text, is_phone(text), codes::RECORD_PHONE),
            RecordField::Postcode => {
                let sound = text.is_empty() || (text.len() == POSTCODE_DIGITS && digits(text));
                (!sound).then_some(codes::RECORD_POSTCODE)
            }
        }
    }
}

fn needed(text: &str, sound: bool, code: Code) -> Option<Code> {
    match text {
        "" => Some(codes::RECORD_MISSING),
        _ => (!sound).then_some(code),
    }
}

/// A text in one line.
fn line(text: &str, is_needed: bool) -> Option<Code> {
    if text.trim().is_empty() {
        return is_needed.then_some(codes::RECORD_MISSING);
    }
    if text.chars().count() > MAX_TEXT {
        return Some(codes::RECORD_LONG);
    }
    // Control characters, and the marks that turn the direction of writing around.
    let bad = |c: char| c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}');
    text.chars().any(bad).then_some(codes::RECORD_CHARACTER)
}

/// Some letter, no digit.
fn is_name(text: &str) -> bool {
    text.chars().any(char::is_alphabetic) && !text.chars().any(|c| c.is_ascii_digit())
}

fn digits(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

/// `+` with a country's number, a mainland mobile number, or a landline; 1 and other than eleven digits is a mobile number of which
/// some are missing.
fn is_phone(number: &str) -> bool {
    let (abroad, plain) = number.strip_prefix('+').map_or((false, number), |rest| (true, rest));
    let torn = !abroad && plain.starts_with('1') && plain.len() != MOBILE_DIGITS;
    PHONE_DIGITS.contains(&plain.len()) && digits(plain) && !torn
}

/// A mainland mobile number, or `+` with a country's (ITU-T E.164).
fn is_mobile(number: &str) -> bool {
    let mainland = number.len() == MOBILE_DIGITS
        && digits(number)
        && number.starts_with('1')
        && matches!(number.as_bytes()[1], b'3'..=b'9');
    mainland || (number.starts_with('+') && is_phone(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sound(field: RecordField, texts: &[&str]) {
        for text in texts {
            assert_eq!(field.fault(text), None, "{text}");
            assert!(text.chars().count() <= field.most(), "{text}");
        }
    }

    #[test]
    fn what_somebody_may_legitimately_have_is_sound() {
        sound(RecordField::Street, &["3舍", "一", "一路 1 号"]);
        let long = "阿".repeat(60);
        sound(RecordField::Recipient, &["林", "O", "Ö", "买买提·阿不都热合曼", &long]);
        sound(
            RecordField::Phone,
            &["02700000000", "8000000", "13000000000", "+85200000000", "+123456789012345"],
        );
        sound(RecordField::Mobile, &["13000000000", "+85200000000"]);
        sound(RecordField::Postcode, &["", "430000"]);
    }

    #[test]
    fn a_mobile_number_that_lacks_digits_is_refused_wherever_it_is_typed() {
        for torn in [
            "1300000",
            "1300000000",
            "130000000000",
            "+1",
            "12345",
            "1234567890123456",
            "１３０００００００００",
        ] {
            assert_eq!(RecordField::Phone.fault(torn), Some(codes::RECORD_PHONE), "{torn}");
        }
        assert_eq!(RecordField::Phone.fault(""), Some(codes::RECORD_MISSING));
    }

    #[test]
    fn a_blank_text_is_missing_where_it_is_needed() {
        assert_eq!(RecordField::Street.fault(" "), Some(codes::RECORD_MISSING));
        assert_eq!(RecordField::Class.fault(""), None);
    }
}
