//! The catalogue: the topic files, parsed once, flattened to code -> sentence.

use crate::Lang;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The code whose sentence is said when another code has none.
pub const GENERAL: &str = "general";

/// The topic files, so that no two rooms edit the same one.
const FILES: &[(&str, &str)] = &[
    ("ask", include_str!("../sentences/ask.toml")),
    ("camera", include_str!("../sentences/camera.toml")),
    ("case", include_str!("../sentences/case.toml")),
    ("check", include_str!("../sentences/check.toml")),
    ("code", include_str!("../sentences/code.toml")),
    ("config", include_str!("../sentences/config.toml")),
    ("desk", include_str!("../sentences/desk.toml")),
    ("document", include_str!("../sentences/document.toml")),
    ("kiosk", include_str!("../sentences/kiosk.toml")),
    ("record", include_str!("../sentences/record.toml")),
    ("refusal", include_str!("../sentences/refusal.toml")),
    ("review", include_str!("../sentences/review.toml")),
    ("rights", include_str!("../sentences/rights.toml")),
    ("scan", include_str!("../sentences/scan.toml")),
    ("server", include_str!("../sentences/server.toml")),
    ("state", include_str!("../sentences/state.toml")),
    ("store", include_str!("../sentences/store.toml")),
    ("task", include_str!("../sentences/task.toml")),
    ("visit", include_str!("../sentences/visit.toml")),
];

/// One sentence in both languages.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sentence {
    zh: String,
    en: String,
}

impl Sentence {
    pub(crate) fn text(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

/// A file that does not parse costs only its own sentences here; the tests below name it.
static CATALOGUE: LazyLock<BTreeMap<String, Sentence>> = LazyLock::new(|| {
    let mut all = BTreeMap::new();
    for (_, text) in FILES {
        if let Ok(table) = text.parse::<toml::Table>() {
            flatten("", &table, &mut all);
        }
    }
    all
});

/// `[a.b]` with `zh` and `en` is the sentence `a.b`; its sub-tables are sentences of their own (`a.b.mend`).
fn flatten(prefix: &str, table: &toml::Table, into: &mut BTreeMap<String, Sentence>) {
    let text = |key: &str| table.get(key).and_then(toml::Value::as_str).map(str::to_owned);
    let (zh, en) = (text("zh"), text("en"));
    if zh.is_some() || en.is_some() {
        let sentence = Sentence { zh: zh.unwrap_or_default(), en: en.unwrap_or_default() };
        into.insert(prefix.to_owned(), sentence);
    }
    for (key, value) in table {
        if let toml::Value::Table(below) = value {
            let code = if prefix.is_empty() { key.clone() } else { format!("{prefix}.{key}") };
            flatten(&code, below, into);
        }
    }
}

pub(crate) fn find(code: &str) -> Option<&'static Sentence> {
    CATALOGUE.get(code)
}

/// Whether a code has a sentence of its own.
#[must_use]
pub fn has(code: &str) -> bool {
    CATALOGUE.contains_key(code)
}

/// Every code, sorted.
pub fn codes() -> impl Iterator<Item = &'static str> {
    CATALOGUE.keys().map(String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::speak::placeholders;

    #[test]
    fn every_file_parses_and_no_code_stands_in_two_of_them() {
        let mut owner: BTreeMap<String, &str> = BTreeMap::new();
        for (name, text) in FILES {
            let table = text.parse::<toml::Table>().unwrap_or_else(|e| panic!("{name}.toml: {e}"));
            let mut codes = BTreeMap::new();
            flatten("", &table, &mut codes);
            for code in codes.into_keys() {
                if let Some(other) = owner.insert(code.clone(), name) {
                    panic!("{code} stands in {other}.toml and {name}.toml");
                }
            }
        }
    }

    #[test]
    fn both_languages_have_a_text_for_every_code() {
        for (code, s) in CATALOGUE.iter() {
            assert!(!s.zh.trim().is_empty(), "{code} lacks zh");
            assert!(!s.en.trim().is_empty(), "{code} lacks en");
        }
    }

    #[test]
    fn both_languages_have_the_same_placeholders() {
        for (code, s) in CATALOGUE.iter() {
            assert_eq!(placeholders(&s.zh), placeholders(&s.en), "placeholders of {code}");
        }
    }

    #[test]
    fn the_voice_is_kept() {
        for (code, s) in CATALOGUE.iter() {
            for text in [&s.zh, &s.en] {
                assert!(!text.contains(['!', '！']), "{code} has an exclamation mark");
            }
            assert!(!s.zh.contains('您'), "{code} says 您");
        }
    }

    #[test]
    fn a_mend_sentence_has_its_headline() {
        for code in CATALOGUE.keys() {
            if let Some(head) = code.strip_suffix(".mend") {
                assert!(has(head), "{code} has no headline");
            }
        }
    }

    #[test]
    fn the_general_sentence_exists() {
        assert!(has(GENERAL));
    }
}
