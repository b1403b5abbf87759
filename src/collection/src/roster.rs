//! The roster as a kiosk may hold it: masked for the eye, hashed for the match, nothing more.

use crate::{EnrolmentId, PictureHash, TaskId, UniqueNumber};
use serde::{Deserialize, Serialize};

/// HMAC-SHA256 under the task's matching key, hex, each over `"<label>:<value>"`, so that values are matched without being held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Matching {
    /// Label `number6`: last six characters of the identity number, X upper-case.
    pub number_last6: String,
    /// Label `number`: the whole identity number; decides where several share the last six. Absent from older servers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// Label `student`: student number (学号).
    pub student_number: String,
    /// Label `birth`: month and day of birth, `MMDD`.
    pub birth_month_day: String,
}

/// One student on one task's roster.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RosterEntry {
    /// Key of everything that happens to this student at this task.
    pub enrolment: EnrolmentId,
    /// The task.
    pub task: TaskId,
    /// CHSI's unique number. Personal data.
    pub unique_number: UniqueNumber,
    /// Name as shown (`林*夏`).
    pub masked_name: String,
    /// Identity number as shown (`9900**********1234`).
    pub masked_number: String,
    /// Class (班级).
    pub class: String,
    /// Programme (专业).
    pub programme: String,
    /// Hashes to match typed values against.
    pub matching: Matching,
    /// Admission photo (录取照片), if the school gave one.
    pub admission_photo: Option<PictureHash>,
}
