//! Where prints are sent.

use super::field::RecordField;
use super::reader::{FieldFault, Reader};
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop};

/// An address inside China. Personal data: no `Debug`, wiped when dropped.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub struct Address {
    /// Who takes it in.
    pub recipient: String,
    /// Whom the courier calls: 7 to 15 digits, with `+` or without.
    pub phone: String,
    /// Province, city and district, as one line.
    pub region: String,
    /// Street, house and room, or campus and building.
    pub street: String,
    /// Six digits; may be empty.
    pub postcode: String,
}

/// What was typed for an [`Address`].
#[derive(Clone, Copy, Default)]
pub struct AddressForm<'a> {
    /// 收件人
    pub recipient: &'a str,
    /// 电话
    pub phone: &'a str,
    /// 省市区
    pub region: &'a str,
    /// 详细地址
    pub street: &'a str,
    /// 邮编; may be empty.
    pub postcode: &'a str,
}

impl Address {
    /// Reads what was typed.
    ///
    /// # Errors
    /// Every field that is wrong.
    pub fn read(form: &AddressForm<'_>) -> Result<Address, Vec<FieldFault>> {
        let mut reader = Reader::default();
        let address = Address {
            recipient: reader.text(RecordField::Recipient, form.recipient),
            phone: reader.number(RecordField::Phone, form.phone),
            region: reader.text(RecordField::Region, form.region),
            street: reader.text(RecordField::Street, form.street),
            postcode: reader.number(RecordField::Postcode, form.postcode),
        };
        if reader.0.is_empty() { Ok(address) } else { Err(reader.0) }
    }

    /// The first field that nobody could have typed.
    pub(super) fn fault(&self) -> Option<RecordField> {
        [
            (RecordField::Recipient, &self.recipient),
            (RecordField::Phone, &self.phone),
            (RecordField::Region, &self.region),
            (RecordField::Street, &self.street),
            (RecordField::Postcode, &self.postcode),
        ]
        .into_iter()
        .find_map(|(field, text)| field.fault(text).map(|_| field))
    }
}
