//! Contains panics of the decoders.
//!
//! `rqrr` 0.11 panics on some pictures (an index past the end in its geometry), and a scanner reads whatever is held up
//! to it. A panic there means "not read", no more: it is caught, and its message is kept off the kiosk's log.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;

thread_local! {
    /// Whether this thread is inside [`contained`]; other threads keep their panic messages.
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

static HOOK: Once = Once::new();

/// Runs `decode`; a panic inside gives `None` and prints nothing.
pub(crate) fn contained<T>(decode: impl FnOnce() -> T) -> Option<T> {
    HOOK.call_once(|| {
        let before = take_hook();
        set_hook(Box::new(move |info| {
            if !QUIET.get() {
                before(info);
            }
        }));
    });
    let outer = QUIET.replace(true);
    let result = catch_unwind(AssertUnwindSafe(decode)).ok();
    QUIET.set(outer);
    if result.is_none() {
        tracing::debug!("a decoder panicked on this picture; treated as not read");
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_nothing_read() {
        assert_eq!(contained(|| 7), Some(7));
        assert_eq!(contained(|| -> u8 { panic!("index out of bounds") }), None);
        assert!(!QUIET.get());
    }
}
