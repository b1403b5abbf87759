//! Pictures go up by their SHA-256, resumed at the byte, in the words of tus 1.0.

/// Bytes already there (`HEAD` reply, `PATCH` request and reply), as in tus.
pub const UPLOAD_OFFSET: &str = "upload-offset";
/// Whole length in bytes, as in tus (`PATCH` request). In a reply: the server looked at the hash and keeps the picture; all bytes
/// there without it are a part that is still to be finished.
pub const UPLOAD_LENGTH: &str = "upload-length";
/// Largest body of one `PATCH`, bytes.
pub const UPLOAD_CHUNK_BYTES: usize = 1 << 20;
/// Largest picture that travels, bytes: a 12-megapixel camera JPEG with room to spare.
pub const MAX_PICTURE_BYTES: usize = 16 << 20;
