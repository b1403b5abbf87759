//! Why a raw frame is dropped instead of shown.

/// Why a frame was dropped.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum BadFrame {
    /// Not a whole JPEG.
    #[error("the JPEG is damaged: {0}")]
    Jpeg(String),
    /// The decoder panicked.
    #[error("the JPEG decoder panicked")]
    Panicked,
    /// The driver lost part of it.
    #[error("the driver says that part of the frame is missing")]
    Incomplete,
    /// It has another size than was agreed.
    #[error("a frame of {have_width} x {have_height} pixels came instead of {width} x {height}")]
    Size {
        /// Width that came.
        have_width: u32,
        /// Height that came.
        have_height: u32,
        /// Width that was agreed.
        width: u32,
        /// Height that was agreed.
        height: u32,
    },
    /// An uncompressed frame has another length than its size asks for.
    #[error("an uncompressed frame has {have} bytes instead of {need}")]
    Length {
        /// Bytes that came.
        have: usize,
        /// Bytes that its size asks for.
        need: usize,
    },
}
