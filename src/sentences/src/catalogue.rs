//! The catalogue: every sentence with its code, generated from the topic files by the build script.

use crate::{Code, Lang};

/// One sentence in both languages, and the codes of the sentences that go with it.
#[derive(Debug)]
pub(crate) struct Sentence {
    pub(crate) code: &'static str,
    zh: &'static str,
    en: &'static str,
    pub(crate) mend: Option<Code>,
    pub(crate) name: Option<Code>,
    pub(crate) hint: Option<Code>,
}

impl Sentence {
    pub(crate) fn text(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => self.zh,
            Lang::En => self.en,
        }
    }
}

mod generated {
    use super::Sentence;
    use crate::Code;

    include!(concat!(env!("OUT_DIR"), "/catalogue.rs"));
}

pub(crate) use generated::CATALOGUE;

/// Whether the catalogue has a sentence of this code.
#[must_use]
pub fn has(code: &str) -> bool {
    Code::find(code).is_some()
}

/// The text of every code, sorted.
pub fn codes() -> impl Iterator<Item = &'static str> {
    CATALOGUE.iter().map(|s| s.code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::speak::placeholders;

    #[test]
    fn both_languages_have_a_text_for_every_code() {
        for s in &CATALOGUE {
            assert!(!s.zh.trim().is_empty(), "{} lacks zh", s.code);
            assert!(!s.en.trim().is_empty(), "{} lacks en", s.code);
        }
    }

    #[test]
    fn both_languages_have_the_same_placeholders() {
        for s in &CATALOGUE {
            assert_eq!(placeholders(s.zh), placeholders(s.en), "placeholders of {}", s.code);
        }
    }

    #[test]
    fn the_voice_is_kept() {
        for s in &CATALOGUE {
            for text in [s.zh, s.en] {
                assert!(!text.contains(['!', '！']), "{} has an exclamation mark", s.code);
            }
            assert!(!s.zh.contains('您'), "{} says 您", s.code);
        }
    }

    #[test]
    fn a_mend_sentence_has_its_headline() {
        for s in &CATALOGUE {
            if let Some(head) = s.code.strip_suffix(".mend") {
                assert!(Code::find(head).is_some(), "{} has no headline", s.code);
            }
        }
    }
}
