//! The way up: entries verbatim, oldest first, acknowledged one by one.

use base64::{Engine, engine::general_purpose::STANDARD};
use collection::{EntryId, SignedEntry};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A signed entry on the wire: both byte strings in base64, so that they arrive exactly as they left.
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

/// Entries of the sending device, rising sequence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JournalBatch {
    /// At most 200.
    pub entries: Vec<WireEntry>,
}

/// One entry is at the server. The same bytes again are a success.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accepted {
    /// The entry.
    pub id: EntryId,
    /// Pictures it refers to that the server does not have whole yet.
    pub wants: Vec<collection::PictureHash>,
}

/// One entry was not taken.
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
    /// Taken.
    pub accepted: Vec<Accepted>,
    /// Not taken.
    pub refused: Vec<Refused>,
    /// Every entry of this device up to this sequence, its pictures included, is durable at the server.
    pub durable_sequence: u64,
}

fn to_base64<S: Serializer>(bytes: &[u8], s: S) -> Result<S::Ok, S::Error> {
    s.serialize_str(&STANDARD.encode(bytes))
}

fn from_base64<'de, D: Deserializer<'de>>(d: D) -> Result<Vec<u8>, D::Error> {
    let text = String::deserialize(d)?;
    STANDARD.decode(text).map_err(serde::de::Error::custom)
}
