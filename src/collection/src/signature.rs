//! Signing and verifying journal entries: Ed25519 over an entry's bytes, exactly as they are stored and forwarded.

use crate::{Entry, SignedEntry};
use aws_lc_rs::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};
use std::fmt;

/// Largest entry that is signed or read, bytes.
pub const MAX_ENTRY_BYTES: usize = 16 * 1024;

/// A key that is not one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Not 32 bytes of hex.
    #[error("the key is not 32 bytes of hex")]
    Form,
    /// The cryptographic library refused it.
    #[error("the key was refused")]
    Refused,
}

/// An entry that could not be signed or must not be believed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EntryError {
    /// Larger than [`MAX_ENTRY_BYTES`].
    #[error("the entry has {bytes} bytes, more than {MAX_ENTRY_BYTES}")]
    TooLarge {
        /// Its size.
        bytes: usize,
    },
    /// The signature is not this key's over these bytes.
    #[error("the entry's signature does not hold")]
    Signature,
    /// The bytes are signed, but no entry.
    #[error("the entry's bytes are not of the expected form: {0}")]
    Form(String),
}

/// The public half of a device's journal key.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct PublicKey([u8; 32]);

impl PublicKey {
    /// From its bytes.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Its bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Reads 64 hex digits.
    ///
    /// # Errors
    /// [`KeyError::Form`] when it is anything else.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(text, &mut bytes).map_err(|_| KeyError::Form)?;
        Ok(Self(bytes))
    }

    /// Whether `signature` is this key's over `bytes`.
    #[must_use]
    pub fn holds(&self, bytes: &[u8], signature: &[u8]) -> bool {
        UnparsedPublicKey::new(&ED25519, &self.0).verify(bytes, signature).is_ok()
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({self})")
    }
}

/// The private half: signs entries of one device, or codes of one school. Never printed.
pub struct Signer(Ed25519KeyPair);

impl Signer {
    /// From a 32-byte seed; the caller draws it and keeps it.
    ///
    /// # Errors
    /// When the library refuses the seed.
    pub fn from_seed(seed: &[u8; 32]) -> Result<Self, KeyError> {
        Ed25519KeyPair::from_seed_unchecked(seed).map(Self).map_err(|_| KeyError::Refused)
    }

    /// The public half.
    #[must_use]
    #[expect(clippy::expect_used, reason = "an Ed25519 public key always has 32 bytes (RFC 8032)")]
    pub fn public_key(&self) -> PublicKey {
        PublicKey(self.0.public_key().as_ref().try_into().expect("32 bytes"))
    }

    /// The signature over `bytes`, 64 bytes.
    #[must_use]
    pub fn sign(&self, bytes: &[u8]) -> Vec<u8> {
        self.0.sign(bytes).as_ref().to_vec()
    }

    /// The pair in the form that `jsonwebtoken` takes.
    pub(crate) fn to_pkcs8(&self) -> Result<Vec<u8>, KeyError> {
        self.0.to_pkcs8v1().map(|d| d.as_ref().to_vec()).map_err(|_| KeyError::Refused)
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Signer({})", self.public_key())
    }
}

impl SignedEntry {
    /// Writes the entry as JSON and signs those bytes.
    ///
    /// # Errors
    /// When the JSON is larger than [`MAX_ENTRY_BYTES`].
    pub fn sign(entry: &Entry, signer: &Signer) -> Result<Self, EntryError> {
        let bytes = serde_json::to_vec(entry).map_err(|e| EntryError::Form(e.to_string()))?;
        if bytes.len() > MAX_ENTRY_BYTES {
            return Err(EntryError::TooLarge { bytes: bytes.len() });
        }
        let signature = signer.sign(&bytes);
        Ok(Self { bytes, signature })
    }

    /// The entry, if the signature is `key`'s. Whose key that is, the caller knows: compare the entry's `device` with it.
    ///
    /// # Errors
    /// When it is too large, signed by another or changed, or no entry.
    pub fn verify(&self, key: &PublicKey) -> Result<Entry, EntryError> {
        if self.bytes.len() > MAX_ENTRY_BYTES {
            return Err(EntryError::TooLarge { bytes: self.bytes.len() });
        }
        if !key.holds(&self.bytes, &self.signature) {
            return Err(EntryError::Signature);
        }
        self.read()
    }

