//! Every sentence that rules and errors emit, by code, in Chinese and English; the same for kiosk, pages and tools.
//!
//! A sentence stands in `sentences/<topic>.toml` under its code. The build script turns each code into a constant of [`codes`], of
//! type [`Code`], so that a code without a sentence does not compile; [`say`] speaks it. A code for a full screen has two
//! sentences: `code` is the headline, `code.mend` the remedy. Placeholders are `{value}`; `{value:day}` formats an ISO date for
//! the language. The voice is plain and kind: no blame, no technical words.

mod catalogue;
mod code;
mod speak;

pub use catalogue::{codes, has};
pub use code::{Code, find_lenient, find_or_general};
pub use speak::{say, say_with};

/// One constant per sentence, named as its code: `visit.not_you` is `VISIT_NOT_YOU`.
pub mod codes {
    use crate::Code;

    include!(concat!(env!("OUT_DIR"), "/codes.rs"));
}

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
