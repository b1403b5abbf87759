//! Runs decoders of untrusted bytes and turns their panics into `None`.
//!
//! Pictures, codes and camera frames are untrusted, and some decoders panic on some of them (`rqrr` 0.11 indexes past the end of
//! its geometry, nokhwa's JPEG reader unwinds on a corrupt header). Such a panic only means that the input is not readable: it is
//! caught, and its message is kept out of the log, because decoders print bytes of the picture in it. Panics of the project's own
//! code must not be contained: they are to be seen.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;

thread_local! {
    /// Whether this thread is inside [`contained`]; other threads keep their panic messages.
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

static HOOK: Once = Once::new();

/// Runs `decode`; a panic inside gives `None`, prints nothing, and logs `what` at debug level.
///
/// State that `decode` borrows may be left half-changed by a panic: pass values, or discard what it borrowed.
pub fn contained<T>(what: &'static str, decode: impl FnOnce() -> T) -> Option<T> {
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
        tracing::debug!(what, "a decoder panicked; taken as not readable");
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_contained_and_a_result_comes_through() {
        assert_eq!(contained("test", || 7), Some(7));
        assert_eq!(contained("test", || -> u8 { panic!("as decoders do") }), None);
        assert_eq!(contained("test", || 8), Some(8), "and the next picture is read again");
    }

    #[test]
    fn messages_are_kept_back_inside_only_and_at_every_depth() {
        contained("outer", || {
            assert!(contained("inner", || -> u8 { panic!("inside of an inside") }).is_none());
            assert!(QUIET.get(), "the outer one is still contained");
        });
        assert!(!QUIET.get(), "our own panics are seen again");
    }
}
