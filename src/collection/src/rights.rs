//! Rights: may this be done now, and if not, why and from when on.

use crate::{Enrolment, Review, Task, quota};
use jiff::civil::{Date, DateTime, time};

/// Every code that a refusal can carry.
pub const CODES: [&str; 14] = [
    "rights.not_open",
    "rights.closed",
    "rights.quota_used",
    "rights.quota_used_last_day",
    "rights.comparison_case",
    "rights.nothing_submitted",
    "rights.already_submitted",
    "rights.review_began",
    "rights.replacement_used",
    "rights.resubmissions_used",
    "rights.rejected",
    "rights.approved",
    "rights.published",
    "rights.second_factor_locked",
];

/// Something a student wants to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Act {
    /// Have a portrait made (裁剪换背景).
    Produce,
    /// Hand in the first portrait.
    Submit,
    /// Hand in another before review begins (更换).
    Replace,
    /// Hand in another after 审核未通过.
    Resubmit,
    /// Try the second factor.
    SecondFactor,
}

/// Why not.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not permitted: {code}")]
pub struct Refusal {
    /// Sentence code.
    pub code: &'static str,
    /// The sentence's placeholders.
    pub args: Vec<(&'static str, String)>,
    /// When it reopens, the school's clock; `None` when waiting does not help.
    pub reopens: Option<DateTime>,
}

impl Refusal {
    fn new(code: &'static str) -> Self {
        Refusal { code, args: Vec::new(), reopens: None }
    }

    fn with(mut self, name: &'static str, value: &impl ToString) -> Self {
        self.args.push((name, value.to_string()));
        self
    }

    fn phone(self, task: &Task) -> Self {
        self.with("phone", &task.registry_phone)
    }
}

/// Which act handing in a portrait is for this enrolment now. Whether it is permitted, [`permits`] says.
#[must_use]
pub fn submission_act(enrolment: &Enrolment) -> Act {
    match enrolment.candidate().map(|c| &c.review) {
        None => Act::Submit,
        Some(Review::Rejected { .. }) => Act::Resubmit,
        Some(_) => Act::Replace,
    }
}

/// Whether `act` is permitted on the school's day `today`.
///
/// # Errors
/// The reason, as a sentence's code, and when it reopens.
pub fn permits(enrolment: &Enrolment, task: &Task, act: Act, today: Date) -> Result<(), Refusal> {
    if act == Act::SecondFactor {
        return second_factor(enrolment, task);
    }
    window(task, today)?;
    match act {
        Act::Produce => produce(enrolment, task, today),
        Act::Submit | Act::Replace | Act::Resubmit => hand_in(enrolment, task, act),
        Act::SecondFactor => Ok(()),
    }
}

/// Whether the task collects on this day.
///
/// # Errors
/// When it has not opened yet or is closed.
pub fn window(task: &Task, today: Date) -> Result<(), Refusal> {
    if today < task.opens {
        let mut refusal = Refusal::new("rights.not_open").with("opens", &task.opens).phone(task);
        refusal.reopens = Some(task.opens.to_datetime(time(0, 0, 0, 0)));
        return Err(refusal);
    }
    if today > task.closes {
        return Err(Refusal::new("rights.closed").with("closes", &task.closes).phone(task));
    }
    Ok(())
}

/// A production is permitted when its portrait could be handed in, comparisons are not the registry's, and the day has one left.
fn produce(enrolment: &Enrolment, task: &Task, today: Date) -> Result<(), Refusal> {
    hand_in(enrolment, task, submission_act(enrolment))?;
    if quota::comparisons_left(enrolment, task) == 0 {
        return Err(Refusal::new("rights.comparison_case").phone(task));
    }
    if quota::productions_left(enrolment, task, today) > 0 {
        return Ok(());
    }
    let count = enrolment.productions_on(today);
    let reopens = quota::reopens(task, today);
    let code = if reopens.is_some() { "rights.quota_used" } else { "rights.quota_used_last_day" };
    let mut refusal = Refusal::new(code).with("count", &count).phone(task);
    refusal.reopens = reopens;
    Err(refusal)
}

fn hand_in(enrolment: &Enrolment, task: &Task, act: Act) -> Result<(), Refusal> {
    let Some(candidate) = enrolment.candidate() else {
        return if act == Act::Submit { Ok(()) } else { Err(Refusal::new("rights.nothing_submitted")) };
    };
    if candidate.published {
        return Err(Refusal::new("rights.published").phone(task));
    }
    if candidate.handed_over {
        return Err(Refusal::new("rights.approved").phone(task));
    }
    match (&candidate.review, act) {
        (Review::Approved, _) => Err(Refusal::new("rights.approved").phone(task)),
        (Review::Began, _) => Err(Refusal::new("rights.review_began")),
        (Review::Waiting, Act::Replace) if quota::replacements_left(enrolment, task) > 0 => Ok(()),
        (Review::Waiting, Act::Replace) => Err(Refusal::new("rights.replacement_used").phone(task)),
        (Review::Waiting, _) => Err(Refusal::new("rights.already_submitted")),
        (Review::Rejected { .. }, Act::Resubmit) if quota::resubmissions_left(enrolment, task) > 0 => Ok(()),
        (Review::Rejected { .. }, Act::Resubmit) => {
            Err(Refusal::new("rights.resubmissions_used").phone(task))
        }
        (Review::Rejected { .. }, _) => Err(Refusal::new("rights.rejected")),
    }
}

fn second_factor(enrolment: &Enrolment, task: &Task) -> Result<(), Refusal> {
    if quota::second_factor_left(enrolment) > 0 {
        return Ok(());
    }
    Err(Refusal::new("rights.second_factor_locked").phone(task))
}
