//! Binding of unknown codes: the first use binds a code to an enrolment, a second claimant is a case for the registry.
//!
//! A token is the hash of a code that cannot be decoded here. Binding it (`TokenBound`) saves the student typing next time; it
//! proves nothing, so what belongs to the enrolment still needs the second factor.

use crate::{EnrolmentId, MatchingKey, RosterEntry};
use std::collections::BTreeSet;

/// To whom a code is bound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// To nobody: the student types a number.
    Free,
    /// To one enrolment.
    Bound(EnrolmentId),
    /// To several enrolments; staff decides. [`crate::payload::CodeFault::UsedByAnother`].
    Contested(BTreeSet<EnrolmentId>),
}

/// What binding a code to an enrolment would mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Binding {
    /// It is the first use: append `TokenBound`.
    First,
    /// Bound to this enrolment already: nothing to write.
    Again,
    /// Another student used it before. `TokenBound` is appended all the same: the journal holds both claims, and they open
    /// a case ([`crate::findings`]). The visit continues, because rights belong to the enrolment and not to the code.
    Second {
        /// The enrolment that used it before.
        holders: BTreeSet<EnrolmentId>,
    },
}

/// To whom a code is bound, given the enrolments with a binding.
pub fn standing(holders: impl IntoIterator<Item = EnrolmentId>) -> Standing {
    let holders: BTreeSet<EnrolmentId> = holders.into_iter().collect();
    match holders.first() {
        None => Standing::Free,
        Some(one) if holders.len() == 1 => Standing::Bound(*one),
        Some(_) => Standing::Contested(holders),
    }
}

/// What it means that `claimant`, who passed the second factor, uses a code that is bound to `holders`.
pub fn binding(claimant: EnrolmentId, holders: impl IntoIterator<Item = EnrolmentId>) -> Binding {
    let mut holders: BTreeSet<EnrolmentId> = holders.into_iter().collect();
    let again = holders.remove(&claimant);
    match (again, holders.is_empty()) {
        (true, _) => Binding::Again,
        (false, true) => Binding::First,
        (false, false) => Binding::Second { holders },
    }
}

/// Month and day as four digits, `0229` included; `None` for what is not a day, which should not cost a try.
#[must_use]
pub fn month_day(typed: &str) -> Option<String> {
    let text = crate::identity::plain(typed);
    if text.len() != 4 || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let (month, day) = (text[..2].parse().ok()?, text[2..].parse().ok()?);
    // A leap year has every day that any year has.
    jiff::civil::Date::new(2004, month, day).ok().map(|_| text)
}

/// Whether month and day of birth are this student's: the second factor.
#[must_use]
pub fn is_born_on(key: &MatchingKey, entry: &RosterEntry, typed: &str) -> bool {
    month_day(typed).is_some_and(|day| key.birth_month_day(&day) == entry.matching.birth_month_day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const A: EnrolmentId = EnrolmentId::from_bytes([1; 16]);
    const B: EnrolmentId = EnrolmentId::from_bytes([2; 16]);

    #[test]
    fn the_first_use_binds_and_the_second_claimant_is_seen() {
        assert_eq!(standing([]), Standing::Free);
        assert_eq!(binding(A, []), Binding::First);
        assert_eq!(standing([A]), Standing::Bound(A));
        assert_eq!(binding(A, [A]), Binding::Again);
        assert_eq!(binding(B, [A]), Binding::Second { holders: [A].into() });
        assert_eq!(standing([A, B, A]), Standing::Contested([A, B].into()));
        assert_eq!(binding(B, [A, B]), Binding::Again);
    }

    #[test]
    fn a_day_that_no_year_has_is_no_day() {
        assert_eq!(month_day("0229"), Some("0229".to_owned()));
        assert_eq!(month_day(" 1２31"), Some("1231".to_owned()));
        for none in ["", "0230", "1301", "0001", "0100", "229", "02290", "ab12", "+1+1", "０２３０"] {
            assert_eq!(month_day(none), None, "{none}");
        }
    }

    proptest! {
        #[test]
        fn no_typed_text_panics(text in "\\PC{0,12}") {
            let _ = month_day(&text);
        }
    }
}
