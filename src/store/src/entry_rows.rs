//! Reads an enrolment's entries, its task and the task's versions, and folds them.

use crate::error::{Named, StoreError, row};
use collection::{Enrolment, EnrolmentId, Entry, SignedEntry, StaffId, TaskId, Versions};
use rusqlite::{Connection, OptionalExtension};

/// All entries of an enrolment, in order of arrival.
pub(crate) fn entries(db: &Connection, enrolment: EnrolmentId) -> Result<Vec<Entry>, StoreError> {
    let object = format!("the journal of enrolment {enrolment}");
    let rows: Vec<(i64, SignedEntry)> = db
        .prepare_cached("SELECT rowid, bytes, signature FROM entry WHERE enrolment = ?1 ORDER BY rowid")
        .and_then(|mut s| {
            let rows = s.query_map([enrolment.as_bytes()], |r| {
                Ok((r.get(0)?, SignedEntry { bytes: r.get(1)?, signature: r.get(2)? }))
            })?;
            rows.collect()
        })
        .named(&object)?;
    let read = |(id, signed): &(i64, SignedEntry)| {
        signed.read().map_err(|e| row(format!("{object}, row {id} of table entry"), e))
    };
    rows.iter().map(read).collect()
}

/// The settings of every version of a task that was ever in force here.
pub(crate) fn versions(db: &Connection, task: &str) -> Result<Versions, StoreError> {
    let object = format!("the versions of task {task}");
    let rows: Vec<(u32, String)> = db
        .prepare_cached("SELECT version, settings FROM task_version WHERE task = ?1")
        .and_then(|mut s| s.query_map([task], |r| Ok((r.get(0)?, r.get(1)?)))?.collect())
        .named(&object)?;
    let parse = |(version, settings): (u32, String)| {
        let parsed = serde_json::from_str(&settings).map(|settings| (version, settings));
        parsed.map_err(|e| row(format!("{object}, version {version}"), e))
    };
    let parsed: Result<Vec<_>, StoreError> = rows.into_iter().map(parse).collect();
    let staff: Vec<String> = db
        .prepare_cached("SELECT id FROM staff_known")
        .and_then(|mut s| s.query_map([], |r| r.get(0))?.collect())
        .named("the known staff")?;
    let staff = staff.into_iter().filter_map(|id| StaffId::new(id).ok());
    Ok(Versions::new(parsed?).with_staff(staff))
}

/// The fold of an enrolment's entries.
pub(crate) fn fold(db: &Connection, id: EnrolmentId) -> Result<Enrolment, StoreError> {
    let entries = entries(db, id)?;
    let versions = match task_of(db, id)? {
        Some(task) => versions(db, task.as_str())?.at_task(task),
        None => Versions::default(),
    };
    Ok(collection::fold(id, &entries, &versions))
}

/// The task of an enrolment: as the roster says, else as the first entry does, for a student on no roster.
pub(crate) fn task_of(db: &Connection, id: EnrolmentId) -> Result<Option<TaskId>, StoreError> {
    let object = format!("the task of enrolment {id}");
    let ask = |sql: &str| -> Result<Option<String>, StoreError> {
        db.prepare_cached(sql)
            .and_then(|mut s| s.query_row([id.as_bytes()], |r| r.get(0)).optional())
            .named(&object)
    };
    let task = match ask("SELECT task FROM roster WHERE enrolment = ?1")? {
        Some(task) => Some(task),
        None => ask("SELECT task FROM entry WHERE enrolment = ?1 ORDER BY rowid LIMIT 1")?,
    };
    Ok(task.and_then(|task| TaskId::new(task).ok()))
}
