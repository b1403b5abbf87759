//! A type for every id, so that no two kinds are confused.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fmt;

/// A text that does not have the form of an id.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{kind} is not of the expected form")]
pub struct IdError {
    /// The kind of id.
    pub kind: &'static str,
}

macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident, $kind:literal, $max:literal, $ok:expr) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// Checks the form.
            ///
            /// # Errors
            /// When it is empty, too long or has another character.
            pub fn new(text: impl Into<String>) -> Result<Self, IdError> {
                let text = text.into();
                let ok: fn(char) -> bool = $ok;
                if text.is_empty() || text.len() > $max || !text.chars().all(ok) {
                    return Err(IdError { kind: $kind });
                }
                Ok(Self(text))
            }

            /// The id as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = IdError;
            fn try_from(text: String) -> Result<Self, IdError> {
                Self::new(text)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.0
            }
        }
    };
}

fn slug(c: char) -> bool {
    c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'
}

text_id!(
    /// A collection task (采集任务) of one school, `a-z0-9-`.
    TaskId, "a task id", 64, slug
);
text_id!(
    /// A kiosk or the server itself (`central`), `a-z0-9-`.
    DeviceId, "a device id", 64, slug
);
text_id!(
    /// A member of staff by login name, `a-z0-9-`.
    StaffId, "a staff id", 64, slug
);
text_id!(
    /// The number under which CHSI knows one student at one study (唯一号), upper-case letters and digits. Personal data.
    UniqueNumber, "a unique number", 40, |c| c.is_ascii_uppercase() || c.is_ascii_digit()
);

text_id!(
    /// An order or a transaction at WeChat Pay (`out_trade_no`, `transaction_id`): at most 32 letters, digits, `_` and `-`.
    OrderId, "an order id", 32, |c| c.is_ascii_alphanumeric() || c == '_' || c == '-'
);

macro_rules! shown {
    ($($name:ident),+) => { $(
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0)
            }
        }
    )+ };
}

shown!(TaskId, DeviceId, StaffId, OrderId);

/// Does not print the number, so that it is in no log.
impl fmt::Debug for UniqueNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("UniqueNumber")
    }
}

macro_rules! hex_id {
    ($(#[$doc:meta])* $name:ident, $kind:literal, $bytes:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name([u8; $bytes]);

        impl $name {
            /// From its bytes.
            #[must_use]
            pub const fn from_bytes(bytes: [u8; $bytes]) -> Self {
                Self(bytes)
            }

            /// Its bytes.
            #[must_use]
            pub const fn as_bytes(&self) -> &[u8; $bytes] {
                &self.0
            }

            /// Reads lower-case hex.
            ///
            /// # Errors
            /// When it is not hex of the right length.
            pub fn parse(text: &str) -> Result<Self, IdError> {
                let mut bytes = [0; $bytes];
                hex::decode_to_slice(text, &mut bytes).map_err(|_| IdError { kind: $kind })?;
                Ok(Self(bytes))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&hex::encode(self.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), hex::encode(self.0))
            }
        }

        impl TryFrom<String> for $name {
            type Error = IdError;
            fn try_from(text: String) -> Result<Self, IdError> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                hex::encode(id.0)
            }
        }
    };
}

hex_id!(
    /// One student at one task: HMAC-SHA256 of the unique number under the task's matching key, first 16 bytes. Without
    /// that key it does not identify the student, so it may stand in the journal.
    EnrolmentId, "an enrolment id", 16
);
hex_id!(
    /// SHA-256 of a picture's bytes, by which the journal refers to the picture.
    PictureHash, "a picture hash", 32
);

hex_id!(
    /// SHA-256 of a personal record's file (address, contact, data entered manually), which holds 16 random bytes, so that nobody
    /// can guess the record from its hash.
    RecordHash, "a record hash", 32
);
hex_id!(
    /// HMAC-SHA256 of a voucher's code under the task's matching key: by which a voucher is recognised without being stored.
    VoucherHash, "a voucher hash", 32
);

impl EnrolmentId {
    /// The id in entries about a kiosk itself (its clock, a pause); no student has it.
    pub const DEVICE: EnrolmentId = EnrolmentId::from_bytes(*b"the kiosk itself");
}

impl RecordHash {
    /// The hash of a record's file.
    #[must_use]
    pub fn of(file: &[u8]) -> Self {
        Self(Sha256::digest(file).into())
    }
}

/// A record's file is sent and stored as a picture is, by the same name.
impl From<RecordHash> for PictureHash {
    fn from(record: RecordHash) -> Self {
        PictureHash::from_bytes(record.0)
    }
}

impl PictureHash {
    /// The hash of these bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }
}

/// A journal entry, UUIDv7.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EntryId(pub uuid::Uuid);

impl fmt::Display for EntryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
