//! A handheld scanner (keyboard wedge): a keyboard that types a code within a moment and ends with Enter.
//!
//! Anybody can plug in a keyboard, so the definition of a code is narrow: printable ASCII, a bounded length, keys faster than
//! fingers, and the closing key immediately behind. Everything else is dropped. The window hands all its keys to this module
//! and to nothing else.

use std::time::Duration;

/// Longest pause between two keys of one code. Scanners leave 1 to 30 ms, quick typists 60 ms and more.
pub const MAX_KEY_PAUSE: Duration = Duration::from_millis(50);
/// Fewest characters of a code.
pub const MIN_LENGTH: usize = 6;
/// Most characters of a code; a longer burst is dropped as a whole.
pub const MAX_LENGTH: usize = 1024;

/// What a key did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyOutcome {
    /// The key is not part of a code.
    Dropped,
    /// The key may be part of a code.
    Buffered,
    /// The key ended a code with this payload.
    Code(Vec<u8>),
}

/// Collects keys until they form a code.
#[derive(Debug, Default)]
pub struct KeyboardWedge {
    typed: Vec<u8>,
    last: Option<Duration>,
    /// The burst holds a key that no code contains: everything up to the next pause is dropped.
    rejected: bool,
}

impl KeyboardWedge {
    /// A wedge that has seen no key.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes one key: its text as the window reports it, and when it came, on a monotonic clock.
    pub fn key(&mut self, text: &str, at: Duration) -> KeyOutcome {
        let mut signs = text.chars();
        let (Some(sign), None) = (signs.next(), signs.next()) else { return self.reject(at) };
        // Slint reports modifier keys as control characters; they stand between the keys of capital letters.
        if ('\u{10}'..='\u{18}').contains(&sign) {
            return KeyOutcome::Dropped;
        }
        if self.last.is_none_or(|last| at.saturating_sub(last) > MAX_KEY_PAUSE) {
            self.clear();
        }
        self.last = Some(at);
        match sign {
            '\n' | '\r' | '\t' => self.close(),
            ' '..='~' if !self.rejected && self.typed.len() < MAX_LENGTH => {
                self.typed.push(sign as u8);
                KeyOutcome::Buffered
            }
            _ => self.reject(at),
        }
    }

    /// Overwrites and forgets what was typed, for another screen or another visit.
    pub fn clear(&mut self) {
        // What was typed may be a person's number.
        self.typed.fill(0);
        *self = Self::default();
    }

    fn reject(&mut self, at: Duration) -> KeyOutcome {
        self.clear();
        (self.rejected, self.last) = (true, Some(at));
        KeyOutcome::Dropped
    }

    fn close(&mut self) -> KeyOutcome {
        let code = self.typed.len() >= MIN_LENGTH && !self.rejected;
        let payload = if code { self.typed.clone() } else { Vec::new() };
        self.clear();
        if code { KeyOutcome::Code(payload) } else { KeyOutcome::Dropped }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Types `keys` with the same pause before each and returns the codes that came out.
    fn typed(keys: &str, pause: u64) -> Vec<Vec<u8>> {
        let mut wedge = KeyboardWedge::new();
        let outcomes = keys.chars().enumerate().map(|(number, key)| {
            wedge.key(key.encode_utf8(&mut [0; 4]), Duration::from_millis(pause * number as u64))
        });
        let code = |outcome| if let KeyOutcome::Code(code) = outcome { Some(code) } else { None };
        outcomes.filter_map(code).collect()
    }

    #[test]
    fn a_scanner_types_a_code_and_a_person_does_not() {
        assert_eq!(typed("\u{10}ABC-123\n", 8), [b"ABC-123".to_vec()]);
        assert_eq!(typed("ABC-123\nXYZ-456\r", 8), [b"ABC-123".to_vec(), b"XYZ-456".to_vec()]);
        assert!(typed("ABC-123\n", 90).is_empty());
    }

    #[test]
    fn a_burst_with_a_key_that_no_code_contains_is_dropped() {
        for keys in ["ABC12\n", "ABC\u{f700}12345\n", "ABC采集码123\n", "\n\n\n", "ABC123456"] {
            assert!(typed(keys, 5).is_empty(), "{keys:?}");
        }
        assert!(typed(&format!("{}\n", "7".repeat(MAX_LENGTH + 1)), 5).is_empty());
        assert_eq!(typed(&format!("{}\n", "7".repeat(MAX_LENGTH)), 5).len(), 1);
    }

    #[test]
    fn a_late_closing_key_closes_nothing() {
        let mut wedge = KeyboardWedge::new();
        for number in 0..8 {
            assert_eq!(wedge.key("7", Duration::from_millis(number)), KeyOutcome::Buffered);
        }
        assert_eq!(wedge.key("\n", Duration::from_secs(2)), KeyOutcome::Dropped);
    }

    proptest! {
        #[test]
        fn whatever_is_typed_a_code_is_bounded_and_printable(
            keys in proptest::collection::vec(("\\PC{0,2}|[ -~]|[\\n\\r\\t\u{10}]", 0u64..120), 0..300),
        ) {
            let (mut wedge, mut now) = (KeyboardWedge::new(), 0);
            for (key, pause) in keys {
                now += pause;
                if let KeyOutcome::Code(code) = wedge.key(&key, Duration::from_millis(now)) {
                    prop_assert!((MIN_LENGTH..=MAX_LENGTH).contains(&code.len()));
                    prop_assert!(code.iter().all(|byte| (b' '..=b'~').contains(byte)));
                }
                prop_assert!(wedge.typed.len() <= MAX_LENGTH);
            }
        }

        #[test]
        fn a_code_in_one_burst_comes_out_as_it_went_in(code in "[ -~]{6,80}", pause in 0u64..=50) {
            prop_assert_eq!(typed(&format!("{code}\n"), pause), [code.into_bytes()]);
        }
    }
}
