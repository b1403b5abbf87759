//! A phone for notices.

use super::field::RecordField;
use super::reader::{FieldFault, Reader};
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop};

/// The phone of a student who wants notices. Personal data: no `Debug`, wiped when dropped.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub struct Contact {
    /// Eleven digits of the mainland, or `+` and 7 to 15 digits.
    pub mobile: String,
}

impl Contact {
    /// Reads what was typed.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(mobile: &str) -> Result<Contact, Vec<FieldFault>> {
        let mut reader = Reader::default();
        let contact = Contact { mobile: reader.mobile(mobile) };
        if reader.0.is_empty() { Ok(contact) } else { Err(reader.0) }
    }

    /// The field, when nobody could have typed it.
    pub(super) fn fault(&self) -> Option<RecordField> {
        RecordField::Mobile.fault(&self.mobile).map(|_| RecordField::Mobile)
    }
}
