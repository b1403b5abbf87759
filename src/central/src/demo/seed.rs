//! Fills the ledger. Every step may run twice: a demo that was stopped half-way is completed by the next start.

use super::codes::{self, DemoCode};
use super::faces::Faces;
use super::people::{self, At, Person};
use super::school::{SCHOOL_CODE, tasks};
use crate::app::{App, now_millis};
use crate::codes as enrolment;
use crate::console::password;
use crate::controllers::devices::enrol::CODE_LIVES_MILLIS;
use crate::files::{self, FileError};
use crate::keys::{self, KeyFileError};
use crate::ledger::{IssuedCode, LedgerError, Reviewer, StaffRow};
use crate::pictures::PictureError;
use crate::serve::ServeError;
use collection::{IdError, StaffId, Task};
use protocol::StaffMember;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// Why there is no demo.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// A file of the demo's folder.
    #[error(transparent)]
    File(#[from] FileError),
    /// A key of the demo's folder.
    #[error(transparent)]
    Key(#[from] KeyFileError),
    /// The server.
    #[error(transparent)]
    Serve(#[from] ServeError),
    /// The ledger.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// An id of the demo's own is not of its form.
    #[error(transparent)]
    Id(#[from] IdError),
    /// An admission photo was not taken.
    #[error("an admission photo: {0}")]
    Picture(String),
    /// A code could not be made.
    #[error("a collection code: {0}")]
    Code(String),
    /// What the demo remembered of its first start cannot be read.
    #[error("{file} cannot be read: {reason}; remove the demo's folder to start over")]
    Memory {
        /// Which file.
        file: String,
        /// Why.
        reason: String,
    },
}

impl From<PictureError> for DemoError {
    fn from(error: PictureError) -> DemoError {
        DemoError::Picture(error.to_string())
    }
}

/// What the demo draws once and remembers.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Secrets {
    /// PIN of the member of staff, six digits.
    pub pin: String,
    /// The reviewer's password.
    pub password: String,
    /// Matching keys of the three tasks, hex.
    matching_keys: [String; 3],
    /// The day the school was founded: its tasks' dates follow from it.
    founded: jiff::civil::Date,
}

/// The school as it stands in the ledger, with what only the demo may know.
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

/// Founds the school, or finds it.
pub(super) async fn seed(app: &App, dir: &Path, faces: &Faces) -> Result<School, DemoError> {
    let secrets = secrets(&dir.join("demo-secrets.json"))?;
    let signer = keys::signer(&dir.join("central").join("codes.key"))?;
    let tasks = tasks(secrets.founded, &signer.public_key().to_string(), &secrets.matching_keys)?;
    let mut people = people::people(secrets.founded)?;
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

/// A fresh enrolment code for the demo's kiosk, good for a day.
pub(super) async fn enrolment_code(app: &App) -> Result<String, DemoError> {
    let (code, now) = (enrolment::draw(), now_millis());
    let issued = IssuedCode {
        hash: enrolment::hash(&code),
        device_name: "演示机".to_owned(),
        school_code: SCHOOL_CODE.to_owned(),
        issued_by: "demo".to_owned(),
        issued_millis: now,
        expires_millis: now + CODE_LIVES_MILLIS,
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
        password: enrolment::draw().to_lowercase(),
        matching_keys: [key(), key(), key()],
        founded: jiff::Zoned::now().date(),
    };
    remember(file, &fresh)?;
    Ok(fresh)
}

/// What an earlier start wrote down.
pub(super) fn recall<T: for<'de> Deserialize<'de>>(file: &Path) -> Result<T, DemoError> {
    serde_json::from_str(&files::read_text(file)?)
        .map_err(|e| DemoError::Memory { file: file.display().to_string(), reason: e.to_string() })
}

/// Writes down for later starts.
pub(super) fn remember<T: Serialize>(file: &Path, value: &T) -> Result<(), DemoError> {
    let text = serde_json::to_vec_pretty(value)
        .map_err(|e| DemoError::Memory { file: file.display().to_string(), reason: e.to_string() })?;
    Ok(files::write_secret(file, &text)?)
}
