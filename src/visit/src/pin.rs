//! A PIN and an act of staff, as the student's side and the staff panel both ask for them.

use crate::personal::Typed;
use crate::reply::{KeptOutcome, PinOutcome};
use crate::sentence::Sentence;
use crate::typing::{self, Keystroke};
use sentences::codes;

/// Digits of a PIN.
const PIN_DIGITS: usize = 6;

/// Takes a key of a PIN's keypad; the whole PIN once it is complete.
pub(crate) fn key(entered: &mut Typed, key: Keystroke) -> Option<Typed> {
    typing::write_digit(entered, key, PIN_DIGITS);
    (entered.len() >= PIN_DIGITS).then(|| std::mem::take(entered))
}

/// What is said of a PIN that did not do.
pub(crate) fn problem(outcome: &PinOutcome) -> Option<Sentence> {
    match outcome {
        PinOutcome::Known { .. } => None,
        PinOutcome::Wrong => Some(Sentence::plain(codes::STAFF_PIN_WRONG)),
        PinOutcome::Locked { seconds } => {
            Some(Sentence::with(codes::STAFF_PIN_LOCKED, "seconds", seconds.to_string()))
        }
    }
}

/// What is said of an act that was not kept.
pub(crate) fn not_kept(outcome: KeptOutcome) -> Option<Sentence> {
    match outcome {
        KeptOutcome::Kept => None,
        KeptOutcome::Failed => Some(Sentence::plain(codes::STAFF_NOT_KEPT)),
        KeptOutcome::NotConnected => Some(Sentence::plain(codes::STAFF_NOT_CONNECTED)),
    }
}
