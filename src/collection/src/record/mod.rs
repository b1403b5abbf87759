//! Records: personal data that a student types, stored apart from the journal as pictures are.
//!
//! An entry refers to its record by hash only. The record's file is one line of canonical JSON with 16 random bytes inside, so
//! that the record cannot be guessed from its hash. It is stored and sent as a picture is, and is deleted when the person is
//! erased, while the journal stays complete. The random bytes come from the caller, because this crate is pure.

mod address;
mod contact;
mod field;
mod limits;
mod manual;
mod reader;

pub use address::{Address, AddressForm};
pub use contact::Contact;
pub use field::RecordField;
pub use limits::MAX_TEXT;
pub use manual::{ManualEntry, ManualForm};
pub use reader::FieldFault;

use crate::{Kind, RecordHash};
use sentences::Code;
use serde::{Deserialize, Serialize};
use std::fmt;
use zeroize::Zeroizing;

/// Longest record file, bytes.
pub const MAX_RECORD_BYTES: usize = 4096;

/// Personal data that a journal entry refers to. Never printed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "record", rename_all = "snake_case")]
pub enum Record {
    /// A student on no roster, of [`Kind::ManualEntry`].
    ManualEntry(ManualEntry),
    /// Where prints are sent, of [`Kind::AddressGiven`].
    Address(Address),
    /// A phone for notices, of [`Kind::PhoneLinked`].
    Contact(Contact),
}

/// A record's file and its name.
#[derive(Clone, PartialEq, Eq)]
pub struct SealedRecord {
    /// SHA-256 of the bytes: what the entry says.
    pub hash: RecordHash,
    /// The file, attached to the entry as a picture is. Wiped when dropped.
    pub bytes: Zeroizing<Vec<u8>>,
}

/// Why bytes are no record.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RecordError {
    /// More than [`MAX_RECORD_BYTES`].
    #[error("the record has more than {MAX_RECORD_BYTES} bytes")]
    TooLong,
    /// No JSON of a record, or not written in the one way in which records are.
    #[error("the record is not of the expected form")]
    Form,
    /// A field holds what no form accepts.
    #[error("the record's field {0} is not sound")]
    Field(Code),
}

/// The file's form: one way only to write it, or the same record could have two names.
#[derive(Serialize, Deserialize)]
struct File {
    nonce: String,
    #[serde(flatten)]
    record: Record,
}

impl Record {
    /// The file of this record under these random bytes.
    ///
    /// # Errors
    /// [`RecordError::TooLong`] when the fields are longer than [`FieldFault`]s allow.
    pub fn seal(&self, nonce: [u8; 16]) -> Result<SealedRecord, RecordError> {
        let file = File { nonce: hex::encode(nonce), record: self.clone() };
        let bytes = Zeroizing::new(serde_json::to_vec(&file).map_err(|_| RecordError::Form)?);
        if bytes.len() > MAX_RECORD_BYTES {
            return Err(RecordError::TooLong);
        }
        Ok(SealedRecord { hash: RecordHash::of(&bytes), bytes })
    }

    /// Reads a record's file.
    ///
    /// # Errors
    /// When it is too long, no record, written in another way, or holds what is not sound.
    pub fn open(bytes: &[u8]) -> Result<Record, RecordError> {
        if bytes.len() > MAX_RECORD_BYTES {
            return Err(RecordError::TooLong);
        }
        let file: File = serde_json::from_slice(bytes).map_err(|_| RecordError::Form)?;
        let mut nonce = [0; 16];
        hex::decode_to_slice(&file.nonce, &mut nonce).map_err(|_| RecordError::Form)?;
        if file.record.seal(nonce)?.bytes.as_slice() != bytes {
            return Err(RecordError::Form);
        }
        let fault = match &file.record {
            Record::ManualEntry(entry) => entry.fault(),
            Record::Address(address) => address.fault(),
            Record::Contact(contact) => contact.fault(),
        };
        match fault {
            Some(field) => Err(RecordError::Field(field.code())),
            None => Ok(file.record),
        }
    }

    /// The entry that refers to it.
    #[must_use]
    pub const fn kind(&self, hash: RecordHash) -> Kind {
        match self {
            Record::ManualEntry(_) => Kind::ManualEntry { record: hash },
            Record::Address(_) => Kind::AddressGiven { address: hash },
            Record::Contact(_) => Kind::PhoneLinked { contact: hash },
        }
    }
}

/// Says which kind of record it is and nothing of anybody.
impl fmt::Debug for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Record::ManualEntry(_) => "Record(manual entry)",
            Record::Address(_) => "Record(address)",
            Record::Contact(_) => "Record(contact)",
        })
    }
}

impl fmt::Debug for SealedRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SealedRecord({})", self.hash)
    }
}

#[cfg(test)]
mod tests;
