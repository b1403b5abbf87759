//! Finds a student without a readable code: a typed number is searched on the roster by hash.
//!
//! A public screen never shows a list of names. The result is one masked entry, a request to type more, or nobody; a student whose
//! last six characters are not unique types the whole number or the student number as well.

use crate::identity::plain;
use crate::{MatchingKey, RosterEntry};
use sentences::{Code, codes};

/// Fewest characters that are searched for, so that guessing is impractical.
pub const MIN_TYPED: usize = 4;
/// Most characters that are searched for.
pub const MAX_TYPED: usize = 32;
/// How many last characters of the identity number are asked for first.
pub const LAST_DIGITS: usize = 6;

/// What a typed text may be, as hashes under one task's key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Label `number6`: of its last six characters. An entry without this hash cannot be meant by a number.
    pub number_last6: Option<String>,
    /// Label `number`: it is longer than six characters, so it may be the whole number.
    pub number: Option<String>,
    /// Label `student`: student number.
    pub student_number: String,
}

impl Asked {
    /// Of a typed text; `None` when it is too short, too long, or no number at all. Spaces, hyphens, case and full-width
    /// characters do not count.
    #[must_use]
    pub fn of(key: &MatchingKey, typed: &str) -> Option<Asked> {
        let typed = bounded(typed)?;
        let length = typed.chars().count();
        Some(Asked {
            number_last6: (length >= LAST_DIGITS).then(|| key.number_last6(&typed)),
            number: (length > LAST_DIGITS).then(|| key.number(&typed)),
            student_number: key.student_number(&typed),
        })
    }

    /// Whether this entry can be meant. An entry that came without the whole number's hash (from an older server) is not
    /// found by the whole number, because six characters of it are not all that was typed.
    #[must_use]
    pub fn means(&self, entry: &RosterEntry) -> bool {
        let by_number = match &self.number {
            Some(number) => entry.matching.number.as_ref() == Some(number),
            None => self.number_last6.as_ref() == Some(&entry.matching.number_last6),
        };
        by_number || self.student_number == entry.matching.student_number
    }
}

/// What a search found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// One student. The screen shows the masked name and asks month and day of birth.
    One(Box<RosterEntry>),
    /// Several: ask for this too, and search again with both.
    Ambiguous(More),
    /// Nobody.
    None,
}

/// What to ask of a student whose typed text is not unique.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum More {
    /// The whole identity number, or the student number.
    WholeNumber,
    /// The student number: one person with two enrolments has the same identity number in both.
    StudentNumber,
    /// Nothing decides; staff does.
    Teacher,
}

impl More {
    /// The sentence that asks.
    #[must_use]
    pub const fn code(self) -> Code {
        match self {
            More::WholeNumber => codes::CODE_AMBIGUOUS,
            More::StudentNumber => codes::CODE_AMBIGUOUS_NUMBER,
            More::Teacher => codes::CODE_AMBIGUOUS_STILL,
        }
    }
}

/// Searches entries, each with its task's key, for the student whom every typed text matches.
///
/// `typed` holds what was typed in this visit, in order: after [`Found::Ambiguous`] the next text is pushed and all are asked
/// again, so two students with the same last six characters are told apart by what comes after.
pub fn search<'e>(
    entries: impl IntoIterator<Item = (&'e MatchingKey, &'e RosterEntry)>,
    typed: &[impl AsRef<str>],
) -> Found {
    let mut meant: Vec<&RosterEntry> = Vec::new();
    for (key, entry) in entries {
        let asked = |text: &str| Asked::of(key, text).is_some_and(|a| a.means(entry));
        let all = !typed.is_empty() && typed.iter().all(|t| asked(t.as_ref()));
        if all && !meant.iter().any(|m| m.enrolment == entry.enrolment) {
            meant.push(entry);
        }
    }
    match meant.as_slice() {
        [] => Found::None,
        [one] => Found::One(Box::new((*one).clone())),
        _ => Found::Ambiguous(more(typed)),
    }
}

/// After six characters the whole number is asked, after that the student number, then a member of staff.
fn more(typed: &[impl AsRef<str>]) -> More {
    let long = typed.iter().filter_map(|t| bounded(t.as_ref())).any(|t| t.chars().count() > LAST_DIGITS);
    match (typed.len(), long) {
        (_, false) => More::WholeNumber,
        (..=2, true) => More::StudentNumber,
        _ => More::Teacher,
    }
}

