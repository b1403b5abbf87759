//! Identity documents of students: which kinds there are, and how each number is formed.
//!
//! The mainland card has a checksum and says the day of birth. The others only have a form: nothing beyond it is
//! checked.

use crate::identity::plain;
use crate::{IdNumber, IdNumberError};
use jiff::civil::Date;
use sentences::{Code, codes};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Kind of identity document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    /// 居民身份证, and the residence permit for Hong Kong, Macao and Taiwan residents, whose number is formed alike.
    IdCard,
    /// 护照
    Passport,
    /// 港澳居民来往内地通行证
    HkMacaoPermit,
    /// 台湾居民来往大陆通行证
    TaiwanPermit,
}

impl DocumentKind {
    /// All of them, the most common first.
    pub const ALL: [DocumentKind; 4] = [
        DocumentKind::IdCard,
        DocumentKind::Passport,
        DocumentKind::HkMacaoPermit,
        DocumentKind::TaiwanPermit,
    ];

    /// Code of its name.
    #[must_use]
    pub const fn code(self) -> Code {
        match self {
            DocumentKind::IdCard => codes::DOCUMENT_ID_CARD,
            DocumentKind::Passport => codes::DOCUMENT_PASSPORT,
            DocumentKind::HkMacaoPermit => codes::DOCUMENT_HK_MACAO_PERMIT,
            DocumentKind::TaiwanPermit => codes::DOCUMENT_TAIWAN_PERMIT,
        }
    }

    /// The kind that a roster's text names; `None` for unknown text. An empty text names the card.
    #[must_use]
    pub fn named(words: &str) -> Option<DocumentKind> {
        let words = words.trim().to_lowercase();
        let has = |any: &[&str]| any.iter().any(|w| words.contains(w));
        if words.is_empty() || has(&["身份证", "居住证"]) || words == "id" {
            Some(DocumentKind::IdCard)
        } else if has(&["护照", "passport"]) {
            Some(DocumentKind::Passport)
        } else if has(&["港澳", "香港", "澳门", "回乡"]) {
            Some(DocumentKind::HkMacaoPermit)
        } else if has(&["台湾", "台胞"]) {
            Some(DocumentKind::TaiwanPermit)
        } else {
            None
        }
    }
}

/// Why a typed number is not of its kind's form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DocumentFault {
    /// Not the number of an identity card.
    #[error(transparent)]
    IdCard(#[from] IdNumberError),
    /// Not five to nine letters and digits with at least one digit (ICAO 9303-3, document number).
    #[error("the passport number is not five to nine letters and digits")]
    Passport,
    /// Not H or M and eight digits, or ten with the number of issues.
    #[error("the permit's number is not H or M and eight or ten digits")]
    HkMacaoPermit,
    /// Not eight digits, nor the older ten digits with at most one letter behind.
    #[error("the permit's number is not eight digits")]
    TaiwanPermit,
}

impl DocumentFault {
    /// The sentence that says so.
    #[must_use]
    pub const fn code(self) -> Code {
        match self {
            DocumentFault::IdCard(e) => e.code(),
            DocumentFault::Passport => codes::DOCUMENT_PASSPORT_FORM,
            DocumentFault::HkMacaoPermit => codes::DOCUMENT_HK_MACAO_PERMIT_FORM,
            DocumentFault::TaiwanPermit => codes::DOCUMENT_TAIWAN_PERMIT_FORM,
        }
    }
}

/// A well-formed document. Personal data: never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Document {
    kind: DocumentKind,
    number: String,
    born: Option<Date>,
}

impl Document {
    /// Reads a typed number of this kind; spaces, hyphens, brackets and case do not count, full-width characters are narrow.
    ///
    /// # Errors
    /// What is wrong with it. `today` bounds a card's date of birth.
    pub fn parse(kind: DocumentKind, typed: &str, today: Date) -> Result<Document, DocumentFault> {
        if kind == DocumentKind::IdCard {
            let id = IdNumber::parse(typed, today)?;
            return Ok(Document { kind, number: id.as_str().to_owned(), born: Some(id.born()) });
        }
        let short: String = typed.chars().take(40).collect();
        let number: String = plain(&short).chars().filter(|c| !matches!(c, '-' | '(' | ')')).collect();
        let (formed, fault) = match kind {
            DocumentKind::HkMacaoPermit => (is_hk_macao(&number), DocumentFault::HkMacaoPermit),
            DocumentKind::TaiwanPermit => (is_taiwan(&number), DocumentFault::TaiwanPermit),
            DocumentKind::Passport | DocumentKind::IdCard => (is_passport(&number), DocumentFault::Passport),
        };
        if formed { Ok(Document { kind, number, born: None }) } else { Err(fault) }
    }

