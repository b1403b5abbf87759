//! Where prints are sent.

use super::field::{FieldFault, Reader, RecordField, is_name, is_phone, narrow, wrong_text};
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
            recipient: reader.name(RecordField::Recipient, form.recipient),
            phone: narrow(form.phone),
            region: reader.text(RecordField::Region, form.region, true),
            street: reader.text(RecordField::Street, form.street, true),
            postcode: narrow(form.postcode),
        };
        if !is_phone(&address.phone) {
            let code = if address.phone.is_empty() { "record.missing" } else { "record.phone" };
            reader.fault(RecordField::Phone, code);
        }
        if !is_postcode(&address.postcode) {
            reader.fault(RecordField::Postcode, "record.postcode");
        }
        if reader.0.is_empty() { Ok(address) } else { Err(reader.0) }
    }

    /// The first field that nobody could have typed.
    pub(super) fn fault(&self) -> Option<RecordField> {
        [
            (
                RecordField::Recipient,
                wrong_text(&self.recipient, true).is_some() || !is_name(&self.recipient),
            ),
            (RecordField::Phone, !is_phone(&self.phone)),
            (RecordField::Region, wrong_text(&self.region, true).is_some()),
            (RecordField::Street, wrong_text(&self.street, true).is_some()),
            (RecordField::Postcode, !is_postcode(&self.postcode)),
        ]
        .into_iter()
        .find_map(|(field, wrong)| wrong.then_some(field))
    }
}

fn is_postcode(text: &str) -> bool {
    text.is_empty() || (text.len() == 6 && text.bytes().all(|b| b.is_ascii_digit()))
}
