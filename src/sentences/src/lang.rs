//! The languages of the catalogue.

/// A language that the catalogue speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    /// 中文
    #[default]
    Zh,
    /// English
    En,
}

impl Lang {
    /// Both languages.
    pub const ALL: [Lang; 2] = [Lang::Zh, Lang::En];

    /// Reads a language tag (`zh`, `zh-CN`, `en`); anything else is Chinese, because the kiosk stands in China.
    #[must_use]
    pub fn from_tag(tag: &str) -> Lang {
        if tag.get(..2).is_some_and(|t| t.eq_ignore_ascii_case("en")) { Lang::En } else { Lang::Zh }
    }

    /// The language's tag for HTML and configuration.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Lang::Zh => "zh-CN",
            Lang::En => "en",
        }
    }
}
