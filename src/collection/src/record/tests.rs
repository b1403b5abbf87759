//! What must hold of records: what was typed comes back, the hash tells nothing, every wrong field is named, nothing panics.

use super::*;
use crate::{DocumentKind, MatchingKey, PictureHash};
use jiff::civil::{Date, date};
use proptest::prelude::*;
use sentences::{Code, codes};

const TODAY: Date = date(2026, 11, 24);

fn form() -> ManualForm<'static> {
    ManualForm {
        name: "林知夏",
        document: DocumentKind::IdCard,
        number: "990000200401010011",
        birth: "",
        unique_number: "",
        student_number: "2023000001",
        class: "一班",
        programme: "历史学",
    }
}

fn address() -> AddressForm<'static> {
    AddressForm {
        recipient: "林知夏",
        phone: "027-0000 0000",
        region: "示例省示例市",
        street: "一路 1 号",
        postcode: "",
    }
}

fn wrong(faults: Result<impl Sized, Vec<FieldFault>>) -> Vec<(RecordField, Code)> {
    faults.err().unwrap_or_default().iter().map(|f| (f.field, f.code)).collect()
}

fn records() -> [Record; 3] {
    [
        Record::ManualEntry(ManualEntry::read(&form(), TODAY).unwrap()),
        Record::Address(Address::read(&address()).unwrap()),
        Record::Contact(Contact::read("+86 130-0000-0000").unwrap()),
    ]
}

#[test]
fn what_was_typed_comes_back_and_the_entry_names_its_file() {
    for record in records() {
        let sealed = record.seal([7; 16]).unwrap();
        assert!(Record::open(&sealed.bytes).unwrap() == record);
        assert_eq!(RecordHash::of(&sealed.bytes), sealed.hash);
        let kind = record.kind(sealed.hash);
        assert_eq!(kind.attachments(), [PictureHash::of(&sealed.bytes)], "it travels by the same name");
        assert!(!serde_json::to_string(&kind).unwrap().contains("林"));
    }
}

#[test]
fn the_same_record_under_other_random_bytes_has_another_hash() {
    for record in records() {
        assert_ne!(record.seal([1; 16]).unwrap().hash, record.seal([2; 16]).unwrap().hash);
    }
}

#[test]
fn a_file_written_in_another_way_is_no_record() {
    let sealed = records()[2].seal([0xab; 16]).unwrap();
    let text = String::from_utf8(sealed.bytes.to_vec()).unwrap();
    assert!(Record::open(text.as_bytes()).is_ok());
    let more = text.replace('}', ",\"more\":1}");
    for other in [format!(" {text}"), text.replace("abab", "ABAB"), more, text.replace("nonce", "salt")] {
        assert_eq!(Record::open(other.as_bytes()), Err(RecordError::Form), "{other}");
    }
    let unsound = text.replace("13000000000", "1");
    assert_eq!(Record::open(unsound.as_bytes()), Err(RecordError::Field(codes::RECORD_FIELD_MOBILE)));
    assert_eq!(Record::open(&vec![b' '; MAX_RECORD_BYTES + 1]), Err(RecordError::TooLong));
}

#[test]
fn every_wrong_field_is_named_at_once() {
    let all = ManualForm {
        name: "林1",
        document: DocumentKind::Passport,
        number: "?",
        birth: "0230",
        unique_number: "号",
        student_number: "\u{202e}1",
        class: "",
        programme: "",
    };
    let long = "专".repeat(MAX_TEXT + 1);
    let all = ManualForm { programme: &long, ..all };
    assert_eq!(
        wrong(ManualEntry::read(&all, TODAY)),
        [
            (RecordField::Name, codes::RECORD_NAME),
            (RecordField::Number, codes::DOCUMENT_PASSPORT_FORM),
            (RecordField::Birth, codes::RECORD_BIRTH),
            (RecordField::UniqueNumber, codes::RECORD_UNIQUE_NUMBER),
            (RecordField::StudentNumber, codes::RECORD_CHARACTER),
            (RecordField::Programme, codes::RECORD_LONG),
        ]
    );
    let none = AddressForm { postcode: "12", phone: "12345", ..AddressForm::default() };
    assert_eq!(
        wrong(Address::read(&none)),
        [
            (RecordField::Recipient, codes::RECORD_MISSING),
            (RecordField::Phone, codes::RECORD_PHONE),
            (RecordField::Region, codes::RECORD_MISSING),
            (RecordField::Street, codes::RECORD_MISSING),
            (RecordField::Postcode, codes::RECORD_POSTCODE),
        ]
    );
}

