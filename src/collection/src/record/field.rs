//! The fields that a student types, by name.

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