    /// The entry without looking at the signature: for rows whose signature was verified when they came in.
    ///
    /// # Errors
    /// When it is too large or no entry.
    pub fn read(&self) -> Result<Entry, EntryError> {
        if self.bytes.len() > MAX_ENTRY_BYTES {
            return Err(EntryError::TooLarge { bytes: self.bytes.len() });
        }
        serde_json::from_slice(&self.bytes).map_err(|e| EntryError::Form(e.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{DeviceId, EnrolmentId, EntryId, Hlc, Kind, TaskId};
    use proptest::prelude::*;

    fn signer() -> Signer {
        Signer::from_seed(&[3; 32]).unwrap()
    }

    fn entry(kind: Kind) -> Entry {
        Entry {
            id: EntryId(uuid::Uuid::from_u128(5)),
            about: None,
            enrolment: EnrolmentId::from_bytes([9; 16]),
            task: TaskId::new("spring-2026").unwrap(),
            task_version: 1,
            device: DeviceId::new("kiosk-1").unwrap(),
            sequence: 1,
            clock: Hlc { millis: 1, counter: 0 },
            doubtful: false,
            kind,
        }
    }

    #[test]
    fn a_signed_entry_is_read_back_as_it_was() {
        let entry = entry(Kind::SecondFactorTried { right: true });
        let signed = SignedEntry::sign(&entry, &signer()).unwrap();
        assert_eq!(signed.verify(&signer().public_key()), Ok(entry));
    }

    #[test]
    fn another_key_does_not_verify_it() {
        let signed = SignedEntry::sign(&entry(Kind::Published), &signer()).unwrap();
        let other = Signer::from_seed(&[4; 32]).unwrap().public_key();
        assert_eq!(signed.verify(&other), Err(EntryError::Signature));
    }

    #[test]
    fn any_bit_of_a_signed_entry_flipped_is_noticed() {
        let signed = SignedEntry::sign(&entry(Kind::Published), &signer()).unwrap();
        let key = signer().public_key();
        for bit in 0..signed.bytes.len() * 8 {
            let mut changed = signed.clone();
            changed.bytes[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(changed.verify(&key), Err(EntryError::Signature));
        }
        for bit in 0..signed.signature.len() * 8 {
            let mut changed = signed.clone();
            changed.signature[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(changed.verify(&key), Err(EntryError::Signature));
        }
    }

    #[test]
    fn an_entry_of_a_later_kind_is_read_and_kept() {
        let known = serde_json::to_value(entry(Kind::Published)).unwrap();
        let mut later = known.clone();
        later["kind"] = "teleported".into();
        later["payload"] = serde_json::json!({"to": "moon"});
        let bytes = serde_json::to_vec(&later).unwrap();
        let signed = SignedEntry { signature: signer().sign(&bytes), bytes };
        let read = signed.verify(&signer().public_key()).unwrap();
        assert!(matches!(&read.kind, Kind::Unknown(v) if v["kind"] == "teleported"), "{:?}", read.kind);
        assert_eq!(serde_json::to_value(&read).unwrap(), later);
    }

    #[test]
    fn too_large_entries_are_neither_signed_nor_read() {
        let long = Kind::Unknown(serde_json::json!({"kind": "x", "payload": "y".repeat(MAX_ENTRY_BYTES)}));
        assert!(matches!(SignedEntry::sign(&entry(long), &signer()), Err(EntryError::TooLarge { .. })));
        let bytes = vec![b' '; MAX_ENTRY_BYTES + 1];
        let signed = SignedEntry { signature: signer().sign(&bytes), bytes };
        assert!(matches!(signed.verify(&signer().public_key()), Err(EntryError::TooLarge { .. })));
    }

    proptest! {
        #[test]
        fn no_bytes_panic_the_reader(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _ = SignedEntry { bytes, signature: Vec::new() }.read();
        }

        #[test]
        fn no_json_of_an_entry_s_shape_panics(kind in "\\PC{0,20}", payload in "[\\[\\]{}:,\"a-z0-9]{0,40}") {
            let text = serde_json::to_string(&entry(Kind::Published)).unwrap();
            let text = text.replace("published", &kind.replace(['"', '\\'], ""));
            let text = text.replacen('{', &format!("{{\"payload\":{payload},"), 1);
            let _ = SignedEntry { bytes: text.into_bytes(), signature: Vec::new() }.read();
        }
    }
}
