//! Rosters: the students of each task.

use super::database::Ledger;
use super::error::LedgerError;
use super::feed::{self, Announcement};
use super::tables::student;
use collection::{
    EnrolmentId, NameField, PictureHash, RosterEntry, Task, TaskId, UniqueNumber, mask_name, mask_number,
    matching,
};
use protocol::Change;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};
use std::collections::BTreeSet;

/// Rows written by one statement.
const INSERT_ROWS: usize = 100;

/// Gets a value out of a row.
type Value = fn(&student::Model) -> &str;

/// A student as the registry knows them. Personal data: no `Debug`.
#[derive(Clone)]
pub(crate) struct Student {
    pub unique_number: UniqueNumber,
    pub name: String,
    pub id_number: String,
    /// `MMDD`.
    pub birth_month_day: String,
    pub student_number: String,
    pub class: String,
    pub programme: String,
    pub admission_photo: Option<PictureHash>,
}

impl Student {
    /// What a kiosk may hold of this student.
    pub fn entry(&self, task: &Task) -> Result<RosterEntry, collection::KeyError> {
        let key = task.key()?;
        Ok(RosterEntry {
            enrolment: collection::enrolment_id(&key, &self.unique_number),
            task: task.id.clone(),
            unique_number: self.unique_number.clone(),
            masked_name: mask_name(&self.name),
            masked_number: mask_number(&self.id_number),
            class: self.class.clone(),
            programme: self.programme.clone(),
            matching: matching(&key, &self.id_number, &self.student_number, &self.birth_month_day),
            admission_photo: self.admission_photo,
        })
    }
}

impl Ledger {
    /// Which fields a task's roster has for everybody, and which of these no two students share; none for an empty roster.
    pub async fn roster_facts(&self, task: &TaskId) -> Result<(Vec<NameField>, Vec<NameField>), LedgerError> {
        let rows =
            student::Entity::find().filter(student::Column::Task.eq(task.as_str())).all(&self.db).await?;
        let fields: [(NameField, Value); 5] = [
            (NameField::StudentNumber, |r| &r.student_number),
            (NameField::IdNumber, |r| &r.id_number),
            (NameField::Name, |r| &r.name),
            (NameField::Class, |r| &r.class),
            (NameField::Programme, |r| &r.programme),
        ];
        let (mut complete, mut distinct) = (Vec::new(), Vec::new());
        for (field, value) in fields {
            let all: Vec<&str> = rows.iter().map(value).collect();
            let is_complete = !all.is_empty() && all.iter().all(|v| !v.trim().is_empty());
            complete.extend(is_complete.then_some(field));
            let different = all.iter().collect::<BTreeSet<_>>().len() == all.len();
            distinct.extend((is_complete && different).then_some(field));
        }
        Ok((complete, distinct))
    }

    /// Puts students on rosters, all or none, and announces them to the schools' kiosks. A student who is on the roster already is
    /// replaced; an admission photo that is not given again stays.
    pub async fn put_students(&self, rosters: Vec<(Task, Vec<Student>)>) -> Result<(), LedgerError> {
        self.write(move |tx| {
            Box::pin(async move {
                for (task, students) in rosters {
                    put_roster(tx, &task, students).await?;
                }
                Ok(())
            })
        })
        .await
    }

    /// Whether a kiosk of this school may see the picture: it is the admission photo of one of its students.
    pub async fn is_admission_photo(&self, school: &str, hash: PictureHash) -> Result<bool, LedgerError> {
        let row = student::Entity::find()
            .filter(student::Column::AdmissionPhoto.eq(hash.to_string()))
            .filter(student::Column::SchoolCode.eq(school))
            .one(&self.db)
            .await?;
        Ok(row.is_some())
    }
}

async fn put_roster(
    tx: &DatabaseTransaction,
    task: &Task,
    students: Vec<Student>,
) -> Result<(), LedgerError> {
    let mut rows = Vec::with_capacity(students.len());
    let mut announcements = Vec::with_capacity(students.len());
    for mut student in students {
        if student.admission_photo.is_none() {
            let old = student::Entity::find_by_id(enrolment(task, &student)?.to_string()).one(tx).await?;
            let photo = old.and_then(|o| o.admission_photo);
            student.admission_photo = photo.and_then(|h| PictureHash::parse(&h).ok());
        }
        let entry = student.entry(task).map_err(|e| unreadable_key(task, e))?;
        rows.push(student_row(task, &student, &entry));
        announcements.push(Announcement {
            subject: format!("roster:{}", entry.enrolment),
            school_code: Some(task.school_code.clone()),
            change: Change::Roster(Box::new(entry)),
        });
    }
    let update = OnConflict::column(student::Column::Enrolment)
        .update_columns([
            student::Column::Name,
            student::Column::IdNumber,
            student::Column::StudentNumber,
            student::Column::Class,
            student::Column::Programme,
            student::Column::MaskedName,
            student::Column::MaskedNumber,
            student::Column::AdmissionPhoto,
        ])
        .to_owned();
    for some in rows.chunks(INSERT_ROWS) {
        student::Entity::insert_many(some.to_vec()).on_conflict(update.clone()).exec(tx).await?;
    }
    feed::announce(tx, announcements).await
}

fn enrolment(task: &Task, student: &Student) -> Result<EnrolmentId, LedgerError> {
    let key = task.key().map_err(|e| unreadable_key(task, e))?;
    Ok(collection::enrolment_id(&key, &student.unique_number))
}

fn unreadable_key(task: &Task, error: collection::KeyError) -> LedgerError {
    LedgerError::row("task", &format!("{}: {error}", task.id))
}

fn student_row(task: &Task, student: &Student, entry: &RosterEntry) -> student::ActiveModel {
    student::ActiveModel {
        enrolment: Set(entry.enrolment.to_string()),
        task: Set(task.id.as_str().to_owned()),
        school_code: Set(task.school_code.clone()),
        unique_number: Set(student.unique_number.as_str().to_owned()),
        name: Set(student.name.clone()),
        id_number: Set(student.id_number.clone()),
        student_number: Set(student.student_number.clone()),
        class: Set(student.class.clone()),
        programme: Set(student.programme.clone()),
        masked_name: Set(entry.masked_name.clone()),
        masked_number: Set(entry.masked_number.clone()),
        admission_photo: Set(student.admission_photo.map(|h| h.to_string())),
    }
}
