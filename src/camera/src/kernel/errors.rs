//! Errors of the kernel and panics of the `v4l` crate as reasons for a loss.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::frame::LostReason;

/// Runs `work` and turns a panic in it into a reason for a loss.
pub(crate) fn catch_panic<T>(work: impl FnOnce() -> Result<T, LostReason>) -> Result<T, LostReason> {
    catch_unwind(AssertUnwindSafe(work))
        .unwrap_or_else(|_| Err(LostReason::Driver("its library panicked".into())))
}

// Error numbers of asm-generic/errno-base.h and errno.h.
const ENOENT: i32 = 2;
const ENXIO: i32 = 6;
const EBUSY: i32 = 16;
const ENODEV: i32 = 19;
pub(super) const EINVAL: i32 = 22;
pub(super) const ENOTTY: i32 = 25;
const ENOSPC: i32 = 28;

/// The reason for a loss that an error of the kernel stands for.
pub(super) fn reason_of(error: &io::Error) -> LostReason {
    match error.raw_os_error() {
        Some(EBUSY) => LostReason::Busy,
        Some(ENODEV | ENXIO | ENOENT) => LostReason::Unplugged,
        Some(ENOSPC) => LostReason::Driver("the USB bus has no bandwidth left for this camera".into()),
        _ => LostReason::Driver(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_of_the_kernel_become_reasons() {
        let reason = |number| reason_of(&io::Error::from_raw_os_error(number));
        assert_eq!(reason(EBUSY), LostReason::Busy);
        assert_eq!(reason(ENODEV), LostReason::Unplugged);
        assert!(matches!(reason(5), LostReason::Driver(_)));
        assert!(matches!(reason(ENOSPC), LostReason::Driver(words) if words.contains("bandwidth")));
    }

    #[test]
    fn a_panic_of_the_library_is_a_reason() {
        let broken: Result<(), _> = catch_panic(|| panic!("as the crate does"));
        assert!(matches!(broken, Err(LostReason::Driver(_))));
    }
}
