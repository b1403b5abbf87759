//! Why bytes are not a usable picture.

use sentences::{Code, codes};

/// Why bytes are not a usable picture.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// Neither JPEG nor PNG, WebP or BMP.
    #[error("this is not a picture (JPEG, PNG, WebP or BMP)")]
    NotAPicture,
    /// A picture of a format that is not read.
    #[error("{name} pictures are not read (JPEG, PNG, WebP and BMP are)")]
    OtherFormat {
        /// The format's usual name.
        name: &'static str,
    },
    /// The picture breaks off.
    #[error("the picture is cut off: its end is missing")]
    Truncated,
    /// The picture declares more pixels than are decoded.
    #[error("the picture is too large: {width} x {height} pixels")]
    TooLarge {
        /// Declared columns.
        width: u32,
        /// Declared rows.
        height: u32,
    },
    /// The picture is too small for a face.
    #[error("the picture is too small: {width} x {height} pixels")]
    TooSmall {
        /// Declared columns.
        width: u32,
        /// Declared rows.
        height: u32,
    },
    /// The picture is meant for printing (CMYK).
    #[error("the picture is in CMYK colours, which are for printing")]
    Cmyk,
    /// A damaged picture, or a kind of it that is not read.
    #[error("the picture is damaged or of an unusual kind: {0}")]
    Damaged(String),
}

impl DecodeError {
    /// Code of the sentence that says so to people.
    #[must_use]
    pub const fn code(&self) -> Code {
        match self {
            DecodeError::NotAPicture => codes::REFUSAL_NOT_A_PICTURE,
            DecodeError::OtherFormat { .. } => codes::REFUSAL_OTHER_FORMAT,
            DecodeError::Truncated => codes::REFUSAL_TRUNCATED,
            DecodeError::TooLarge { .. } => codes::REFUSAL_PICTURE_TOO_LARGE,
            DecodeError::TooSmall { .. } => codes::REFUSAL_PICTURE_TOO_SMALL,
            DecodeError::Cmyk => codes::REFUSAL_CMYK,
            DecodeError::Damaged(_) => codes::REFUSAL_DAMAGED,
        }
    }
}
