//! Quotas: how much of each limit is left, and when it reopens.

use crate::{Enrolment, Task};
use jiff::civil::{Date, DateTime, time};

/// Wrong second factors in a row after which only staff unlocks (5 per enrolment).
pub const SECOND_FACTOR_TRIES: u32 = 5;

/// Productions left on this school day, including those that staff granted.
#[must_use]
pub fn productions_left(enrolment: &Enrolment, task: &Task, day: Date) -> u32 {
    let granted = enrolment.granted.get(&day).copied().unwrap_or(0);
    let limit = task.settings.productions_per_day.saturating_add(granted);
    limit.saturating_sub(enrolment.productions_on(day))
}

/// Replacements left before review begins.
#[must_use]
pub fn replacements_left(enrolment: &Enrolment, task: &Task) -> u32 {
    task.settings.replacements.saturating_sub(enrolment.replacements_used)
}

/// Resubmissions left after 审核未通过.
#[must_use]
pub fn resubmissions_left(enrolment: &Enrolment, task: &Task) -> u32 {
    task.settings.resubmissions.saturating_sub(enrolment.resubmissions_used)
}

/// Tries of the second factor left.
#[must_use]
pub fn second_factor_left(enrolment: &Enrolment) -> u32 {
    SECOND_FACTOR_TRIES.saturating_sub(enrolment.second_factor_failures)
}

/// Comparisons that may still fail before the registry takes over.
#[must_use]
pub fn comparisons_left(enrolment: &Enrolment, task: &Task) -> u32 {
    task.settings.comparison_failures_to_case.max(1).saturating_sub(enrolment.comparison_failures)
}

/// When the day's productions reopen: the next school day at 0:00, unless the task has closed by then.
#[must_use]
pub fn reopens(task: &Task, day: Date) -> Option<DateTime> {
    let next = day.tomorrow().ok()?;
    (next <= task.closes).then(|| next.to_datetime(time(0, 0, 0, 0)))
}
