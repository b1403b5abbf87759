//! From the kiosk to the server: entries verbatim, oldest first, acknowledged one by one.

use crate::WireError;
use base64::{Engine, engine::general_purpose::STANDARD};
use collection::{EntryId, SignedEntry};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Most entries in one batch.
pub const MAX_BATCH_ENTRIES: usize = 200;
/// Largest batch, bytes of JSON: 200 entries of the largest size in base64.
pub const MAX_BATCH_BYTES: usize = 5 << 20;

/// A signed entry on the wire: both byte strings in base64, so that they arrive unchanged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WireEntry {
    /// The entry's JSON, verbatim.
    #[serde(serialize_with = "to_base64", deserialize_with = "from_base64")]
    pub bytes: Vec<u8>,
    /// Ed25519 signature, 64 bytes.
    #[serde(serialize_with = "to_base64", deserialize_with = "from_base64")]
    pub signature: Vec<u8>,
}

impl From<SignedEntry> for WireEntry {
    fn from(e: SignedEntry) -> Self {
        WireEntry { bytes: e.bytes, signature: e.signature }
    }
}

impl From<WireEntry> for SignedEntry {
    fn from(e: WireEntry) -> Self {
        SignedEntry { bytes: e.bytes, signature: e.signature }
    }
}

/// Entries of the sending device, rising sequence. An empty batch only asks for the durable point.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JournalBatch {
    /// At most [`MAX_BATCH_ENTRIES`].
    pub entries: Vec<WireEntry>,
}

impl JournalBatch {
    /// Reads a batch of at most [`MAX_BATCH_BYTES`] with at most [`MAX_BATCH_ENTRIES`] entries.
    ///
    /// # Errors
    /// When it is longer, has more entries or another form.
    pub fn parse(body: &[u8]) -> Result<Self, WireError> {
        let batch: JournalBatch = crate::read(body, MAX_BATCH_BYTES)?;
        if batch.entries.len() > MAX_BATCH_ENTRIES {
            return Err(WireError::TooMany { entries: batch.entries.len(), limit: MAX_BATCH_ENTRIES });
        }
        Ok(batch)
    }
}

/// An entry that the server has. Sending the same bytes again succeeds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accepted {
    /// The entry.
    pub id: EntryId,
    /// Pictures it refers to that the server does not have completely yet.
    pub wants: Vec<collection::PictureHash>,
}

/// An entry that the server did not accept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    /// Position in the batch.
    pub index: usize,
    /// Sentence code (`server.entry.conflict`, `server.entry.signature`, `server.entry.device`, `server.entry.form`).
    pub code: String,
}

/// The server's answer to a batch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JournalReply {
    /// Accepted entries.
    pub accepted: Vec<Accepted>,
    /// Refused entries.
    pub refused: Vec<Refused>,
    /// Every entry of this device up to this sequence, its pictures included, is durable at the server.
    pub durable_sequence: u64,
}

fn to_base64<S: Serializer>(bytes: &[u8], s: S) -> Result<S::Ok, S::Error> {
    s.serialize_str(&STANDARD.encode(bytes))
}

fn from_base64<'de, D: Deserializer<'de>>(d: D) -> Result<Vec<u8>, D::Error> {
    let text = String::deserialize(d)?;
    if text.len() > collection::MAX_ENTRY_BYTES.div_ceil(3) * 4 {
        return Err(serde::de::Error::custom("longer than an entry may be"));
    }
    STANDARD.decode(text).map_err(|_| serde::de::Error::custom("not base64"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_batch_of_201_entries_is_refused() {
        let one = WireEntry { bytes: b"{}".to_vec(), signature: vec![0; 64] };
        let fits = JournalBatch { entries: vec![one.clone(); MAX_BATCH_ENTRIES] };
        let body = serde_json::to_vec(&fits).expect("serialises");
        assert_eq!(JournalBatch::parse(&body), Ok(fits));
        let over = JournalBatch { entries: vec![one; MAX_BATCH_ENTRIES + 1] };
        let body = serde_json::to_vec(&over).expect("serialises");
        assert_eq!(JournalBatch::parse(&body), Err(WireError::TooMany { entries: 201, limit: 200 }));
    }

    #[test]
    fn two_hundred_of_the_largest_entries_fit_a_batch() {
        let one = WireEntry { bytes: vec![b'x'; collection::MAX_ENTRY_BYTES], signature: vec![0; 64] };
        let body =
            serde_json::to_vec(&JournalBatch { entries: vec![one; MAX_BATCH_ENTRIES] }).expect("serialises");
        assert!(JournalBatch::parse(&body).is_ok(), "{} bytes", body.len());
    }

    #[test]
    fn an_entry_longer_than_any_entry_is_refused() {
        let wire = WireEntry { bytes: vec![0; collection::MAX_ENTRY_BYTES + 3], signature: vec![] };
        let body = serde_json::to_vec(&wire).expect("serialises");
        assert!(crate::read::<WireEntry>(&body, MAX_BATCH_BYTES).is_err());
    }

    proptest! {
        #[test]
        fn bytes_arrive_as_they_left(
            bytes in proptest::collection::vec(any::<u8>(), 0..2000),
            signature in proptest::collection::vec(any::<u8>(), 64),
        ) {
            let sent = SignedEntry { bytes, signature };
            let body = serde_json::to_vec(&WireEntry::from(sent.clone())).expect("serialises");
            let came: WireEntry = crate::read(&body, MAX_BATCH_BYTES).expect("reads");
            prop_assert_eq!(SignedEntry::from(came), sent);
        }
    }
}
