//! Asking what came down: tasks, presets, rosters, staff.

use crate::Store;
use crate::error::{Named, StoreError, row};
use collection::{EnrolmentId, RosterEntry, Task, TaskId, UniqueNumber};
use protocol::StaffMember;
use rusqlite::{OptionalExtension, Params};
use serde::de::DeserializeOwned;

/// By which hash a student is looked for. The value is an HMAC under the task's key, see `collection::MatchingKey`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MatchBy<'a> {
    /// Last six characters of the identity number.
    NumberLast6(&'a str),
    /// Student number (学号).
    StudentNumber(&'a str),
}

impl Store {
    /// All tasks, by id.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn tasks(&self) -> Result<Vec<Task>, StoreError> {
        self.bodies("the tasks", "SELECT rowid, body FROM task ORDER BY id", [])
    }

    /// One task.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn task(&self, id: &TaskId) -> Result<Option<Task>, StoreError> {
        let found =
            self.bodies(&format!("task {id}"), "SELECT rowid, body FROM task WHERE id = ?1", [id.as_str()])?;
        Ok(found.into_iter().next())
    }

    /// The file (TOML) of a preset that came with the tasks.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn preset(&self, name: &str) -> Result<Option<String>, StoreError> {
        self.read(|db| {
            db.query_row("SELECT toml FROM preset WHERE name = ?1", [name], |r| r.get(0))
                .optional()
                .named(format!("preset {name}"))
        })
    }

    /// The student with this unique number on this task's roster.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn roster_by_unique(
        &self,
        task: &TaskId,
        number: &UniqueNumber,
    ) -> Result<Option<RosterEntry>, StoreError> {
        let sql = "SELECT rowid, body FROM roster WHERE unique_number = ?1 AND task = ?2";
        let found = self.bodies("the roster", sql, (number.as_str(), task.as_str()))?;
        Ok(found.into_iter().next())
    }

    /// The student of this enrolment.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn roster_by_enrolment(&self, id: EnrolmentId) -> Result<Option<RosterEntry>, StoreError> {
        let sql = "SELECT rowid, body FROM roster WHERE enrolment = ?1";
        let found = self.bodies(&format!("roster entry {id}"), sql, [id.as_bytes()])?;
        Ok(found.into_iter().next())
    }

    /// The students of a task with this hash: none, the one, or several between whom more digits must decide.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn roster_matching(&self, task: &TaskId, by: MatchBy<'_>) -> Result<Vec<RosterEntry>, StoreError> {
        let (sql, hash) = match by {
            MatchBy::NumberLast6(hash) => (
                "SELECT rowid, body FROM roster WHERE number_last6 = ?1 AND task = ?2 ORDER BY enrolment",
                hash,
            ),
            MatchBy::StudentNumber(hash) => (
                "SELECT rowid, body FROM roster WHERE student_number = ?1 AND task = ?2 ORDER BY enrolment",
                hash,
            ),
        };
        self.bodies("the roster", sql, (hash, task.as_str()))
    }

    /// Everybody on a task's roster; for staff only.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn roster(&self, task: &TaskId) -> Result<Vec<RosterEntry>, StoreError> {
        let sql = "SELECT rowid, body FROM roster WHERE task = ?1 ORDER BY enrolment";
        self.bodies("the roster", sql, [task.as_str()])
    }

    /// Staff who may use kiosks, by login name.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn staff(&self) -> Result<Vec<StaffMember>, StoreError> {
        self.bodies("the staff", "SELECT rowid, body FROM staff ORDER BY id", [])
    }

    fn bodies<T: DeserializeOwned>(
        &self,
        object: &str,
        sql: &str,
        parameters: impl Params,
    ) -> Result<Vec<T>, StoreError> {
        let rows: Vec<(i64, String)> = self.read(|db| {
            db.prepare_cached(sql)
                .and_then(|mut s| s.query_map(parameters, |r| Ok((r.get(0)?, r.get(1)?)))?.collect())
                .named(object)
        })?;
        let parse = |(id, text): &(i64, String)| {
            serde_json::from_str(text).map_err(|e| row(format!("{object}, row {id}"), e))
        };
        rows.iter().map(parse).collect()
    }
}