    /// Its kind.
    #[must_use]
    pub const fn kind(&self) -> DocumentKind {
        self.kind
    }

    /// The number as it is compared and hashed.
    #[must_use]
    pub fn number(&self) -> &str {
        &self.number
    }

    /// Day of birth, where the number says it.
    #[must_use]
    pub const fn born(&self) -> Option<Date> {
        self.born
    }
}

impl fmt::Debug for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Document({:?})", self.kind)
    }
}

fn digits(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

fn is_passport(number: &str) -> bool {
    let formed = (5..=9).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_alphanumeric());
    formed && number.bytes().any(|b| b.is_ascii_digit())
}

fn is_hk_macao(number: &str) -> bool {
    let rest = number.strip_prefix(['H', 'M']).unwrap_or_default();
    matches!(rest.len(), 8 | 10) && digits(rest)
}

fn is_taiwan(number: &str) -> bool {
    let old = number.strip_suffix(|c: char| c.is_ascii_uppercase()).unwrap_or(number);
    (number.len() == 8 && digits(number)) || (old.len() == 10 && digits(old))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    const TODAY: Date = date(2026, 6, 1);

    fn read(kind: DocumentKind, typed: &str) -> Result<String, Code> {
        Document::parse(kind, typed, TODAY).map(|d| d.number().to_owned()).map_err(DocumentFault::code)
    }

    #[test]
    fn each_kind_has_its_form() {
        use DocumentKind as K;
        assert_eq!(read(K::Passport, "e 1234 5678"), Ok("E12345678".to_owned()));
        assert_eq!(read(K::Passport, "ＳＰＥＣ１"), Ok("SPEC1".to_owned()));
        assert_eq!(read(K::HkMacaoPermit, "h-00000001"), Ok("H00000001".to_owned()));
        assert_eq!(read(K::HkMacaoPermit, "M0000000102"), Ok("M0000000102".to_owned()));
        assert_eq!(read(K::TaiwanPermit, "00000001"), Ok("00000001".to_owned()));
        assert_eq!(read(K::TaiwanPermit, "0000000101(B)"), Ok("0000000101B".to_owned()));
    }

    #[test]
    fn each_fault_has_its_sentence() {
        use DocumentKind as K;
        for typed in ["", "1234", "1234567890", "护照12345", "ABCDEF"] {
            assert_eq!(read(K::Passport, typed), Err(codes::DOCUMENT_PASSPORT_FORM), "{typed}");
        }
        for typed in ["A00000001", "H0000001", "H000000010", "00000001", "H0000000A"] {
            assert_eq!(read(K::HkMacaoPermit, typed), Err(codes::DOCUMENT_HK_MACAO_PERMIT_FORM), "{typed}");
        }
        for typed in ["0000001", "000000012", "0000000101BB", "B0000001"] {
            assert_eq!(read(K::TaiwanPermit, typed), Err(codes::DOCUMENT_TAIWAN_PERMIT_FORM), "{typed}");
        }
        assert_eq!(read(K::IdCard, "123"), Err(codes::IDENTITY_LENGTH));
    }

    #[test]
    fn a_roster_s_words_find_their_kind() {
        use DocumentKind as K;
        for (words, kind) in [
            ("", Some(K::IdCard)),
            ("居民身份证", Some(K::IdCard)),
            ("港澳台居民居住证", Some(K::IdCard)),
            ("护照", Some(K::Passport)),
            ("Passport", Some(K::Passport)),
            ("港澳居民来往内地通行证", Some(K::HkMacaoPermit)),
            ("台胞证", Some(K::TaiwanPermit)),
            ("军官证", None),
        ] {
            assert_eq!(DocumentKind::named(words), kind, "{words}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn no_typed_text_panics_and_what_is_read_reads_again(kind in 0_usize..4, text in "\\PC{0,24}|[HM]?[0-9]{5,11}[A-Z]?") {
            let kind = DocumentKind::ALL[kind];
            if let Ok(document) = Document::parse(kind, &text, TODAY) {
                prop_assert_eq!(Document::parse(kind, document.number(), TODAY), Ok(document));
            }
        }
    }
}
