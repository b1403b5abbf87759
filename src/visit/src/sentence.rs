//! A sentence that a student or a member of staff reads: its code in the catalogue and what stands in its placeholders.

use collection::rights::Refusal;
use sentences::Code;

/// A sentence by code with its placeholders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Sentence code.
    pub code: Code,
    /// Placeholders.
    pub args: Vec<(&'static str, String)>,
}

impl Sentence {
    /// A sentence without placeholders.
    #[must_use]
    pub fn plain(code: Code) -> Sentence {
        Sentence { code, args: Vec::new() }
    }

    /// A sentence with one placeholder.
    #[must_use]
    pub fn with(code: Code, name: &'static str, value: String) -> Sentence {
        Sentence { code, args: vec![(name, value)] }
    }
}

impl From<Refusal> for Sentence {
    fn from(refusal: Refusal) -> Sentence {
        let mut args = refusal.args();
        if let Some(at) = refusal.reopens() {
            args.push(("reopens", at.date().to_string()));
        }
        Sentence { code: refusal.code(), args }
    }
}
