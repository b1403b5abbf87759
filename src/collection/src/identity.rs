//! The citizen identity number: form, checksum and date of birth (GB 11643-1999). The region is not looked up.

use jiff::civil::Date;
use sentences::{Code, codes};
use std::fmt;

/// Weights of the first seventeen digits, GB 11643-1999 annex A (ISO 7064 MOD 11-2).
const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
/// The check character by the weighted sum modulo 11.
const CHECK: [u8; 11] = *b"10X98765432";
/// Earliest year of birth that is accepted.
const EARLIEST_YEAR: i16 = 1900;

/// Why a typed text is not an identity number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IdNumberError {
    /// Not eighteen characters.
    #[error("the identity number does not have 18 characters")]
    Length,
    /// Not seventeen digits and a digit or X.
    #[error("the identity number has a character that does not belong there")]
    Character,
    /// Positions 7 to 14 are not a possible date of birth.
    #[error("the identity number's date of birth is not plausible")]
    Date,
    /// The last character does not fit the others.
    #[error("the identity number's check character does not fit")]
    Checksum,
}

impl IdNumberError {
    /// The sentence that says so.
    #[must_use]
    pub const fn code(self) -> Code {
        match self {
            IdNumberError::Length => codes::IDENTITY_LENGTH,
            IdNumberError::Character => codes::IDENTITY_CHARACTER,
            IdNumberError::Date => codes::IDENTITY_DATE,
            IdNumberError::Checksum => codes::IDENTITY_CHECKSUM,
        }
    }
}

/// A well-formed identity number (居民身份证号). Personal data: never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct IdNumber {
    text: String,
    born: Date,
}

impl IdNumber {
    /// Reads a typed number; spaces and hyphens are dropped, x becomes X, full-width digits are digits.
    ///
    /// # Errors
    /// The first thing that is wrong with it. `today` bounds the date of birth.
    pub fn parse(typed: &str, today: Date) -> Result<IdNumber, IdNumberError> {
        let text: String =
            typed.chars().filter(|c| !c.is_whitespace() && *c != '-').map(narrow).take(19).collect();
        if text.chars().count() != 18 {
            return Err(IdNumberError::Length);
        }
        let (digits, last) = text.as_bytes().split_at(17);
        let formed = text.is_ascii()
            && digits.iter().all(u8::is_ascii_digit)
            && last.iter().all(|c| c.is_ascii_digit() || *c == b'X');
        if !formed {
            return Err(IdNumberError::Character);
        }
        let born =
            birth(digits).filter(|d| d.year() >= EARLIEST_YEAR && *d <= today).ok_or(IdNumberError::Date)?;
        if check_character(digits) != last[0] {
            return Err(IdNumberError::Checksum);
        }
        Ok(IdNumber { text, born })
    }

    /// The eighteen characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Date of birth.
    #[must_use]
    pub const fn born(&self) -> Date {
        self.born
    }

    /// Month and day of birth, `MMDD`: the second factor.
    #[must_use]
    pub fn birth_month_day(&self) -> String {
        format!("{:02}{:02}", self.born.month(), self.born.day())
    }
}

impl fmt::Debug for IdNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("IdNumber")
    }
}

/// What was typed, without spaces of any width, upper-case, and ASCII where an input method gave full-width characters.
pub(crate) fn plain(typed: &str) -> String {
    typed.chars().filter(|c| !c.is_whitespace()).map(narrow).flat_map(char::to_uppercase).collect()
}

/// Upper-case, and ASCII where an input method gave full-width characters.
pub(crate) fn narrow(c: char) -> char {
    let c = match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        other => other,
    };
    c.to_ascii_uppercase()
}

fn birth(digits: &[u8]) -> Option<Date> {
    let number = |part: &[u8]| part.iter().fold(0_i16, |n, d| n * 10 + i16::from(d - b'0'));
    let (month, day) = (number(&digits[10..12]), number(&digits[12..14]));
    Date::new(number(&digits[6..10]), i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn check_character(digits: &[u8]) -> u8 {
    let sum: u32 = digits.iter().zip(WEIGHTS).map(|(d, w)| u32::from(d - b'0') * w).sum();
    CHECK[(sum % 11) as usize]
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    const TODAY: Date = date(2026, 6, 1);

    /// An invented number: no region has the code 990000.
    fn invented(rest: &str) -> String {
        let digits = format!("990000{rest}");
        let check = char::from(check_character(digits.as_bytes()));
        format!("{digits}{check}")
    }

    #[test]
    fn the_standard_s_own_example_holds() {
        // GB 11643-1999, 4.2.1: an example of the standard's text, not a person.
        assert_eq!(check_character(b"11010519491231002"), b'X');
        assert_eq!(check_character(b"44052418800101001"), b'4');
    }

    #[test]
    fn a_good_number_tells_the_day_of_birth() {
        let number = IdNumber::parse(&invented("20040229001"), TODAY).unwrap();
        assert_eq!(number.born(), date(2004, 2, 29));
        assert_eq!(number.birth_month_day(), "0229");
    }

    #[test]
    fn typing_habits_are_forgiven() {
        let plain = invented("20040101003");
        let spaced = format!("{} {}", &plain[..6], plain[6..].to_lowercase());
        assert_eq!(IdNumber::parse(&spaced, TODAY), IdNumber::parse(&plain, TODAY));
    }

    #[test]
    fn each_mistake_has_its_name() {
        assert_eq!(IdNumber::parse("123", TODAY), Err(IdNumberError::Length));
        assert_eq!(IdNumber::parse("99000020040101A013", TODAY), Err(IdNumberError::Character));
        assert_eq!(IdNumber::parse(&invented("20030229001"), TODAY), Err(IdNumberError::Date));
        assert_eq!(IdNumber::parse(&invented("20270101001"), TODAY), Err(IdNumberError::Date));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn one_wrong_digit_is_always_noticed(serial in 0_u32..1000, at in 14_usize..17, add in 1_u8..10) {
            let good = invented(&format!("20040101{serial:03}"));
            let mut bytes = good.into_bytes();
            bytes[at] = b'0' + (bytes[at] - b'0' + add) % 10;
            let bad = String::from_utf8(bytes).unwrap();
            prop_assert_eq!(IdNumber::parse(&bad, TODAY), Err(IdNumberError::Checksum));
        }

        #[test]
        fn no_typed_text_panics(text in "\\PC{0,30}") {
            let _ = IdNumber::parse(&text, TODAY);
        }

        #[test]
        fn no_eighteen_characters_panic(text in "[0-9Xx０-９]{18}") {
            let _ = IdNumber::parse(&text, TODAY);
        }
    }
}
