//! The codes on the demo's phones: right ones, and one for every kind of wrong one.

use super::error::DemoError;
use super::people::Person;
use super::school::{KEY_ID, OTHER_SCHOOL_CODE, SCHOOL_CODE};
use crate::files;
use collection::payload::sign_code;
use collection::{Signer, Task, TaskId, UniqueNumber, mask_name, mask_number};
use image::{GrayImage, ImageFormat, Luma};
use jiff::{Timestamp, ToSpan};
use qrcode::{Color, EcLevel, QrCode};
use sentences::{Code, codes};
use serde::{Deserialize, Serialize};
use std::io::Cursor;
use std::path::Path;

/// Pixels of one module.
const MODULE: u32 = 8;
/// Modules left white around a code (ISO/IEC 18004, 9.1).
const QUIET: u32 = 4;

/// One code of the demo.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct DemoCode {
    /// Number in the file's name.
    pub n: usize,
    /// File, relative to the demo's folder.
    pub file: String,
    /// The student whose code it is, by number; absent: no student's.
    pub student: Option<usize>,
    /// What it is.
    pub meaning: String,
    /// Code of the sentence that the kiosk ends on; absent: it is accepted.
    pub sentence: Option<String>,
}

/// A code with its text.
struct Drawn {
    student: Option<usize>,
    meaning: &'static str,
    sentence: Option<Code>,
    text: String,
}

/// Draws all codes into `dir/codes`.
pub(super) fn draw(
    dir: &Path,
    signer: &Signer,
    tasks: &[Task; 3],
    people: &[Person],
) -> Result<Vec<DemoCode>, DemoError> {
    let folder = dir.join("codes");
    files::make_dir(&folder)?;
    let mut list = Vec::new();
    for (index, code) in texts(signer, tasks, people)?.into_iter().enumerate() {
        let n = index + 1;
        files::write_public(&folder.join(format!("{n}.png")), &png(&code.text)?)?;
        list.push(DemoCode {
            n,
            file: format!("codes/{n}.png"),
            student: code.student,
            meaning: code.meaning.to_owned(),
            sentence: code.sentence.map(|code| code.to_string()),
        });
    }
    Ok(list)
}

fn texts(signer: &Signer, tasks: &[Task; 3], people: &[Person]) -> Result<Vec<Drawn>, DemoError> {
    let now = Timestamp::now();
    let later = now.saturating_add(17_520.hours()).map_err(|e| DemoError::Code(e.to_string()))?;
    let before = now.saturating_sub(24.hours()).map_err(|e| DemoError::Code(e.to_string()))?;
    let sign = |signer: &Signer, key: &str, task: &Task, n: usize, until: Timestamp| {
        sign_code(signer, key, task, &people[n - 1].student.unique_number, until)
            .map_err(|e| DemoError::Code(e.to_string()))
    };
    let own = |n: usize| &tasks[people[n - 1].at as usize];
    let good = |n: usize| {
        let text = sign(signer, KEY_ID, own(n), n, later)?;
        Ok::<Drawn, DemoError>(Drawn {
            student: Some(n), meaning: "学生自己的采集码", sentence: None, text
        })
    };
    let last_year = Task { id: TaskId::new("qingyu-2026-bk")?, ..own(1).clone() };
    let elsewhere = Task { school_code: OTHER_SCHOOL_CODE.to_owned(), ..own(1).clone() };
    let stranger = Signer::from_seed(&rand::random()).map_err(|e| DemoError::Code(e.to_string()))?;
    let absent = UniqueNumber::new("9900120279999999")?;
    let wrong = |meaning, sentence, text| Drawn { student: None, meaning, sentence: Some(sentence), text };
    Ok(vec![
        good(1)?,
        good(2)?,
        wrong(
            "另一个任务的码（去年的）",
            codes::CODE_OTHER_TASK,
            sign(signer, KEY_ID, &last_year, 3, later)?,
        ),
        wrong("别的学校的码", codes::CODE_OTHER_SCHOOL, sign(signer, KEY_ID, &elsewhere, 3, later)?),
        wrong("过期的码", codes::CODE_EXPIRED, sign(signer, KEY_ID, own(4), 4, before)?),
        wrong("不认识的密钥签的码", codes::CODE_UNKNOWN_KEY, sign(&stranger, "stranger", own(5), 5, later)?),
        wrong("像付款码的码", codes::CODE_PAYMENT_CODE, "wxp://f2f0DEMOdemoDEMOdemoDEMOdemo0000".to_owned()),
        wrong("网页链接", codes::CODE_WEB_LINK, "https://example.invalid/qingyu".to_owned()),
        wrong("学信网那样读不懂的码", codes::CODE_UNKNOWN, "9A3F77C0D1E24B58A6F0C2B9E4D7136812AB".to_owned()),
        good(3)?,
        good(4)?,
        good(5)?,
        wrong("冒用密钥签的码", codes::CODE_FORGED, sign(&stranger, KEY_ID, own(6), 6, later)?),
        wrong(
            "名册上没有的人的码",
            codes::CODE_NOT_ON_ROSTER,
            sign_code(signer, KEY_ID, own(1), &absent, later).map_err(|e| DemoError::Code(e.to_string()))?,
        ),
        wrong("截掉一半的码", codes::CODE_DAMAGED, "eyJhbGciOiJFZERTQSJ9.eyJzY2hvb2wiOiI5.AAAA".to_owned()),
        wrong("姓名和名册对不上的码", codes::CODE_CONFLICT, readable(&people[8], "柳*满")),
        Drawn {
            student: Some(9),
            meaning: "采集商的明文码",
            sentence: None,
            text: readable(&people[8], &mask_name(&people[8].student.name)),
        },
    ])
}

/// A collector's readable code, as the demo's tasks are told to read it.
fn readable(person: &Person, name: &str) -> String {
    let student = &person.student;
    format!("{SCHOOL_CODE}|{}|{name}|{}", student.unique_number.as_str(), mask_number(&student.id_number))
}

/// A QR code as a phone shows it: black on white, whole pixels.
fn png(text: &str) -> Result<Vec<u8>, DemoError> {
    let drawn = |e: &dyn std::fmt::Display| DemoError::Code(e.to_string());
    let code = QrCode::with_error_correction_level(text, EcLevel::L).map_err(|e| drawn(&e))?;
    let width = u32::try_from(code.width()).map_err(|e| drawn(&e))?;
    let side = (width + 2 * QUIET) * MODULE;
    let colors = code.to_colors();
    let picture = GrayImage::from_fn(side, side, |x, y| {
        let (Some(column), Some(row)) = ((x / MODULE).checked_sub(QUIET), (y / MODULE).checked_sub(QUIET))
        else {
            return Luma([255]);
        };
        let inside = column < width && row < width;
        let dark = inside && colors[(row * width + column) as usize] == Color::Dark;
        Luma([if dark { 0 } else { 255 }])
    });
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::Png).map_err(|e| drawn(&e))?;
    Ok(bytes.into_inner())
}
