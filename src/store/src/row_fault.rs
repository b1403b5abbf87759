//! What can be wrong with a stored row. No variant holds a text: serde and SQLite quote the value or the statement that they
//! refuse, and a row may be a student's. Whatever becomes a [`RowFault`] has lost its words, so that no log and no report of an
//! error can name a person, whoever prints it and however.

use collection::{EntryError, KeyError};

/// What is wrong with a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RowFault {
    /// Its JSON is not of the expected form.
    #[error("its JSON {kind} at line {line}, column {column}")]
    Json {
        /// In which way.
        kind: JsonFault,
        /// Where, counted from 1; 0 where serde does not say.
        line: usize,
        /// Where in the line, bytes, counted from 1.
        column: usize,
    },
    /// A column holds a value of another type, length or range.
    #[error("column {index} of the query has another type, length or range")]
    Column {
        /// Position in the query, counted from 0.
        index: usize,
    },
    /// There is no such row.
    #[error("there is no such row")]
    Absent,
    /// A value is none of those that the program knows.
    #[error("its value is none of those it may have")]
    Value,
    /// A text that should be a file of some form does not parse.
    #[error("its text does not parse")]
    Text,
    /// A key is not of its length, or the cryptographic library refuses it.
    #[error("its key is no key")]
    Key,
    /// An entry is larger than may be signed or read.
    #[error("its entry has {bytes} bytes, more than {}", collection::MAX_ENTRY_BYTES)]
    EntryTooLarge {
        /// Its size.
        bytes: usize,
    },
    /// An entry's signature is not its author's.
    #[error("its entry's signature does not hold")]
    EntrySignature,
    /// The bytes are no entry.
    #[error("its bytes are no entry")]
    EntryForm,
}

/// In which way JSON is not of the expected form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum JsonFault {
    /// It could not be read or written.
    #[error("cannot be read or written")]
    Io,
    /// It is no JSON.
    #[error("breaks the syntax")]
    Syntax,
    /// A value is of another type, missing, or unknown.
    #[error("has another value than expected")]
    Data,
    /// It ends too early.
    #[error("ends too early")]
    CutShort,
}

impl From<serde_json::Error> for RowFault {
    fn from(error: serde_json::Error) -> RowFault {
        use serde_json::error::Category;
        let kind = match error.classify() {
            Category::Io => JsonFault::Io,
            Category::Syntax => JsonFault::Syntax,
            Category::Data => JsonFault::Data,
            Category::Eof => JsonFault::CutShort,
        };
        RowFault::Json { kind, line: error.line(), column: error.column() }
    }
}

impl From<EntryError> for RowFault {
    fn from(error: EntryError) -> RowFault {
        match error {
            EntryError::TooLarge { bytes } => RowFault::EntryTooLarge { bytes },
            EntryError::Signature => RowFault::EntrySignature,
            // Its text is serde's, which quotes.
            EntryError::Form(_) => RowFault::EntryForm,
        }
    }
}

impl From<KeyError> for RowFault {
    fn from(error: KeyError) -> RowFault {
        match error {
            KeyError::Form | KeyError::Refused => RowFault::Key,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_serde_quotes_is_left_out_and_the_place_stays() {
        let quoting = serde_json::from_str::<u32>("\"林知夏\"").unwrap_err();
        assert!(quoting.to_string().contains("林知夏"), "serde quotes: {quoting}");
        let fault = RowFault::from(quoting);
        assert_eq!(fault, RowFault::Json { kind: JsonFault::Data, line: 1, column: 11 });
        assert!(!fault.to_string().contains("林知夏"));
        let entry = RowFault::from(EntryError::Form("invalid type: string \"林知夏\"".to_owned()));
        assert!(!format!("{entry} {entry:?}").contains("林知夏"));
    }
}
