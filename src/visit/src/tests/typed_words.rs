//! The words of the typed flows: school and task, manual entry, address.

use super::world::{Scenario, known, task};
use crate::*;
use sentences::codes;

/// The tasks of a kiosk: one, two of one school, or none that is open.
fn rows(how_many: &str) -> Vec<TaskRow> {
    let first = TaskRow::of(&task());
    let mut second = first.clone();
    second.name = "2027 届研究生".into();
    second.category = collection::Category::Postgraduate;
    let mut over = first.clone();
    over.closes = over.opens;
    match how_many {
        "one" => vec![first, over],
        "two" => vec![first, second, over],
        "none" => vec![over],
        other => panic!("{other} is no number of tasks"),
    }
}

impl Scenario {
    pub(super) fn schools(&mut self, how_many: &str) {
        if how_many != "later" {
            self.answer(Reply::Schools(rows(how_many)));
        }
    }

    /// What happens by this word, if it is a word of these flows.
    pub(super) fn typed_flow(&mut self, what: &str, value: &str) -> bool {
        match what {
            // One open task at this kiosk, unless the scenario says more.
            "no-code" => {
                self.touch(Touch::NoCode);
                self.schools(if value.is_empty() { "one" } else { value });
            }
            "schools" => self.schools(value),
            "key" => value.chars().for_each(|c| self.touch(Touch::Key(Keystroke::Char(c)))),
            "tab" => self.touch(Touch::Category(value.parse().expect("a tab"))),
            "row" => self.touch(Touch::Row(value.parse().expect("a row"))),
            "task" => {
                let mut task = task();
                task.settings.manual_entry = value != "closed-list";
                if value == "with-class" {
                    task.settings.naming = "{class}-{unique_number}".into();
                }
                self.answer(Reply::Task((value != "gone").then(|| Box::new(task))));
            }
            "entered" => self.answer(Reply::Entered(EnteredOutcome::Kept(Box::new(known(value))))),
            "on-roster" => self.answer(Reply::Entered(EnteredOutcome::OnRoster(Box::new(known("typed"))))),
            "not-entered" => {
                let sentence = Sentence::plain(codes::MANUAL_NOT_KEPT);
                self.answer(Reply::Entered(EnteredOutcome::Failed(sentence)));
            }
            "regions" => {
                let within = (!value.is_empty()).then(|| value.parse().expect("a code"));
                let rows =
                    [1, 2].map(|n| Region { code: within.unwrap_or(0) * 10 + n, name: format!("{n}") });
                self.answer(Reply::Regions(within, rows.to_vec()));
            }
            "no-regions" => {
                let within = Some(value.parse().expect("a code"));
                self.answer(Reply::Regions(within, Vec::new()));
            }
            _ => return false,
        }
        true
    }
}
