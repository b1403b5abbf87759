//! Opening a camera from its configuration: which kind of backend a source needs.

use crate::config::{Config, Source};
use crate::handle::Camera;
use crate::recording::{FileBackend, FolderBackend};
use crate::usb::UsbBackend;

impl Camera {
    /// Opens the camera in a thread of its own and returns at once, in [`crate::State::Starting`].
    #[must_use]
    pub fn open(config: Config) -> Camera {
        let Config { source, width, height, fps, rotation, controls } = config;
        match source {
            Source::Usb { pick } => {
                Self::with_backend(UsbBackend { pick, width, height, fps, controls }, rotation)
            }
            Source::Recording(file) if file.is_file() => {
                Self::with_backend(FileBackend::new(file, fps), rotation)
            }
            Source::Recording(folder) => {
                Self::with_backend(FolderBackend::new(folder, width, height, fps), rotation)
            }
        }
    }
}
