//! Contains panics of the decoders: an import is whatever somebody brings on a stick, and a panic there means "damaged", no
//! more. Its message is kept off the log, because decoders print bytes of the picture in it.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;

thread_local! {
    /// Whether this thread is inside of [`contained`]; other threads keep their panic messages.
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

static HOOK: Once = Once::new();

/// Runs `decode`; a panic inside gives `None` and prints nothing.
pub(super) fn contained<T>(decode: impl FnOnce() -> T) -> Option<T> {
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
        tracing::debug!("a decoder panicked on this picture; treated as damaged");
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_contained_and_a_result_comes_through() {
        assert_eq!(contained(|| 7), Some(7));
        assert_eq!(contained(|| -> u8 { panic!("as decoders do") }), None);
        assert_eq!(contained(|| 8), Some(8), "and the next picture is read again");
    }
}
