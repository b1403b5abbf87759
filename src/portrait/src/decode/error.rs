//! Why bytes are not a usable picture.

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
    pub const fn code(&self) -> &'static str {
        match self {
            DecodeError::NotAPicture => "refusal.not_a_picture",
            DecodeError::OtherFormat { .. } => "refusal.other_format",
            DecodeError::Truncated => "refusal.truncated",
            DecodeError::TooLarge { .. } => "refusal.picture_too_large",
            DecodeError::TooSmall { .. } => "refusal.picture_too_small",
            DecodeError::Cmyk => "refusal.cmyk",
            DecodeError::Damaged(_) => "refusal.damaged",
        }
    }
}
