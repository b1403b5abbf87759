//! What can go wrong with the store, each naming the object, each with the code of a sentence for people.
//!
//! An error names the object and the kind of fault and never quotes what was read: a row may be a student's, and errors are
//! logged. So no variant holds the text of another library's error, see [`RowFault`].

use crate::RowFault;
use collection::{DeviceId, PictureHash};
use rusqlite::{ErrorCode, ffi};
use sentences::{Code, codes};
use std::error::Error;
use std::path::PathBuf;

/// Something the store could not do.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The SQLite in this build does not encrypt. Nothing was written.
    #[error("this build's SQLite has no cipher; the store stays closed")]
    NoCipher,
    /// The key is another store's, or the file's first page is damaged; the two cannot be distinguished.
    #[error("{path}: the key does not open the store, or its first page is damaged")]
    WrongKey {
        /// The database file.
        path: PathBuf,
    },
    /// A later version of the program wrote the store.
    #[error("the store has schema {found}, this program knows {known}")]
    Newer {
        /// The store's schema.
        found: u32,
        /// The newest known one.
        known: u32,
    },
    /// The kiosk is no device of a server yet, so it cannot sign for one.
    #[error("the kiosk is not enrolled with a server yet")]
    NotEnrolled,
    /// The store belongs to another device and holds its entries.
    #[error("the store holds entries of {device}; it cannot become another device")]
    AlreadyEnrolled {
        /// Whose entries they are.
        device: DeviceId,
    },
    /// An entry refers to a picture that neither came with it nor is in the store.
    #[error("picture {hash} is neither given nor stored")]
    PictureMissing {
        /// The picture.
        hash: PictureHash,
    },
    /// A picture is larger than may travel.
    #[error("picture {hash} has {bytes} bytes, more than {}", protocol::MAX_PICTURE_BYTES)]
    PictureTooLarge {
        /// The picture.
        hash: PictureHash,
        /// Its size.
        bytes: usize,
    },
    /// The bytes are not those of the hash they came under.
    #[error("the bytes given for picture {hash} are another picture's")]
    PictureOther {
        /// The hash they came under.
        hash: PictureHash,
    },
    /// An entry could not be written as JSON or signed. Nothing was written.
    #[error("the entry was not signed: {fault}")]
    NotSigned {
        /// Why.
        fault: RowFault,
    },
    /// Another process of the kiosk has the store open. Nothing was read or written.
    #[error(
        "{dir}: another kiosk process uses this store; end that one, or name another folder in store.dir"
    )]
    InUse {
        /// The store's folder.
        dir: PathBuf,
    },
    /// Something that should have come down from the server is not in the store.
    #[error("{object} is not in the store yet; let the kiosk sync with the server")]
    Missing {
        /// What.
        object: String,
    },
    /// Pages of the file are damaged; this object cannot be read.
    #[error("{object} is damaged on the disk")]
    Damaged {
        /// What was lost.
        object: String,
    },
    /// The disk is full. Nothing was written.
    #[error("the disk is full; {object} was not written")]
    Full {
        /// What was to be written.
        object: String,
    },
    /// A row is not of the expected form.
    #[error("{object} in the store is not of the expected form: {fault}")]
    Row {
        /// Which row.
        object: String,
        /// What is wrong with it.
        fault: RowFault,
    },
    /// The database refused.
    #[error("{object}: {source}")]
    Database {
        /// What was read or written.
        object: String,
        /// SQLite's result code. Its message is left out: it may quote the statement, and with it a value or the key.
        source: ffi::Error,
    },
    /// A file or folder of the store.
    #[error("{path}: {source}")]
    File {
        /// Which.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
}

