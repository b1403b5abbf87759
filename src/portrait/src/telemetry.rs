//! Switches off the telemetry of ONNX Runtime.
//!
//! The library's Linux build looks up and calls a host of its maker some seconds after it is loaded, and keeps a device id and a
//! database of events below the user's cache folder. The only thing that stops it is an environment variable which the library reads
//! while it is being loaded; the API's own switch (`with_telemetry(false)`) does not. A program that holds students' data calls
//! nobody but its server, so the variable is set first in every `main`, and `models` loads the library only where it is set.

use std::ffi::OsStr;

/// The variable that ONNX Runtime reads, and the value that switches its telemetry off.
const SWITCH: (&str, &str) = ("ORT_DISABLE_TELEMETRY", "1");

/// The environment can't be changed any more, because other threads may be reading it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "the telemetry of ONNX Runtime is not switched off: set {}={} in the environment, or call portrait::disable_telemetry first in main",
    SWITCH.0,
    SWITCH.1
)]
pub struct TelemetryError;

/// Switches the telemetry of ONNX Runtime off for this process and its children. The first statement of a `main`.
///
/// # Errors
/// When it is not switched off and the process has other threads already.
pub fn disable_telemetry() -> Result<(), TelemetryError> {
    if std::env::var_os(SWITCH.0).as_deref() == Some(OsStr::new(SWITCH.1)) {
        return Ok(());
    }
    if threads() != Some(1) {
        return Err(TelemetryError);
    }
    #[expect(
        unsafe_code,
        reason = "the library reads nothing else, and the standard library has no safe way to set a variable"
    )]
    // SAFETY: `set_var` requires that no other thread reads or writes the environment; there is no other thread.
    unsafe {
        std::env::set_var(SWITCH.0, SWITCH.1);
    }
    Ok(())
}

/// Number of threads of this process; `None` where the kernel does not say.
fn threads() -> Option<usize> {
    std::fs::read_dir("/proc/self/task").ok().map(Iterator::count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_switch_that_is_off_is_left_alone_in_a_process_of_many_threads() {
        // The test runner sets the variable (.cargo/config.toml), and this thread is not the only one.
        assert_eq!(disable_telemetry(), Ok(()));
    }
}
