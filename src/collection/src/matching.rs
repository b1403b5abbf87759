//! Matching without storing: HMAC-SHA256 under the task's key of what a student types, and of the unique number.

use crate::identity::plain;
use crate::payload::Payload;
use crate::signature::KeyError;
use crate::{EnrolmentId, Matching, Task, TokenHash, UniqueNumber};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use std::fmt;
use zeroize::Zeroize;

/// The key of one task for enrolment ids, matching and tokens. Secret; wiped when dropped, never printed.
#[derive(Clone)]
pub struct MatchingKey([u8; 32]);

impl Drop for MatchingKey {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl fmt::Debug for MatchingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MatchingKey")
    }
}

impl MatchingKey {
    /// From its bytes.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Reads 64 hex digits.
    ///
    /// # Errors
    /// [`KeyError::Form`] when it is anything else.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(text, &mut bytes).map_err(|_| KeyError::Form)?;
        Ok(Self(bytes))
    }

    /// Label `number6`: last six characters of the identity number. Case, spaces and width do not count.
    #[must_use]
    pub fn number_last6(&self, typed: &str) -> String {
        let typed = plain(typed).replace('-', "");
        let from = typed.char_indices().rev().nth(5).map_or(0, |(i, _)| i);
        self.labelled("number6", &typed[from..])
    }

    /// Label `number`: the whole identity number. Case, spaces, hyphens and width do not count.
    #[must_use]
    pub fn number(&self, typed: &str) -> String {
        self.labelled("number", &plain(typed).replace('-', ""))
    }

    /// Label `student`: the student number (学号). Case, spaces, hyphens and width do not count.
    #[must_use]
    pub fn student_number(&self, typed: &str) -> String {
        self.labelled("student", &plain(typed).replace('-', ""))
    }

    /// Label `birth`: month and day of birth, `MMDD`.
    #[must_use]
    pub fn birth_month_day(&self, typed: &str) -> String {
        self.labelled("birth", &plain(typed))
    }

    /// Label `token`: the payload of a collection code.
    #[must_use]
    pub fn token(&self, payload: Payload<'_>) -> TokenHash {
        TokenHash(hex::encode(self.hmac(&[b"token:", payload.as_bytes()])))
    }

    /// The enrolment of a student on no roster, by the whole number of the identity document: HMAC over `manual:<number>`, first
    /// 16 bytes.
    pub(crate) fn manual_enrolment(&self, number: &str) -> EnrolmentId {
        self.enrolment(b"manual:", number)
    }

    fn enrolment(&self, label: &[u8], number: &str) -> EnrolmentId {
        let full = self.hmac(&[label, number.as_bytes()]);
        let mut short = [0; 16];
        short.copy_from_slice(&full[..16]);
        EnrolmentId::from_bytes(short)
    }

    fn labelled(&self, label: &str, value: &str) -> String {
        hex::encode(self.hmac(&[label.as_bytes(), b":", value.as_bytes()]))
    }

    #[expect(clippy::expect_used, reason = "HMAC takes a key of any length (RFC 2104)")]
    fn hmac(&self, parts: &[&[u8]]) -> [u8; 32] {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("any length");
        for part in parts {
            mac.update(part);
        }
        mac.finalize().into_bytes().into()
    }
}

/// The enrolment of one unique number at the task that owns `key`: HMAC over `enrolment:<number>`, first 16 bytes.
#[must_use]
pub fn enrolment_id(key: &MatchingKey, number: &UniqueNumber) -> EnrolmentId {
    key.enrolment(b"enrolment:", number.as_str())
}

/// The hashes that a roster entry carries. `number` is the whole identity number, `birth_month_day` is `MMDD`.
#[must_use]
pub fn matching(key: &MatchingKey, number: &str, student_number: &str, birth_month_day: &str) -> Matching {
    Matching {
        number_last6: key.number_last6(number),
        number: Some(key.number(number)),
        student_number: key.student_number(student_number),
        birth_month_day: key.birth_month_day(birth_month_day),
    }
}

impl Task {
    /// The task's matching key.
    ///
    /// # Errors
    /// When the task's text is not 32 bytes of hex.
    pub fn key(&self) -> Result<MatchingKey, KeyError> {
        MatchingKey::parse(&self.matching_key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn key(byte: u8) -> MatchingKey {
        MatchingKey::from_bytes([byte; 32])
    }

    #[test]
    fn case_and_spaces_do_not_matter() {
        assert_eq!(key(1).number_last6("9900 0019 9001 0100 1x"), key(1).number_last6("01001X"));
        assert_eq!(key(1).student_number(" s-1 "), key(1).student_number("S1"));
        assert_eq!(key(1).number("９９０000-2004 010100１x"), key(1).number("99000020040101001X"));
    }

    #[test]
    fn labels_and_keys_keep_values_apart() {
        assert_ne!(key(1).number_last6("123456"), key(1).student_number("123456"));
        assert_ne!(key(1).number_last6("123456"), key(2).number_last6("123456"));
        let number = UniqueNumber::new("1000012026000001").unwrap();
        assert_ne!(enrolment_id(&key(1), &number), enrolment_id(&key(2), &number));
        assert_eq!(enrolment_id(&key(1), &number), enrolment_id(&key(1), &number));
    }

    proptest! {
        #[test]
        fn no_typed_text_panics(text in "\\PC{0,40}") {
            let k = key(7);
            let _ = (k.number_last6(&text), k.student_number(&text), k.birth_month_day(&text));
        }
    }
}
