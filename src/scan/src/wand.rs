//! A handheld scanner: a keyboard that types a code within a moment and ends with Enter.
//!
//! Anybody may plug in a keyboard, so what counts as a code is narrow: printable ASCII, a bounded length, keys faster than
//! fingers, and the closing key right behind. Everything else is dropped. Who owns the keys hands all of them here and
//! nowhere else.

use std::time::Duration;

/// Longest pause between two keys of one code. Scanners leave 1 to 30 ms, quick typists 60 and more.
pub const LONGEST_PAUSE: Duration = Duration::from_millis(50);
/// Fewest characters of a code.
pub const LEAST: usize = 6;
/// Most characters of a code; a longer burst is dropped as a whole.
pub const MOST: usize = 1024;

/// What a key did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stroke {
    /// Nothing that counts.
    Dropped,
    /// It may be part of a code.
    Taken,
    /// It ended a code with this payload.
    Code(Vec<u8>),
}

/// Collects keys until they are a code.
#[derive(Debug, Default)]
pub struct Wand {
    typed: Vec<u8>,
    last: Option<Duration>,
    /// The burst holds something that no code holds: wait for a pause.
    spoilt: bool,
}

impl Wand {
    /// A wand that has seen no key.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes one key: its text as the window tells it, and when it came, on a clock that never goes back.
    pub fn key(&mut self, text: &str, at: Duration) -> Stroke {
        let mut signs = text.chars();
        let (Some(sign), None) = (signs.next(), signs.next()) else { return self.spoil(at) };
        // Shift and its like stand between the keys of capital letters and say nothing themselves.
        if ('\u{10}'..='\u{18}').contains(&sign) {
            return Stroke::Dropped;
        }
        if self.last.is_none_or(|last| at.saturating_sub(last) > LONGEST_PAUSE) {
            self.clear();
        }
        self.last = Some(at);
        match sign {
            '\n' | '\r' | '\t' => self.close(),
            ' '..='~' if !self.spoilt && self.typed.len() < MOST => {
                self.typed.push(sign as u8);
                Stroke::Taken
            }
            _ => self.spoil(at),
        }
    }

    /// Forgets what was typed: another screen, another visit.
    pub fn clear(&mut self) {
        // What was typed may be a person's number.
        self.typed.fill(0);
        *self = Self::default();
    }

    fn spoil(&mut self, at: Duration) -> Stroke {
        self.clear();
        (self.spoilt, self.last) = (true, Some(at));
        Stroke::Dropped
    }

    fn close(&mut self) -> Stroke {
        let code = self.typed.len() >= LEAST && !self.spoilt;
        let payload = if code { self.typed.clone() } else { Vec::new() };
        self.clear();
        if code { Stroke::Code(payload) } else { Stroke::Dropped }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Types `keys` with the same pause before each and tells what came out.
    fn typed(keys: &str, pause: u64) -> Vec<Vec<u8>> {
        let mut wand = Wand::new();
        let strokes = keys.chars().enumerate().map(|(number, key)| {
            wand.key(key.encode_utf8(&mut [0; 4]), Duration::from_millis(pause * number as u64))
        });
        strokes.filter_map(|stroke| if let Stroke::Code(code) = stroke { Some(code) } else { None }).collect()
    }

    #[test]
    fn a_scanner_types_a_code_and_a_person_does_not() {
        assert_eq!(typed("\u{10}ABC-123\n", 8), [b"ABC-123".to_vec()]);
        assert_eq!(typed("ABC-123\nXYZ-456\r", 8), [b"ABC-123".to_vec(), b"XYZ-456".to_vec()]);
        assert!(typed("ABC-123\n", 90).is_empty());
    }

    #[test]
    fn what_no_code_holds_spoils_the_burst() {
        for keys in ["ABC12\n", "ABC\u{f700}12345\n", "ABC采集码123\n", "\n\n\n", "ABC123456"] {
            assert!(typed(keys, 5).is_empty(), "{keys:?}");
        }
        assert!(typed(&format!("{}\n", "7".repeat(MOST + 1)), 5).is_empty());
        assert_eq!(typed(&format!("{}\n", "7".repeat(MOST)), 5).len(), 1);
    }

    #[test]
    fn a_late_closing_key_closes_nothing() {
        let mut wand = Wand::new();
        for number in 0..8 {
            assert_eq!(wand.key("7", Duration::from_millis(number)), Stroke::Taken);
        }
        assert_eq!(wand.key("\n", Duration::from_secs(2)), Stroke::Dropped);
    }

    proptest! {
        #[test]
        fn whatever_is_typed_a_code_is_bounded_and_printable(
            keys in proptest::collection::vec(("\\PC{0,2}|[ -~]|[\\n\\r\\t\u{10}]", 0u64..120), 0..300),
        ) {
            let (mut wand, mut now) = (Wand::new(), 0);
            for (key, pause) in keys {
                now += pause;
                if let Stroke::Code(code) = wand.key(&key, Duration::from_millis(now)) {
                    prop_assert!((LEAST..=MOST).contains(&code.len()));
                    prop_assert!(code.iter().all(|byte| (b' '..=b'~').contains(byte)));
                }
                prop_assert!(wand.typed.len() <= MOST);
            }
        }

        #[test]
        fn a_code_in_one_burst_comes_out_as_it_went_in(code in "[ -~]{6,80}", pause in 0u64..=50) {
            prop_assert_eq!(typed(&format!("{code}\n"), pause), [code.into_bytes()]);
        }
    }
}
