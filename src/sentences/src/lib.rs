//! Every sentence that rules and errors emit, by code, in Chinese and English; the same for kiosk, pages and tools.
//!
//! A sentence stands in `sentences/<topic>.toml` under its code. The build script turns each code into a constant of [`codes`], of
//! type [`Code`], so that a code without a sentence does not compile; [`say`] speaks it. A code for a full screen has two
//! sentences: `code` is the headline, `code.remedy` the remedy. Placeholders are `{value}`; `{value:day}` formats an ISO date for
//! the language. The voice is plain and kind: no blame, no technical words.

mod catalogue;
mod code;
mod lang;
mod speak;

pub use code::{Code, find_lenient, find_or_general};
pub use lang::Lang;
pub use speak::{say, say_with};

/// One constant per sentence, named as its code: `visit.not_you` is `VISIT_NOT_YOU`.
pub mod codes {
    use crate::Code;

    include!(concat!(env!("OUT_DIR"), "/codes.rs"));
}
