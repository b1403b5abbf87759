//! What a collector's code claims of a student, and whether the roster agrees.

use super::fault::CodeFault;
use super::lookup::{Outcome, RosterLookup};
use crate::identity::plain;
use crate::{RosterEntry, Stars, Task, UniqueNumber, agrees};
use jiff::civil::Date;

/// Shortest unique number that is believed to be one; fewer characters are some other text.
const MIN_NUMBER: usize = 6;

/// What a code claims. Personal data: no `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Claims {
    /// CHSI's unique number.
    pub unique_number: UniqueNumber,
    /// The name, masked or whole.
    pub name: Option<String>,
    /// The identity number, masked or whole.
    pub number: Option<String>,
    /// The school's code or name.
    pub school: Option<String>,
    /// What the stars of both count.
    pub stars: Stars,
}

/// A unique number as a code writes it; `None` for what cannot be one.
pub(super) fn unique_number(text: &str) -> Option<UniqueNumber> {
    let text = plain(text);
    if text.len() < MIN_NUMBER || !text.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    UniqueNumber::new(text).ok()
}

/// A field's text, `None` when there is nothing in it.
pub(super) fn filled(text: Option<String>) -> Option<String> {
    text.filter(|t| !t.trim().is_empty())
}

/// Looks the student up on the rosters of the tasks that list the decoder: this school, on the roster, the same person.
pub(super) fn find_student<'t, O: RosterLookup>(
    claims: &Claims,
    tasks: &[&'t Task],
    day: impl Fn(&Task) -> Date,
    lookup: &mut O,
) -> Result<Outcome<'t>, O::Error> {
    let here = |task: &&&Task| claims.school.as_deref().is_none_or(|school| is_school(task, school));
    let ours: Vec<&Task> = tasks.iter().filter(here).copied().collect();
    let Some(first) = ours.first() else { return Ok(Outcome::Fault(CodeFault::OtherSchool)) };
    let mut found: Option<(&Task, RosterEntry)> = None;
    for task in &ours {
        // Of two tasks that both know the student, the one that collects today wins.
        let better = found.as_ref().is_none_or(|(other, _)| CodeFault::of_day(other, day(other)).is_some());
        if better && let Some(entry) = lookup.student(&task.id, &claims.unique_number)? {
            let open = CodeFault::of_day(task, day(task)).is_none();
            if found.is_none() || open {
                found = Some((task, entry));
            }
        }
    }
    Ok(match found {
        None => Outcome::Fault(CodeFault::not_on_roster(first)),
        Some((task, entry)) if !same(claims, &entry) => {
            Outcome::Fault(CodeFault::Conflict { phone: task.registry_phone.clone() })
        }
        Some((task, entry)) => Outcome::Student(task, Box::new(entry)),
    })
}

fn is_school(task: &Task, claimed: &str) -> bool {
    let claimed = plain(claimed);
    claimed == plain(&task.school_code) || claimed == plain(&task.school)
}

fn same(claims: &Claims, entry: &RosterEntry) -> bool {
    let fits = |shown: &Option<String>, ours: &str| {
        shown.as_deref().is_none_or(|shown| agrees(shown, ours, claims.stars))
    };
    fits(&claims.name, &entry.masked_name) && fits(&claims.number, &entry.masked_number)
}
