//! 人工录入: a student on no roster, typed in where the task allows it.

use super::field::{FieldFault, Reader, RecordField, is_name, narrow, wrong_text};
use crate::{Document, DocumentKind, EnrolmentId, MatchingKey, UniqueNumber, enrolment_id};
use jiff::civil::Date;
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
    /// Day of birth: what the card says, else what was typed.
    #[zeroize(skip)]
    pub born: Date,
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
    /// 出生日期 as `YYYYMMDD` or `YYYY-MM-DD`; not looked at for an identity card, which says it.
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
    /// Reads what was typed; `today` bounds the day of birth.
    ///
    /// # Errors
    /// Every field that is wrong.
    pub fn read(form: &ManualForm<'_>, today: Date) -> Result<ManualEntry, Vec<FieldFault>> {
        let mut reader = Reader::default();
        let name = reader.name(RecordField::Name, form.name);
        let document = number(form, today, &mut reader);
        let born = match document.as_ref().and_then(Document::born) {
            Some(born) => Some(born),
            None if form.document == DocumentKind::IdCard => None,
            None => birth(form.birth, today, &mut reader),
        };
        let unique_number = narrow(form.unique_number);
        if !unique_number.is_empty() && UniqueNumber::new(unique_number.as_str()).is_err() {
            reader.fault(RecordField::UniqueNumber, "record.unique_number");
        }
        let student_number = reader.text(RecordField::StudentNumber, form.student_number, false);
        let class = reader.text(RecordField::Class, form.class, false);
        let programme = reader.text(RecordField::Programme, form.programme, false);
        match (document, born) {
            (Some(document), Some(born)) if reader.0.is_empty() => Ok(ManualEntry {
                name,
                document: document.kind(),
                number: document.number().to_owned(),
                born,
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
        let born = document.and_then(|d| d.born()).is_none_or(|born| born == self.born);
        let unique = self.unique_number.is_empty() || UniqueNumber::new(self.unique_number.as_str()).is_ok();
        [
            (RecordField::Name, wrong_text(&self.name, true).is_some() || !is_name(&self.name)),
            (RecordField::Number, !same),
            (RecordField::Birth, !born),
            (RecordField::UniqueNumber, !unique),
            (RecordField::StudentNumber, wrong_text(&self.student_number, false).is_some()),
            (RecordField::Class, wrong_text(&self.class, false).is_some()),
            (RecordField::Programme, wrong_text(&self.programme, false).is_some()),
        ]
        .into_iter()
        .find_map(|(field, wrong)| wrong.then_some(field))
    }
}

fn number(form: &ManualForm<'_>, today: Date, reader: &mut Reader) -> Option<Document> {
    if form.number.trim().is_empty() {
        reader.fault(RecordField::Number, "record.missing");
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

/// A day between 1900 and today.
fn birth(typed: &str, today: Date, reader: &mut Reader) -> Option<Date> {
    let digits = narrow(typed);
    let formed = digits.len() == 8 && digits.bytes().all(|b| b.is_ascii_digit());
    let part = |from: usize, to: usize| digits.get(from..to).and_then(|d| d.parse::<i16>().ok());
    let day = || {
        let (month, day) = (i8::try_from(part(4, 6)?).ok()?, i8::try_from(part(6, 8)?).ok()?);
        Date::new(part(0, 4)?, month, day).ok()
    };
    let found = formed.then(day).flatten().filter(|d| (1900..).contains(&d.year()) && *d <= today);
    if found.is_none() {
        let code = if digits.is_empty() { "record.missing" } else { "record.birth" };
        reader.fault(RecordField::Birth, code);
    }
    found
}
