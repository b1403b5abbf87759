//! Reads bodies from the other end: bounded before they are parsed, and never echoed, because they hold personal data.

use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// Largest reply other than a page or a picture, bytes.
pub const MAX_REPLY_BYTES: usize = 1 << 20;

/// A body that was not read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WireError {
    /// More bytes than are read.
    #[error("the body has {bytes} bytes, more than {limit}")]
    TooLarge {
        /// How many it has.
        bytes: usize,
        /// How many are read.
        limit: usize,
    },
    /// More entries than a batch may have.
    #[error("the batch has {entries} entries, more than {limit}")]
    TooMany {
        /// How many it has.
        entries: usize,
        /// How many it may have.
        limit: usize,
    },
    /// Not JSON of the expected form. The reason has a position, never a value.
    #[error("the body is not of the expected form: {0}")]
    Form(String),
}

/// The body of a reply that reports a failure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// Sentence code (`server.enrol.code`).
    pub code: String,
}

/// Reads a JSON body of at most `limit` bytes.
///
/// # Errors
/// When it is longer or of another form.
pub fn read<T: DeserializeOwned>(body: &[u8], limit: usize) -> Result<T, WireError> {
    if body.len() > limit {
        return Err(WireError::TooLarge { bytes: body.len(), limit });
    }
    serde_json::from_slice(body).map_err(|e| WireError::Form(reason(&e)))
}

/// Position and category of a JSON mistake. serde's own message quotes values, which may be personal.
pub(crate) fn reason(e: &serde_json::Error) -> String {
    let sort = match e.classify() {
        serde_json::error::Category::Io => "reading",
        serde_json::error::Category::Syntax => "syntax",
        serde_json::error::Category::Data => "data",
        serde_json::error::Category::Eof => "cut short",
    };
    format!("{sort} at line {} column {}", e.line(), e.column())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ChangePage, EnrolRequest, JournalBatch};
    use proptest::prelude::*;

    #[test]
    fn a_body_longer_than_its_limit_is_refused_before_it_is_parsed() {
        assert_eq!(read::<Fault>(&[b' '; 100], 99), Err(WireError::TooLarge { bytes: 100, limit: 99 }));
    }

    #[test]
    fn a_mistake_never_quotes_the_value() {
        let body = br#"{"entries": "990000200001011234"}"#;
        let told = JournalBatch::parse(body).expect_err("no batch").to_string();
        assert!(!told.contains("9900"), "{told}");
    }

    proptest! {
        #[test]
        fn no_bytes_panic_a_parser(body in proptest::collection::vec(any::<u8>(), 0..600)) {
            let _ = JournalBatch::parse(&body);
            let _ = ChangePage::parse(&body);
            let _ = EnrolRequest::parse(&body);
        }

        #[test]
        fn no_json_panics_a_parser(text in r#"[\{\}\[\]",:a-z0-9 ]{0,200}"#) {
            let page = format!(r#"{{"epoch":"e","changes":[{text}],"cursor":1,"more":false}}"#);
            let _ = ChangePage::parse(page.as_bytes());
            let _ = JournalBatch::parse(format!(r#"{{"entries":[{text}]}}"#).as_bytes());
        }
    }
}
