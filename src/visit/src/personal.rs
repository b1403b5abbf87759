//! Values of a student's that are overwritten when they are let go of.

use std::ops::{Deref, DerefMut};
use zeroize::Zeroize;

/// A value that is overwritten when it is let go of. Unlike `zeroize::Zeroizing` it shows its content in debug output, so that a
/// test can prove that it is gone; a visit is never logged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Personal<T: Zeroize>(T);

impl<T: Zeroize> Personal<T> {
    /// Guards a value.
    pub fn new(value: T) -> Personal<T> {
        Personal(value)
    }
}

impl<T: Zeroize> From<T> for Personal<T> {
    fn from(value: T) -> Personal<T> {
        Personal(value)
    }
}

impl<T: Zeroize> Deref for Personal<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: Zeroize> DerefMut for Personal<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

impl<T: Zeroize + AsRef<str>> AsRef<str> for Personal<T> {
    fn as_ref(&self) -> &str {
        self.0.as_ref()
    }
}

impl<T: Zeroize> Drop for Personal<T> {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

/// Text that somebody typed.
pub type Typed = Personal<String>;

/// The bytes of a collection code.
pub type Payload = Personal<Vec<u8>>;

#[cfg(test)]
mod tests {
    use super::*;

    /// Tells when it is overwritten.
    #[derive(Default)]
    struct Witness(std::rc::Rc<std::cell::Cell<u32>>);

    impl Zeroize for Witness {
        fn zeroize(&mut self) {
            self.0.set(self.0.get() + 1);
        }
    }

    #[test]
    fn what_is_let_go_of_is_overwritten() {
        let witness = Witness::default();
        let overwritten = witness.0.clone();
        let guarded = Personal::new(witness);
        assert_eq!(overwritten.get(), 0);
        drop(guarded);
        assert_eq!(overwritten.get(), 1);
    }
}
