//! Runs decoders of outside bytes so that their panics stay inside.
//!
//! Pictures, codes and camera frames are whatever somebody holds up, plugs in or brings on a stick, and the decoders of
//! the field panic on some of them (`rqrr` 0.11 indexes past the end of its geometry, nokhwa's JPEG reader unwinds on a
//! corrupt header). Such a panic means "not read", no more: it is caught, and its message is kept off the log, because
//! decoders print bytes of the picture in it. Panics of our own code are not for this room: they are to be seen.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;

thread_local! {
    /// Whether this thread is inside of [`contained`]; other threads keep their panic messages.
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

static HOOK: Once = Once::new();

/// Runs `decode`; a panic inside gives `None`, prints nothing, and leaves a line at debug level that says `what` it was.
///
/// State that `decode` borrows may be left half-changed by a panic: hand it values, or throw away what it borrowed.
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
