//! Settings of the demo.

use std::path::PathBuf;

/// Settings of the demo.
#[derive(Clone, Debug)]
pub struct Options {
    /// Folder of the demo.
    pub state: PathBuf,
    /// Port for kiosks on loopback; 0: that of an earlier start, else a free one.
    pub kiosk_port: u16,
    /// Port for browsers on loopback; 0: that of an earlier start, else a free one.
    pub console_port: u16,
    /// Folder of the models; absent: `$KIOSK_MODELS`, then `models/cache` upwards from the working directory.
    pub models: Option<PathBuf>,
}
