//! Fills the ledger. Every step can run twice: a demo that was stopped midway is completed by the next start.

use super::codes::{self, DemoCode};
use super::error::DemoError;
use super::faces::Faces;
use super::memory::{recall, remember};
use super::people::{self, At, Person};
use super::school::{SCHOOL_CODE, tasks};
use crate::app::{App, now_millis};
use crate::console::password;
use crate::ledger::{IssuedCode, Reviewer, StaffRow};
use crate::{enrolment_codes, files, keys};
use collection::{StaffId, Task};
use protocol::StaffMember;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// What the demo draws once and remembers.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Secrets {
    /// PIN of the member of staff, six digits.
    pub pin: String,
    /// The reviewer's password.
    pub password: String,
    /// Matching keys of the three tasks, hex.
    matching_keys: [String; 3],
    /// The day of the first start: the tasks' dates follow from it.
    first_day: jiff::civil::Date,
}

/// The school as the ledger has it, and the secrets that only the demo knows.
pub(super) struct School {
    pub secrets: Secrets,
    pub tasks: [Task; 3],
    pub people: Vec<Person>,
    pub codes: Vec<DemoCode>,
}

impl School {
    /// The task of a student.
    pub fn task_of(&self, at: At) -> &Task {
        &self.tasks[at as usize]
    }
}

/// Creates the school, or finds the one of an earlier start.
pub(super) async fn seed(app: &App, dir: &Path, faces: &Faces) -> Result<School, DemoError> {
    let secrets = secrets(&dir.join("demo-secrets.json"))?;
    let signer = keys::signer(&dir.join("central").join("codes.key"))?;
    let tasks = tasks(secrets.first_day, &signer.public_key().to_string(), &secrets.matching_keys)?;
    let mut people = people::people(secrets.first_day)?;
    for (face, person) in faces.faces.iter().zip(&mut people) {
        let bytes = files::read(&face.admission)?;
        person.student.admission_photo = Some(app.pictures.put(&bytes)?);
    }
    let list = dir.join("codes.json");
    let codes = if list.exists() {
        recall(&list)?
    } else {
        fill(app, &secrets, &tasks, &people).await?;
        let codes = codes::draw(dir, &signer, &tasks, &people)?;
        remember(&list, &codes)?;
        codes
    };
    Ok(School { secrets, tasks, people, codes })
}

async fn fill(app: &App, secrets: &Secrets, tasks: &[Task; 3], people: &[Person]) -> Result<(), DemoError> {
    for task in tasks {
        app.ledger.put_task(task.clone()).await?;
    }
    let rosters = [At::Undergraduate, At::Postgraduate, At::Adult].into_iter().map(|at| {
        let students = people.iter().filter(|p| p.at == at).map(|p| p.student.clone()).collect();
        (tasks[at as usize].clone(), students)
    });
    app.ledger.put_students(rosters.collect()).await?;
    let hash = |secret: &str| password::hash(secret).map_err(|e| DemoError::Code(e.to_string()));
    let member = StaffMember {
        id: StaffId::new("zhou")?,
        display_name: "周老师".to_owned(),
        pin_phc: hash(&secrets.pin)?,
    };
    app.ledger.put_staff(StaffRow { member, school_code: SCHOOL_CODE.to_owned() }).await?;
    for (login, display_name) in [("shen", "沈老师"), ("lu", "陆老师")] {
        let password_phc = hash(&secrets.password)?;
        let new = Reviewer { login: login.to_owned(), display_name: display_name.to_owned(), password_phc };
        app.ledger.put_reviewer(new).await?;
    }
    Ok(())
}

/// A new enrolment code for the demo's kiosk, valid for a day.
pub(super) async fn enrolment_code(app: &App) -> Result<String, DemoError> {
    let (code, now) = (enrolment_codes::draw(), now_millis());
    let issued = IssuedCode {
        hash: enrolment_codes::hash(&code),
        device_name: "演示机".to_owned(),
        school_code: SCHOOL_CODE.to_owned(),
        issued_by: "demo".to_owned(),
        issued_millis: now,
        expires_millis: now + enrolment_codes::LIFETIME_MILLIS,
    };
    app.ledger.issue_code(issued).await?;
    Ok(code)
}

fn secrets(file: &Path) -> Result<Secrets, DemoError> {
    if file.exists() {
        return recall(file);
    }
    let key = || hex::encode(rand::random::<[u8; 32]>());
    let fresh = Secrets {
        pin: format!("{:06}", rand::random_range(0..1_000_000_u32)),
        password: enrolment_codes::draw().to_lowercase(),
        matching_keys: [key(), key(), key()],
        first_day: jiff::Zoned::now().date(),
    };
    remember(file, &fresh)?;
    Ok(fresh)
}
