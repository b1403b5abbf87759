//! What adapters need to connect callbacks: the way to the loop, and the keys of a keypad.

use std::rc::Rc;
use visit::{Keystroke, Touch};

/// Hands touches to the loop.
pub type OnTouch = Rc<dyn Fn(Touch)>;

/// A key of a keypad by its label.
pub(super) fn digit(touch: &OnTouch, label: &str) {
    if let Some(d) = label.chars().next().and_then(|c| c.to_digit(10)) {
        // A decimal digit always fits.
        touch(Touch::Key(Keystroke::Digit(u8::try_from(d).unwrap_or_default())));
    }
}
