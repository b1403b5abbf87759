//! What can go wrong with the store, each naming the object, each with the code of a sentence for people.

use collection::{DeviceId, EntryError, PictureHash};
use rusqlite::ErrorCode;
use sentences::{Code, codes};
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
    /// The entry could not be signed.
    #[error("the entry was not signed: {0}")]
    Entry(#[from] EntryError),
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
    #[error("{object} in the store is not of the expected form: {reason}")]
    Row {
        /// Which row.
        object: String,
        /// Why.
        reason: String,
    },
    /// The database refused.
    #[error("{object}: {source}")]
    Database {
        /// What was read or written.
        object: String,
        /// What SQLite said.
        source: rusqlite::Error,
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
            StoreError::Entry(_)
            | StoreError::Row { .. }
            | StoreError::Database { .. }
            | StoreError::File { .. } => codes::STORE_FAILED,
        }
    }
}

/// Gives a database error the name of the object it is about.
pub(crate) trait Named<T> {
    /// Names the object, and tells damage and a full disk from other failures.
    fn named(self, object: impl Into<String>) -> Result<T, StoreError>;
}

impl<T> Named<T> for rusqlite::Result<T> {
    fn named(self, object: impl Into<String>) -> Result<T, StoreError> {
        self.map_err(|source| {
            let object = object.into();
            match source.sqlite_error_code() {
                Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase | ErrorCode::SystemIoFailure) => {
                    StoreError::Damaged { object }
                }
                Some(ErrorCode::DiskFull) => StoreError::Full { object },
                _ => StoreError::Database { object, source },
            }
        })
    }
}

/// A row's text that should be of some form and is not.
pub(crate) fn row(object: impl Into<String>, reason: &impl ToString) -> StoreError {
    StoreError::Row { object: object.into(), reason: reason.to_string() }
}