#[test]
fn a_card_says_the_day_of_birth_and_a_passport_does_not() {
    assert_eq!(ManualEntry::read(&form(), TODAY).unwrap().birth, "0101");
    let passport = ManualForm { document: DocumentKind::Passport, number: "E12345678", ..form() };
    assert_eq!(wrong(ManualEntry::read(&passport, TODAY)), [(RecordField::Birth, codes::RECORD_MISSING)]);
    let passport = ManualForm { birth: "02-29", ..passport };
    assert_eq!(ManualEntry::read(&passport, TODAY).unwrap().birth, "0229");
}

#[test]
fn two_kiosks_give_the_same_student_the_same_enrolment() {
    let key = MatchingKey::from_bytes([7; 32]);
    let one = ManualEntry::read(&form(), TODAY).unwrap().enrolment(&key);
    let spaced = ManualForm { number: "990000 20040101 0011", class: "二班", ..form() };
    assert_eq!(ManualEntry::read(&spaced, TODAY).unwrap().enrolment(&key), one);
    let known = ManualForm { unique_number: "99001a1", ..form() };
    let number = crate::UniqueNumber::new("99001A1").unwrap();
    let on_roster = crate::enrolment_id(&key, &number);
    assert_eq!(ManualEntry::read(&known, TODAY).unwrap().enrolment(&key), on_roster);
    assert_ne!(one, on_roster);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(Record::open(&bytes).is_err());
    }

    #[test]
    fn a_changed_byte_is_another_record_or_none(at in any::<prop::sample::Index>(), to in any::<u8>(), which in 0..3_usize) {
        let sealed = records()[which].seal([9; 16]).unwrap();
        let mut bytes = sealed.bytes.to_vec();
        let at = at.index(bytes.len());
        prop_assume!(bytes[at] != to);
        bytes[at] = to;
        let changed = Record::open(&bytes);
        if let Ok(changed) = changed {
            prop_assert!(changed != records()[which] || RecordHash::of(&bytes) != sealed.hash);
        }
    }

    #[test]
    fn whatever_is_typed_is_refused_by_field_or_comes_back_whole(
        name in "\\PC{0,70}", number in "\\PC{0,12}|[A-Z][0-9]{8}", birth in "[01][0-9][0-3][0-9]|\\PC{0,9}",
        unique in "[0-9A-Za-z ]{0,45}|\\PC{0,5}", text in "[\\PC\t\n]{0,80}", nonce in any::<[u8; 16]>(),
    ) {
        let form = ManualForm {
            name: &name, document: DocumentKind::Passport, number: &number, birth: &birth, unique_number: &unique,
            student_number: &text, class: &text, programme: &text,
        };
        match ManualEntry::read(&form, TODAY) {
            Ok(entry) => {
                let record = Record::ManualEntry(entry);
                prop_assert!(Record::open(&record.seal(nonce).unwrap().bytes).unwrap() == record);
            }
            Err(faults) => prop_assert!(!faults.is_empty()),
        }
        let form = AddressForm { recipient: &name, phone: &unique, region: &text, street: &text, postcode: &number };
        match Address::read(&form) {
            Ok(address) => {
                let record = Record::Address(address);
                prop_assert!(Record::open(&record.seal(nonce).unwrap().bytes).unwrap() == record);
            }
            Err(faults) => prop_assert!(!faults.is_empty()),
        }
        if let Ok(contact) = Contact::read(&number) {
            let record = Record::Contact(contact);
            prop_assert!(Record::open(&record.seal(nonce).unwrap().bytes).unwrap() == record);
        }
    }
}
