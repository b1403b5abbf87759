//! One typed field: what it is called, what is wrong with it.

use crate::identity::plain;

/// Longest text of a field, characters.
pub const MAX_TEXT: usize = 80;

/// A field that a student types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RecordField {
    /// 姓名
    Name,
    /// 证件号码
    Number,
    /// 出生月日
    Birth,
    /// 唯一号
    UniqueNumber,
    /// 学号
    StudentNumber,
    /// 班级
    Class,
    /// 专业
    Programme,
    /// 收件人
    Recipient,
    /// 手机号
    Mobile,
    /// 电话
    Phone,
    /// 省市区
    Region,
    /// 详细地址
    Street,
    /// 邮编
    Postcode,
}

impl RecordField {
    /// All of them.
    pub const ALL: [RecordField; 13] = [
        RecordField::Name,
        RecordField::Number,
        RecordField::Birth,
        RecordField::UniqueNumber,
        RecordField::StudentNumber,
        RecordField::Class,
        RecordField::Programme,
        RecordField::Recipient,
        RecordField::Mobile,
        RecordField::Phone,
        RecordField::Region,
        RecordField::Street,
        RecordField::Postcode,
    ];

    /// Code of its name.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            RecordField::Name => "record.field.name",
            RecordField::Number => "record.field.number",
            RecordField::Birth => "record.field.birth",
            RecordField::UniqueNumber => "record.field.unique_number",
            RecordField::StudentNumber => "record.field.student_number",
            RecordField::Class => "record.field.class",
            RecordField::Programme => "record.field.programme",
            RecordField::Recipient => "record.field.recipient",
            RecordField::Mobile => "record.field.mobile",
            RecordField::Phone => "record.field.phone",
            RecordField::Region => "record.field.region",
            RecordField::Street => "record.field.street",
            RecordField::Postcode => "record.field.postcode",
        }
    }
}

/// What is wrong with one field. Never quotes what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldFault {
    /// Which field.
    pub field: RecordField,
    /// Code of the sentence.
    pub code: &'static str,
}

/// Every code of a [`FieldFault`], those of a document's number apart.
pub const RECORD_FAULT_CODES: [&str; 9] = [
    "record.missing",
    "record.long",
    "record.character",
    "record.name",
    "record.birth",
    "record.unique_number",
    "record.mobile",
    "record.phone",
    "record.postcode",
];

/// Collects what is wrong while a form is read.
#[derive(Default)]
pub(super) struct Reader(pub Vec<FieldFault>);

impl Reader {
    pub fn fault(&mut self, field: RecordField, code: &'static str) {
        self.0.push(FieldFault { field, code });
    }

    /// A text in one line: ends trimmed, runs of spaces one space.
    pub fn text(&mut self, field: RecordField, typed: &str, needed: bool) -> String {
        // A field is read no further than any sound text is long, whatever was pasted into it.
        let short: String = typed.chars().take(4 * MAX_TEXT).collect();
        let text = short.split_whitespace().collect::<Vec<_>>().join(" ");
        if let Some(code) = wrong_text(&text, needed) {
            self.fault(field, code);
        } else if typed.chars().nth(4 * MAX_TEXT).is_some() {
            self.fault(field, "record.long");
        }
        text
    }

    /// The name of a person: some letter, no digit.
    pub fn name(&mut self, field: RecordField, typed: &str) -> String {
        let before = self.0.len();
        let text = self.text(field, typed, true);
        if self.0.len() == before && !is_name(&text) {
            self.fault(field, "record.name");
        }
        text
    }

    /// A mobile number: [`is_mobile`] after spaces, hyphens and a leading +86 are gone.
    pub fn mobile(&mut self, typed: &str) -> String {
        let plain = narrow(typed);
        let number = plain.strip_prefix("+86").unwrap_or(&plain).to_owned();
        if number.is_empty() {
            self.fault(RecordField::Mobile, "record.missing");
        } else if !is_mobile(&number) {
            self.fault(RecordField::Mobile, "record.mobile");
        }
        number
    }
}

/// Seven to fifteen digits, with `+` or without: an area code with a short number, up to a mobile number with its country.
pub(super) fn is_phone(number: &str) -> bool {
    let digits = number.strip_prefix('+').unwrap_or(number);
    (7..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
}

/// A number without spaces, hyphens and brackets, narrow and upper-case, of at most 40 characters.
pub(super) fn narrow(typed: &str) -> String {
    let short: String = typed.chars().take(40).collect();
    plain(&short).chars().filter(|c| !matches!(c, '-' | '(' | ')')).collect()
}

/// The code of what is wrong with a kept text, if anything.
pub(super) fn wrong_text(text: &str, needed: bool) -> Option<&'static str> {
    if text.is_empty() {
        return needed.then_some("record.missing");
    }
    if text.chars().count() > MAX_TEXT {
        return Some("record.long");
    }
    // Control characters, and the marks that turn the direction of writing around.
    let bad = |c: char| c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}');
    text.chars().any(bad).then_some("record.character")
}

pub(super) fn is_name(text: &str) -> bool {
    text.chars().any(char::is_alphabetic) && !text.chars().any(|c| c.is_ascii_digit())
}

/// Eleven digits as mainland mobile numbers have them, or `+` and 7 to 15 digits (ITU-T E.164).
pub(super) fn is_mobile(number: &str) -> bool {
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let abroad = number.strip_prefix('+').is_some_and(|n| (7..=15).contains(&n.len()) && digits(n));
    let mainland = number.len() == 11
        && digits(number)
        && number.starts_with('1')
        && matches!(number.as_bytes()[1], b'3'..=b'9');
    abroad || mainland
}
