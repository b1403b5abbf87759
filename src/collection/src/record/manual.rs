//! 人工录入: a student on no roster, typed in where the task allows it.

use super::field::RecordField;
use super::reader::{FieldFault, Reader, narrow};
use crate::{Document, DocumentKind, EnrolmentId, MatchingKey, UniqueNumber, enrolment_id, month_day};
use jiff::civil::Date;
use sentences::codes;
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop};

/// What a student on no roster typed. Personal data: no `Debug`, wiped when dropped.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub struct ManualEntry {
    /// The whole name.
    pub name: String,
    /// Kind of the identity document.
    #[zeroize(skip)]
    pub document: DocumentKind,
    /// Its number, as [`Document::number`].
    pub number: String,
    /// Month and day of birth, `MMDD`: what the card says, else what was typed. The second factor asks for no more.
    pub birth: String,
    /// CHSI's number, where the student knows it; may be empty.
    pub unique_number: String,
    /// Student number; may be empty.
    pub student_number: String,
    /// Class; may be empty.
    pub class: String,
    /// Programme; may be empty.
    pub programme: String,
}

/// What was typed for a [`ManualEntry`].
#[derive(Clone, Copy)]
pub struct ManualForm<'a> {
    /// 姓名
    pub name: &'a str,
    /// 证件类型
    pub document: DocumentKind,
    /// 证件号码
    pub number: &'a str,
    /// 出生月日 as `MMDD`; not looked at for an identity card, which says it.
    pub birth: &'a str,
    /// 唯一号; may be empty.
    pub unique_number: &'a str,
    /// 学号; may be empty.
    pub student_number: &'a str,
    /// 班级; may be empty.
    pub class: &'a str,
    /// 专业; may be empty.
    pub programme: &'a str,
}

impl ManualEntry {
    /// Reads what was typed; `today` bounds a card's day of birth.
    ///
    /// # Errors
    /// Every field that is wrong.
    pub fn read(form: &ManualForm<'_>, today: Date) -> Result<ManualEntry, Vec<FieldFault>> {
        let mut reader = Reader::default();
        let name = reader.text(RecordField::Name, form.name);
        let document = number(form, today, &mut reader);
        let birth = match document.as_ref().and_then(Document::born) {
            Some(born) => of(born),
            None if form.document == DocumentKind::IdCard => String::new(),
            None => birth(form.birth, &mut reader),
        };
        let unique_number = reader.number(RecordField::UniqueNumber, form.unique_number);
        let student_number = reader.text(RecordField::StudentNumber, form.student_number);
        let class = reader.text(RecordField::Class, form.class);
        let programme = reader.text(RecordField::Programme, form.programme);
        match document {
            Some(document) if reader.0.is_empty() => Ok(ManualEntry {
                name,
                document: document.kind(),
                number: document.number().to_owned(),
                birth,
                unique_number,
                student_number,
                class,
                programme,
            }),
            _ => Err(reader.0),
        }
    }

    /// The enrolment that this student gets: by the unique number where it is known, as on a roster; else by the document, so
    /// that two kiosks without a network give the same student the same one.
    #[must_use]
    pub fn enrolment(&self, key: &MatchingKey) -> EnrolmentId {
        match UniqueNumber::new(self.unique_number.as_str()) {
            Ok(number) => enrolment_id(key, &number),
            Err(_) => key.manual_enrolment(&self.number),
        }
    }

    /// The first field that nobody could have typed.
    pub(super) fn fault(&self) -> Option<RecordField> {
        let document = Document::parse(self.document, &self.number, Date::MAX).ok();
        let same = document.as_ref().is_some_and(|d| d.number() == self.number);
        // The card says the day of birth; what is kept is the same.
        let agrees = document.and_then(|d| d.born()).is_none_or(|born| of(born) == self.birth);
        let wrong = |field: RecordField, text: &str| field.fault(text).is_some();
        [
            (RecordField::Name, wrong(RecordField::Name, &self.name)),
            (RecordField::Number, !same),
            (RecordField::Birth, !agrees || wrong(RecordField::Birth, &self.birth)),
            (RecordField::UniqueNumber, wrong(RecordField::UniqueNumber, &self.unique_number)),
            (RecordField::StudentNumber, wrong(RecordField::StudentNumber, &self.student_number)),
            (RecordField::Class, wrong(RecordField::Class, &self.class)),
            (RecordField::Programme, wrong(RecordField::Programme, &self.programme)),
        ]
        .into_iter()
        .find_map(|(field, wrong)| wrong.then_some(field))
    }
}

fn number(form: &ManualForm<'_>, today: Date, reader: &mut Reader) -> Option<Document> {
    if form.number.trim().is_empty() {
        reader.fault(RecordField::Number, codes::RECORD_MISSING);
        return None;
    }
    match Document::parse(form.document, form.number, today) {
        Ok(document) => Some(document),
        Err(fault) => {
            reader.fault(RecordField::Number, fault.code());
            None
        }
    }
}

/// Month and day as they are kept.
fn of(born: Date) -> String {
    format!("{:02}{:02}", born.month(), born.day())
}

fn birth(typed: &str, reader: &mut Reader) -> String {
    let digits = narrow(typed);
    let found = month_day(&digits);
    if found.is_none() {
        let code = if digits.is_empty() { codes::RECORD_MISSING } else { codes::RECORD_BIRTH };
        reader.fault(RecordField::Birth, code);
    }
    found.unwrap_or_default()
}
