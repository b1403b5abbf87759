//! Why there is no place for the portrait's frame in a picture.

use super::place::Rule;
use super::refusal::Refusal;

/// Why there is no window for a person.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Unplaced {
    /// The outline has no hair top.
    NoOutline,
    /// A rule stands against all others.
    Rule(Rule),
}

impl From<Unplaced> for Refusal {
    fn from(why: Unplaced) -> Refusal {
        match why {
            Unplaced::NoOutline => Refusal::NoOutline,
            Unplaced::Rule(rule) => Refusal::NoPlacement { rule },
        }
    }
}
