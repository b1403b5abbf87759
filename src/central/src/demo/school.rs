//! The demo's school and its three tasks.

use collection::payload::{Format, Masked};
use collection::{Category, Comparing, Decoder, IdError, PaymentMode, Settings, Stars, Task, TaskId};
use jiff::ToSpan;
use jiff::civil::Date;
use standard::BackgroundName;

/// The school's five-digit code, unassigned.
pub(super) const SCHOOL_CODE: &str = "99001";
/// Another school's code, for a code that is not ours.
pub(super) const OTHER_SCHOOL_CODE: &str = "99002";
/// Id of the key that signs the school's codes.
pub(super) const KEY_ID: &str = "qingyu-1";

const SCHOOL: &str = "青屿大学";

/// The three tasks: undergraduates, postgraduates, adult education.
pub(super) fn tasks(
    today: Date,
    public_key: &str,
    matching_keys: &[String; 3],
) -> Result<[Task; 3], IdError> {
    let task = |id: &str, name: &str, category, key: &String| {
        Ok(Task {
            id: TaskId::new(id)?,
            version: 1,
            school: SCHOOL.to_owned(),
            school_code: SCHOOL_CODE.to_owned(),
            name: name.to_owned(),
            category,
            notice: "请核对姓名、班级和专业。有出入先到学籍科改，再来拍照。".to_owned(),
            notice_version: 1,
            purposes: vec![
                "毕业证书和学位证书上的照片".to_owned(),
                "学信网的学历电子注册".to_owned(),
                "学校的毕业生档案".to_owned(),
            ],
            preset: "chsi".to_owned(),
            background: BackgroundName::literal("blue"),
            opens: today.saturating_sub(30.days()),
            closes: today.saturating_add(2.years()),
            time_zone: "Asia/Shanghai".to_owned(),
            registry_phone: "8000".to_owned(),
            settings: Settings::default(),
            comparing: Comparing::default(),
            payment: vec![PaymentMode::SchoolPays],
            ctid: false,
            show_admission_photo: true,
            decoders: vec![
                Decoder::Signed { key_id: KEY_ID.to_owned(), public_key: public_key.to_owned(), until: None },
                // A collector's readable code: school, unique number, name and number, both masked.
                Decoder::Masked(Masked {
                    format: Format::Columns("|".to_owned()),
                    unique_number: "2".to_owned(),
                    name: Some("3".to_owned()),
                    number: Some("4".to_owned()),
                    school: Some("1".to_owned()),
                    stars: Stars::Exact,
                }),
                Decoder::Token,
            ],
            matching_key: key.clone(),
        })
    };
    let mut adults =
        task("qingyu-2027-cj", "2027 届成人教育毕业生", Category::AdultEducation, &matching_keys[2])?;
    // Students with a job are often on no roster yet, and get prints by post.
    adults.settings.manual_entry = true;
    adults.settings.prints = true;
    Ok([
        task("qingyu-2027-bk", "2027 届本科毕业生", Category::Undergraduate, &matching_keys[0])?,
        task("qingyu-2027-yjs", "2027 届毕业研究生", Category::Postgraduate, &matching_keys[1])?,
        adults,
    ])
}
