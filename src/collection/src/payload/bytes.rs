//! The bytes of a collection code as everything compares them.

/// A payload without white space at its ends, which scanners and printers add as they like (a handheld scanner ends with a line
/// break). Every hash of a payload takes this type: a token that was bound through one scanner is found through any other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Payload<'a>(&'a [u8]);

impl<'a> Payload<'a> {
    /// Trims the bytes that a scanner gave.
    #[must_use]
    pub fn new(scanned: &'a [u8]) -> Payload<'a> {
        Payload(scanned.trim_ascii())
    }

    /// The trimmed bytes.
    #[must_use]
    pub const fn as_bytes(self) -> &'a [u8] {
        self.0
    }
}
