//! Keeps the advice to a student readable: frames differ thirty times a second, a sentence must not.

use crate::code::Sight;

/// Frames that must give the same advice before it is shown.
const SURE: u32 = 4;
/// Frames without any advice after which the shown one goes.
const LINGER: u32 = 20;

/// The advice that is shown.
#[derive(Debug, Default)]
pub struct Steady {
    shown: Option<Sight>,
    next: Option<Sight>,
    /// Frames in a row that gave `next`.
    count: u32,
}

impl Steady {
    /// Nothing shown.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes the newest frame's advice and gives the one to show.
    pub fn offer(&mut self, sight: Option<Sight>) -> Option<Sight> {
        self.count = if sight == self.next { self.count.saturating_add(1) } else { 1 };
        self.next = sight;
        let enough = if sight.is_some() { SURE } else { LINGER };
        if self.count >= enough {
            self.shown = sight;
        }
        self.shown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn advice_comes_after_some_frames_and_stays_for_some() {
        let mut steady = Steady::new();
        for _ in 1..SURE {
            assert_eq!(steady.offer(Some(Sight::Blurred)), None);
        }
        assert_eq!(steady.offer(Some(Sight::Blurred)), Some(Sight::Blurred));
        assert_eq!(steady.offer(Some(Sight::TooSmall)), Some(Sight::Blurred));
        for _ in 1..LINGER {
            assert_eq!(steady.offer(None), Some(Sight::Blurred));
        }
        assert_eq!(steady.offer(None), None);
    }
}
