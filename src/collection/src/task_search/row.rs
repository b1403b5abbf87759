//! What a task is found by.

use crate::{Category, Task, TaskId};
use jiff::civil::Date;

/// What a task is found by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskRow {
    /// Its id.
    pub id: TaskId,
    /// The school's name.
    pub school: String,
    /// The school's five-digit code.
    pub school_code: String,
    /// What the task is called.
    pub name: String,
    /// Kind of study.
    pub category: Category,
    /// First day of collection, the school's calendar.
    pub opens: Date,
    /// Last day of collection.
    pub closes: Date,
}

impl TaskRow {
    /// Of a task.
    #[must_use]
    pub fn of(task: &Task) -> Self {
        TaskRow {
            id: task.id.clone(),
            school: task.school.clone(),
            school_code: task.school_code.clone(),
            name: task.name.clone(),
            category: task.category,
            opens: task.opens,
            closes: task.closes,
        }
    }

    pub(super) fn is_open(&self, category: Option<Category>, today: Date) -> bool {
        category.is_none_or(|c| c == self.category) && self.opens <= today && today <= self.closes
    }
}
