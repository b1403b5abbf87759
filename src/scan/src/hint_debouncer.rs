//! Keeps the hint to a student readable: frames differ thirty times a second, a sentence on the screen must not.

use crate::hint::ScanHint;

/// Frames that must give the same hint before it is shown.
const FRAMES_TO_SHOW: u32 = 4;
/// Frames without any hint after which the shown one is removed.
const FRAMES_TO_HIDE: u32 = 20;

/// Shows a hint only after several frames agree on it.
#[derive(Debug, Default)]
pub struct HintDebouncer {
    shown: Option<ScanHint>,
    next: Option<ScanHint>,
    /// Frames in a row that gave `next`.
    count: u32,
}

impl HintDebouncer {
    /// A debouncer that shows nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes the newest frame's hint and returns the one to show.
    pub fn offer(&mut self, hint: Option<ScanHint>) -> Option<ScanHint> {
        self.count = if hint == self.next { self.count.saturating_add(1) } else { 1 };
        self.next = hint;
        let enough = if hint.is_some() { FRAMES_TO_SHOW } else { FRAMES_TO_HIDE };
        if self.count >= enough {
            self.shown = hint;
        }
        self.shown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hint_appears_after_some_frames_and_stays_for_some() {
        let mut debouncer = HintDebouncer::new();
        for _ in 1..FRAMES_TO_SHOW {
            assert_eq!(debouncer.offer(Some(ScanHint::Blurred)), None);
        }
        assert_eq!(debouncer.offer(Some(ScanHint::Blurred)), Some(ScanHint::Blurred));
        assert_eq!(debouncer.offer(Some(ScanHint::TooSmall)), Some(ScanHint::Blurred));
        for _ in 1..FRAMES_TO_HIDE {
            assert_eq!(debouncer.offer(None), Some(ScanHint::Blurred));
        }
        assert_eq!(debouncer.offer(None), None);
    }
}
