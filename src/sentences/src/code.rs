//! A sentence's code as a type: it can only be one that the catalogue has.

use crate::catalogue::{CATALOGUE, GENERAL, Sentence};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;

/// The code of a sentence in the catalogue, such as `rights.not_open`.
///
/// The constants of [`codes`](crate::codes) are the codes; text from outside (a server, another device's journal) becomes one
/// through [`Code::find`]. Codes are ordered as their texts are. In JSON and TOML a code is its text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(pub(crate) u16);

impl Code {
    /// The code that this text names; `None` if the catalogue has no such sentence.
    #[must_use]
    pub fn find(text: &str) -> Option<Code> {
        let index = CATALOGUE.binary_search_by(|s| s.code.cmp(text)).ok()?;
        u16::try_from(index).ok().map(Code)
    }

    /// The code that this text names, or [`codes::GENERAL`](crate::codes::GENERAL): for texts that an older or newer version of
    /// the program wrote and that have to be shown whatever they are.
    #[must_use]
    pub fn find_or_general(text: &str) -> Code {
        Code::find(text).unwrap_or(Code(GENERAL))
    }

    /// Every code, sorted by text.
    pub fn all() -> impl Iterator<Item = Code> {
        (0..).map(Code).take(CATALOGUE.len())
    }

    /// The code's text, as it stands in journals and replies.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.sentence().code
    }

    /// The code of the remedy that goes with this headline (`code.remedy`).
    #[must_use]
    pub fn remedy(self) -> Option<Code> {
        self.sentence().remedy.map(Code)
    }

    /// The code of the short name of what this sentence is about (`code.name`).
    #[must_use]
    pub fn name(self) -> Option<Code> {
        self.sentence().name.map(Code)
    }

    /// The code of the example shown in the empty field that this sentence asks to fill (`code.hint`).
    #[must_use]
    pub fn hint(self) -> Option<Code> {
        self.sentence().hint.map(Code)
    }

    /// The sentence. Only the generated constants and [`Code::find`] make codes, so the index is always inside the catalogue.
    pub(crate) fn sentence(self) -> &'static Sentence {
        &CATALOGUE[usize::from(self.0)]
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl AsRef<str> for Code {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// Fails on a text that the catalogue does not have; see [`find_lenient`] and [`find_or_general`] for stored data.
impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Code, D::Error> {
        let text = String::deserialize(deserializer)?;
        Code::find(&text).ok_or_else(|| de::Error::custom(format_args!("no sentence has the code {text:?}")))
    }
}

/// For `#[serde(deserialize_with)]` on an `Option<Code>` in stored data: a text that the catalogue does not have is `None`.
///
/// # Errors
/// Only if there is neither a text nor nothing.
pub fn find_lenient<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Code>, D::Error> {
    Ok(Option::<String>::deserialize(deserializer)?.and_then(|text| Code::find(&text)))
}

/// For `#[serde(deserialize_with)]` on a `Code` in stored data: a text that the catalogue does not have is the general code.
///
/// # Errors
/// Only if there is no text.
pub fn find_or_general<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Code, D::Error> {
    Ok(Code::find_or_general(&String::deserialize(deserializer)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codes;

    #[test]
    fn every_code_is_found_by_its_text_and_no_other_is() {
        for code in Code::all() {
            assert_eq!(Code::find(code.as_str()), Some(code));
        }
        assert_eq!(Code::find("no.such.code"), None);
        assert_eq!(Code::find_or_general("no.such.code"), codes::GENERAL);
    }

    #[test]
    fn constants_name_their_own_codes() {
        assert_eq!(codes::GENERAL.as_str(), "general");
        assert_eq!(codes::RIGHTS_NOT_OPEN.as_str(), "rights.not_open");
        assert_eq!(codes::RIGHTS_NOT_OPEN.remedy(), Some(codes::RIGHTS_NOT_OPEN_REMEDY));
        assert_eq!(codes::RIGHTS_NOT_OPEN_REMEDY.remedy(), None);
        assert_eq!(codes::CHECK_HAIR_TOP.name(), Some(codes::CHECK_HAIR_TOP_NAME));
    }

    #[test]
    fn codes_are_ordered_as_their_texts() {
        assert!(Code::all().is_sorted_by(|a, b| a < b && a.as_str() < b.as_str()));
    }

    #[test]
    fn json_holds_the_text_and_an_unknown_text_is_refused() {
        let text = serde_json::to_string(&codes::GENERAL).unwrap();
        assert_eq!(text, "\"general\"");
        assert_eq!(serde_json::from_str::<Code>(&text).unwrap(), codes::GENERAL);
        assert!(serde_json::from_str::<Code>("\"no.such.code\"").is_err());
    }

    #[test]
    fn stored_codes_that_are_gone_are_read_leniently() {
        #[derive(Deserialize)]
        struct Stored {
            #[serde(deserialize_with = "find_or_general")]
            said: Code,
            #[serde(default, deserialize_with = "find_lenient")]
            reason: Option<Code>,
        }
        let stored: Stored = serde_json::from_str(r#"{"said":"gone.one","reason":"gone.two"}"#).unwrap();
        assert_eq!((stored.said, stored.reason), (codes::GENERAL, None));
    }
}
