//! The fields that a student types, by name.

use sentences::{Code, codes};

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
    pub const fn code(self) -> Code {
        match self {
            RecordField::Name => codes::RECORD_FIELD_NAME,
            RecordField::Number => codes::RECORD_FIELD_NUMBER,
            RecordField::Birth => codes::RECORD_FIELD_BIRTH,
            RecordField::UniqueNumber => codes::RECORD_FIELD_UNIQUE_NUMBER,
            RecordField::StudentNumber => codes::RECORD_FIELD_STUDENT_NUMBER,
            RecordField::Class => codes::RECORD_FIELD_CLASS,
            RecordField::Programme => codes::RECORD_FIELD_PROGRAMME,
            RecordField::Recipient => codes::RECORD_FIELD_RECIPIENT,
            RecordField::Mobile => codes::RECORD_FIELD_MOBILE,
            RecordField::Phone => codes::RECORD_FIELD_PHONE,
            RecordField::Region => codes::RECORD_FIELD_REGION,
            RecordField::Street => codes::RECORD_FIELD_STREET,
            RecordField::Postcode => codes::RECORD_FIELD_POSTCODE,
        }
    }
}
