//! The sizes of pictures that are decoded.

use super::error::DecodeError;

/// Longest side that is decoded, pixels.
const MAX_SIDE: u32 = 16_000;
/// Largest picture that is decoded, pixels.
const MAX_PIXELS: u64 = 60_000_000;
/// Smallest side that can show a face, pixels.
const MIN_SIDE: u32 = 32;

/// Refuses a declared size that is too large to decode, or too small to show a face.
pub(super) fn size_is_fine(width: u32, height: u32) -> Result<(), DecodeError> {
    if width.max(height) > MAX_SIDE || u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(DecodeError::TooLarge { width, height });
    }
    if width.min(height) < MIN_SIDE {
        return Err(DecodeError::TooSmall { width, height });
    }
    Ok(())
}