impl StoreError {
    /// Code of the sentence that tells a person.
    #[must_use]
    pub fn code(&self) -> Code {
        match self {
            StoreError::NoCipher => codes::STORE_NO_CIPHER,
            StoreError::WrongKey { .. } => codes::STORE_WRONG_KEY,
            StoreError::Newer { .. } => codes::STORE_NEWER,
            StoreError::NotEnrolled => codes::STORE_NOT_ENROLLED,
            StoreError::AlreadyEnrolled { .. } => codes::STORE_ALREADY_ENROLLED,
            StoreError::PictureMissing { .. } | StoreError::PictureOther { .. } => {
                codes::STORE_PICTURE_MISSING
            }
            StoreError::PictureTooLarge { .. } => codes::STORE_PICTURE_TOO_LARGE,
            StoreError::Damaged { .. } => codes::STORE_DAMAGED,
            StoreError::Full { .. } => codes::STORE_FULL,
            StoreError::InUse { .. } => codes::STORE_IN_USE,
            StoreError::NotSigned { .. }
            | StoreError::Missing { .. }
            | StoreError::Row { .. }
            | StoreError::Database { .. }
            | StoreError::File { .. } => codes::STORE_FAILED,
        }
    }
}

/// Gives a database error the name of the object it is about.
pub(crate) trait Named<T> {
    /// Names the object, tells damage, a full disk and a malformed row from other failures, and drops what SQLite quotes.
    fn named(self, object: impl Into<String>) -> Result<T, StoreError>;
}

impl<T> Named<T> for rusqlite::Result<T> {
    fn named(self, object: impl Into<String>) -> Result<T, StoreError> {
        self.map_err(|error| {
            let object = object.into();
            if let Some(fault) = row_fault(&error) {
                return StoreError::Row { object, fault };
            }
            // Both of rusqlite's errors that carry a result code have it as their source; anything else is our misuse.
            let said = error.source().and_then(|source| source.downcast_ref::<ffi::Error>()).copied();
            let source = said.unwrap_or_else(|| ffi::Error::new(ffi::SQLITE_MISUSE));
            if is_damage(source.code) {
                StoreError::Damaged { object }
            } else if source.code == ErrorCode::DiskFull {
                StoreError::Full { object }
            } else {
                StoreError::Database { object, source }
            }
        })
    }
}

fn is_damage(code: ErrorCode) -> bool {
    matches!(code, ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase | ErrorCode::SystemIoFailure)
}

/// What is wrong with the row, when it is the row and not the database that is wrong.
fn row_fault(error: &rusqlite::Error) -> Option<RowFault> {
    if let rusqlite::Error::InvalidColumnType(index, ..)
    | rusqlite::Error::FromSqlConversionFailure(index, ..)
    | rusqlite::Error::IntegralValueOutOfRange(index, _) = error
    {
        return Some(RowFault::Column { index: *index });
    }
    matches!(error, rusqlite::Error::QueryReturnedNoRows).then_some(RowFault::Absent)
}

/// A row that should be of some form and is not.
pub(crate) fn row(object: impl Into<String>, fault: impl Into<RowFault>) -> StoreError {
    StoreError::Row { object: object.into(), fault: fault.into() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rusqlite::Connection;

    /// Display and Debug of an error and of every error below it.
    fn words(error: &dyn Error) -> String {
        let below = error.source().map(words).unwrap_or_default();
        format!("{error} {error:?} {below}")
    }

    #[test]
    fn an_error_of_the_database_quotes_neither_statement_nor_value() {
        let db = Connection::open_in_memory().unwrap();
        let refused = |sql: &str| {
            let error = db.query_row(sql, [], |r| r.get::<_, i64>(0));
            words(&error.named("the roster").unwrap_err())
        };
        for sql in ["SELECT '林知夏", "SELECT 林知夏 FROM nowhere", "SELECT '林知夏'", "PRAGMA 林知夏 = ("]
        {
            let said = refused(sql);
            assert!(said.contains("the roster") && !said.contains("林知夏"), "{said}");
        }
        db.execute_batch("CREATE TABLE t (n INTEGER NOT NULL) STRICT").unwrap();
        let said = words(&db.execute("INSERT INTO t VALUES ('林知夏')", []).named("row 7").unwrap_err());
        assert!(said.contains("row 7") && !said.contains("林知夏"), "{said}");
    }

    #[test]
    fn a_conversion_that_quotes_its_value_is_told_as_a_column() {
        let quoting = rusqlite::Error::FromSqlConversionFailure(
            2,
            rusqlite::types::Type::Text,
            "林知夏 is no state".into(),
        );
        let told = Err::<(), _>(quoting).named("the projection").unwrap_err();
        assert!(matches!(told, StoreError::Row { fault: RowFault::Column { index: 2 }, .. }), "{told:?}");
    }
}
