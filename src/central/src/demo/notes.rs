//! Files that the demo writes at every start: the kiosk's configuration, a page for people, a file for scripts.

use super::error::DemoError;
use super::faces::Faces;
use super::seed::School;
use crate::files;
use crate::serve::Running;
use serde_json::{Value, json};
use std::fmt::Write;
use std::path::Path;

/// Writes `ca.pem`, `kiosk.toml`, `demo.json` and `demo.txt`.
pub(super) fn write(
    dir: &Path,
    school: &School,
    faces: &Faces,
    running: &Running,
    enrolment_code: &str,
) -> Result<(), DemoError> {
    files::write_public(&dir.join("ca.pem"), running.authority_pem().as_bytes())?;
    let kiosk = kiosk_toml(dir, faces, running, enrolment_code);
    files::write_secret(&dir.join("kiosk.toml"), kiosk.as_bytes())?;
    let facts = facts(dir, school, faces, running, enrolment_code);
    files::write_secret(&dir.join("demo.json"), format!("{facts:#}\n").as_bytes())?;
    files::write_secret(&dir.join("demo.txt"), page(school, running).as_bytes())?;
    Ok(())
}

fn kiosk_toml(dir: &Path, faces: &Faces, running: &Running, enrolment_code: &str) -> String {
    let text = |path: &Path| toml::Value::String(path.display().to_string());
    let mut server = toml::Table::new();
    server.insert("url".into(), running.kiosks_url().into());
    server.insert("ca".into(), text(&dir.join("ca.pem")));
    server.insert("enrolment_code".into(), enrolment_code.into());
    let mut all = toml::Table::new();
    all.insert("server".into(), server.into());
    all.insert("store".into(), toml::Table::from_iter([("dir".into(), text(&dir.join("kiosk")))]).into());
    if let Some(models) = &faces.models {
        all.insert("models".into(), toml::Table::from_iter([("dir".into(), text(models))]).into());
    }
    if let Some(face) = faces.faces.first() {
        let camera = [
            ("source".into(), "demo".into()),
            ("code".into(), text(&dir.join("codes/1.png"))),
            ("person".into(), text(&face.live)),
            ("credit".into(), face.credit.into()),
        ];
        all.insert("camera".into(), toml::Table::from_iter(camera).into());
    }
    format!("# Written by `central demo` at every start.\n{all}")
}

fn facts(dir: &Path, school: &School, faces: &Faces, running: &Running, enrolment_code: &str) -> Value {
    let students = school.people.iter().enumerate().map(|(index, person)| {
        let task = school.task_of(person.at);
        let face = faces.faces.get(index);
        json!({
            "n": index + 1,
            "name": person.student.name,
            "task": task.id,
            "category": task.category,
            "class": person.student.class,
            "unique_number": person.student.unique_number,
            "id_number": person.student.id_number,
            "number_last6": person.student.id_number.get(12..),
            "birth_month_day": person.student.birth_month_day,
            "student_number": person.student.student_number,
            "code": school.codes.iter().find(|c| c.student == Some(index + 1)).map(|c| dir.join(&c.file)),
            "person": face.map(|f| &f.live),
            "credit": face.map(|f| f.credit),
            "admission_photo": person.student.admission_photo.is_some(),
        })
    });
    let students: Vec<Value> = students.collect();
    let codes = school.codes.iter().map(|code| {
        json!({
            "n": code.n,
            "file": dir.join(&code.file),
            "student": code.student,
            "meaning": code.meaning,
            "sentence": code.sentence,
        })
    });
    let codes: Vec<Value> = codes.collect();
    json!({
        "console": running.console_url(),
        "kiosks": running.kiosks_url(),
        "ca": dir.join("ca.pem"),
        "kiosk_toml": dir.join("kiosk.toml"),
        "enrolment_code": enrolment_code,
        "staff": { "id": "zhou", "name": "周老师", "pin": school.secrets.pin },
        "reviewers": [
            { "login": "shen", "name": "沈老师", "password": school.secrets.password },
            { "login": "lu", "name": "陆老师", "password": school.secrets.password },
        ],
        "tasks": school.tasks.iter().map(|t| json!({ "id": t.id, "name": t.name, "category": t.category })).collect::<Vec<_>>(),
        "students": students,
        "codes": codes,
    })
}

fn page(school: &School, running: &Running) -> String {
    let mut page = String::new();
    // Writing to a string cannot fail.
    let _ = writeln!(page, "青屿大学（演示，人物和号码都是编的）\n");
    let _ = writeln!(page, "审核台    {}", running.console_url());
    let _ = writeln!(page, "审核老师  shen（沈老师）或 lu（陆老师），密码 {}", school.secrets.password);
    let _ = writeln!(page, "采集机    {}，配置在 kiosk.toml", running.kiosks_url());
    let _ = writeln!(page, "工作人员  周老师，PIN {}\n", school.secrets.pin);
    let _ = writeln!(page, "手机上的采集码：");
    for code in &school.codes {
        let who = code.student.and_then(|n| school.people.get(n - 1)).map(|p| p.student.name.as_str());
        let _ = writeln!(
            page,
            "  {}  {}{}",
            code.file,
            code.meaning,
            who.map(|w| format!("：{w}")).unwrap_or_default()
        );
    }
    let _ = writeln!(page, "\n名册（证件号码末六位和出生月日用来在机器上核对）：");
    for (index, person) in school.people.iter().enumerate() {
        let student = &person.student;
        let _ = writeln!(
            page,
            "  {:2}  {}  {}  {}  末六位 {}  生日 {}",
            index + 1,
            student.name,
            school.task_of(person.at).name,
            student.class,
            student.id_number.get(12..).unwrap_or_default(),
            student.birth_month_day,
        );
    }
    page
}