fn bounded(typed: &str) -> Option<String> {
    let typed: String = plain(typed).chars().filter(|c| *c != '-').take(MAX_TYPED + 1).collect();
    let length = typed.chars().count();
    let fits = (MIN_TYPED..=MAX_TYPED).contains(&length) && typed.chars().all(char::is_alphanumeric);
    fits.then_some(typed)
}

#[cfg(test)]
#[allow(clippy::wildcard_enum_match_arm, reason = "a test names only the cases that it means")]
mod tests {
    use super::*;
    use crate::{EnrolmentId, TaskId, UniqueNumber, enrolment_id, mask_name, mask_number, matching};
    use proptest::prelude::*;

    fn key() -> MatchingKey {
        MatchingKey::from_bytes([7; 32])
    }

    fn entry(name: &str, unique: &str, number: &str, student: &str) -> RosterEntry {
        let unique_number = UniqueNumber::new(unique).unwrap();
        RosterEntry {
            enrolment: enrolment_id(&key(), &unique_number),
            task: TaskId::new("spring-2026").unwrap(),
            unique_number,
            masked_name: mask_name(name),
            masked_number: mask_number(number),
            class: String::new(),
            programme: String::new(),
            matching: matching(&key(), number, student, &number[10..14]),
            admission_photo: None,
        }
    }

    /// The second and third share their last six characters, the fourth is the third's second enrolment.
    fn roster() -> Vec<RosterEntry> {
        vec![
            entry("林知夏", "99001A1", "990000200401010013", "2023000001"),
            entry("王磊", "99001A2", "99000020030501002X", "2023000002"),
            entry("李想", "99001A3", "99001120040601002X", "2023-0003"),
            entry("李想", "99001B3", "99001120040601002X", "2024000009"),
        ]
    }

    fn ask(typed: &[&str]) -> Found {
        let (key, all) = (key(), roster());
        search(all.iter().map(|e| (&key, e)), typed)
    }

    fn id(found: Found) -> EnrolmentId {
        match found {
            Found::One(entry) => entry.enrolment,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn six_characters_or_the_student_number_find_one() {
        let all = roster();
        assert_eq!(id(ask(&["010013"])), all[0].enrolment);
        assert_eq!(id(ask(&["０１ 0013"])), all[0].enrolment);
        assert_eq!(id(ask(&["2023000002"])), all[1].enrolment);
        assert_eq!(id(ask(&["20230003"])), all[2].enrolment, "hyphens are not typed on a keypad");
        assert_eq!(id(ask(&["99000020030501002x"])), all[1].enrolment);
        assert_eq!(ask(&["010014"]), Found::None);
    }

    #[test]
    fn who_shares_the_last_six_is_asked_for_more_and_never_listed() {
        assert_eq!(ask(&["01002X"]), Found::Ambiguous(More::WholeNumber));
        assert_eq!(id(ask(&["01002X", "99000020030501002X"])), roster()[1].enrolment);
        let twice = ["01002X", "99001120040601002X"];
        assert_eq!(ask(&twice), Found::Ambiguous(More::StudentNumber));
        assert_eq!(id(ask(&[twice[0], twice[1], "2024000009"])), roster()[3].enrolment);
        assert_eq!(ask(&["01002X", "010013"]), Found::None, "two numbers of two people are nobody's");
    }

    #[test]
    fn a_few_digits_are_not_searched_and_seven_are_no_six() {
        for typed in ["", "1", "013", "0010013", "林知夏0013"] {
            assert_eq!(ask(&[typed]), Found::None, "{typed}");
        }
        assert_eq!(ask(&[]), Found::None);
    }

    #[test]
    fn an_entry_without_the_whole_number_is_still_found_by_six_and_by_the_student_number() {
        let mut old = roster().remove(0);
        old.matching.number = None;
        let key = key();
        let ask = |typed: &str| search([(&key, &old)], &[typed]);
        assert!(matches!(ask("010013"), Found::One(_)));
        assert!(matches!(ask("2023000001"), Found::One(_)));
        assert_eq!(ask("990000200401010013"), Found::None);
    }

    proptest! {
        #[test]
        fn no_typed_text_panics_and_none_finds_two(texts in proptest::collection::vec("\\PC{0,40}", 0..4)) {
            let (key, all) = (key(), roster());
            let found = search(all.iter().map(|e| (&key, e)), &texts);
            prop_assert!(matches!(found, Found::None), "{:?}", texts);
        }

        #[test]
        fn another_number_never_finds_somebody(number in "[0-9]{17}[0-9X]") {
            let known = roster().iter().any(|e| key().number(&number) == e.matching.number.clone().unwrap());
            prop_assert_eq!(ask(&[&number]) == Found::None, !known);
        }
    }
}
