//! The catalogue: every sentence with its code, generated from the topic files by the build script.

use crate::Lang;

/// One sentence in both languages, and the indices of the sentences that go with it.
#[derive(Debug)]
pub(crate) struct Sentence {
    pub(crate) code: &'static str,
    zh: &'static str,
    en: &'static str,
    pub(crate) remedy: Option<u16>,
    pub(crate) name: Option<u16>,
    pub(crate) hint: Option<u16>,
}

impl Sentence {
    pub(crate) fn text(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => self.zh,
            Lang::En => self.en,
        }
    }
}

include!(concat!(env!("OUT_DIR"), "/catalogue.rs"));

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Code;
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
            if let Some(head) = s.code.strip_suffix(".remedy") {
                assert!(Code::find(head).is_some(), "{} has no headline", s.code);
            }
        }
    }
}
