//! Whether a task collects on a day.

use crate::Task;
use jiff::civil::Date;

/// Where a day lies relative to a task's days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Window {
    /// Before the first day.
    NotOpen,
    /// The task collects.
    Open,
    /// After the last day.
    Closed,
}

impl Task {
    /// Whether the task collects on this day of the school.
    #[must_use]
    pub fn window(&self, day: Date) -> Window {
        if day < self.opens {
            Window::NotOpen
        } else if day > self.closes {
            Window::Closed
        } else {
            Window::Open
        }
    }
}
