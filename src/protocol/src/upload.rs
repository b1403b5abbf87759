//! Uploads of pictures by their SHA-256, resumable at any byte, with the headers of tus 1.0.

/// Bytes already there (`HEAD` reply, `PATCH` request and reply), as in tus.
pub const UPLOAD_OFFSET: &str = "upload-offset";
/// Whole length in bytes, as in tus (`PATCH` request). In a reply: the server verified the hash and keeps the picture; without
/// it, even a complete part still has to be finished.
pub const UPLOAD_LENGTH: &str = "upload-length";
/// Largest body of one `PATCH`, bytes.
pub const UPLOAD_CHUNK_BYTES: usize = 1 << 20;
/// Largest picture that is sent, bytes: more than a 12-megapixel camera JPEG.
pub const MAX_PICTURE_BYTES: usize = 16 << 20;
