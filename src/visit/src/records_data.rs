//! What is typed into forms and what the records answer with: regions, postal addresses, typed persons, tasks and their cards.

use crate::personal::Typed;
use collection::rights::Act;
use collection::{Category, DeliveryState, DocumentKind, PhotoState, TaskId};
use jiff::civil::Date;
use sentences::Code;

/// A province, a city or a district.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    /// Its administrative division code, six digits (GB/T 2260).
    pub code: u32,
    /// Its name.
    pub name: String,
}

/// Where prints are sent. Personal: kept as a record attached to the journal, never in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostalAddress {
    /// Whose name stands on the letter.
    pub recipient: Typed,
    /// Whom the post calls, digits.
    pub phone: Typed,
    /// Province, city, district; fewer where a region has fewer levels.
    pub region: Vec<Region>,
    /// Street and house.
    pub street: Typed,
}

/// Who somebody says they are. Personal: kept as a record attached to the journal, never in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedPerson {
    /// Kind of document.
    pub kind: DocumentKind,
    /// Its number as it is compared.
    pub number: Typed,
    /// Month and day of birth, `MMDD`; empty where the number says it.
    pub birth: Typed,
    /// Name.
    pub name: Typed,
    /// Class; empty where the task does not ask for it.
    pub class: Typed,
}

/// A task as somebody who looks for theirs sees it. Schools and tasks are nobody's data, so nothing is masked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskRow {
    /// The task.
    pub task: TaskId,
    /// The school's name.
    pub school: String,
    /// The school's five-digit code.
    pub school_code: String,
    /// What the task is called.
    pub name: String,
    /// Kind of study.
    pub category: Category,
    /// First day of collection.
    pub opens: Date,
    /// Last day of collection.
    pub closes: Date,
    /// The school's notice, to be compared with the task.
    pub notice: String,
}

impl TaskRow {
    /// Of this task.
    #[must_use]
    pub fn of(task: &collection::Task) -> TaskRow {
        TaskRow {
            task: task.id.clone(),
            school: task.school.clone(),
            school_code: task.school_code.clone(),
            name: task.name.clone(),
            category: task.category,
            opens: task.opens,
            closes: task.closes,
            notice: task.notice.clone(),
        }
    }
}

/// One task of 我的任务.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskCard {
    /// Name of the task.
    pub task: String,
    /// School.
    pub school: String,
    /// Where the photo stands.
    pub state: PhotoState,
    /// Sentence code of the reason, when it was rejected.
    pub reason: Option<Code>,
    /// Submissions still allowed.
    pub tries_left: u32,
    /// What submitting another portrait would be now; `None` when it is not permitted.
    pub again: Option<Act>,
    /// Whether a code is bound that could be let go of.
    pub bound: bool,
    /// Where the prints are; `None` where the task has none.
    pub delivery: Option<DeliveryState>,
    /// Whether an address may be given or changed now.
    pub address: bool,
    /// Whether this kiosk has heard from the server since.
    pub fresh: bool,
}
