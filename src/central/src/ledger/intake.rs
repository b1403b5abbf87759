//! Intake of the kiosks' entries. Bytes and signature are kept verbatim; the same bytes again are a success, other bytes under
//! the same id never are. What an entry means is `collection`'s; this file stores it and updates what is derived from it.

use super::conflicts::Claimed;
use super::database::Ledger;
use super::devices::Device;
use super::error::LedgerError;
use super::{attachments, conflicts, durability, entry_rows, review_queue};
use collection::{Entry, EntryError, SignedEntry, Signer};
use protocol::{Accepted, JournalReply, Refused};
use sea_orm::DatabaseTransaction;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Why an entry is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum EntryRefusal {
    /// Another entry has this id, or this device and sequence number.
    Conflict,
    /// The signature does not fit the device's key.
    Signature,
    /// Another device wrote it.
    Device,
    /// It cannot be read.
    Form,
}

impl EntryRefusal {
    /// Code of the sentence.
    const fn code(self) -> &'static str {
        match self {
            EntryRefusal::Conflict => "server.entry.conflict",
            EntryRefusal::Signature => "server.entry.signature",
            EntryRefusal::Device => "server.entry.device",
            EntryRefusal::Form => "server.entry.form",
        }
    }
}

/// An entry of a batch: verified, or refused.
type Verified = Result<(SignedEntry, Entry), EntryRefusal>;

impl Ledger {
    /// Takes a batch of one device in one transaction.
    pub async fn append(
        &self,
        signer: Arc<Signer>,
        device: &Device,
        batch: Vec<SignedEntry>,
        now_millis: i64,
    ) -> Result<JournalReply, LedgerError> {
        let device = device.clone();
        let batch: Vec<Verified> = batch.into_iter().map(|signed| verify(&device, signed)).collect();
        self.write(move |tx| {
            Box::pin(async move {
                let (mut accepted, mut refused) = (Vec::new(), Vec::new());
                let (mut touched, mut claimed) = (BTreeSet::new(), BTreeSet::new());
                for (index, entry) in batch.into_iter().enumerate() {
                    let taken = match entry {
                        Ok((signed, entry)) => {
                            touched.insert(entry.enrolment);
                            take(tx, &device, &signed, entry, &mut claimed, now_millis).await?
                        }
                        Err(refusal) => Err(refusal),
                    };
                    match taken {
                        Ok(one) => accepted.push(one),
                        Err(refusal) => refused.push(Refused { index, code: refusal.code().to_owned() }),
                    }
                }
                conflicts::write_findings(tx, &signer, claimed, now_millis).await?;
                for enrolment in touched {
                    review_queue::reproject(tx, enrolment).await?;
                }
                let durable_sequence = durability::advance(tx, device.id.as_str()).await?;
                Ok(JournalReply { accepted, refused, durable_sequence })
            })
        })
        .await
    }
}

fn verify(device: &Device, signed: SignedEntry) -> Verified {
    match signed.verify(&device.journal_key) {
        Ok(entry) if entry.device != device.id => Err(EntryRefusal::Device),
        Ok(entry) if entry.sequence == 0 || i64::try_from(entry.sequence).is_err() => Err(EntryRefusal::Form),
        Ok(entry) => Ok((signed, entry)),
        // An entry of another device carries another key's signature; report which of the two it is.
        Err(EntryError::Signature) if signed.read().is_ok_and(|e| e.device != device.id) => {
            Err(EntryRefusal::Device)
        }
        Err(EntryError::Signature) => Err(EntryRefusal::Signature),
        Err(EntryError::TooLarge { .. } | EntryError::Form(_)) => Err(EntryRefusal::Form),
    }
}

async fn take(
    tx: &DatabaseTransaction,
    device: &Device,
    signed: &SignedEntry,
    entry: Entry,
    claimed: &mut BTreeSet<Claimed>,
    now_millis: i64,
) -> Result<Result<Accepted, EntryRefusal>, LedgerError> {
    if let Some(stored) = entry_rows::stored_bytes(tx, &entry).await? {
        if stored != signed.bytes {
            return Ok(Err(EntryRefusal::Conflict));
        }
        let wanted = attachments::wanted(tx, &entry).await?;
        return Ok(Ok(Accepted { id: entry.id, wants: attachments::missing(tx, &wanted).await? }));
    }
    if entry_rows::is_sequence_taken(tx, &entry).await? {
        return Ok(Err(EntryRefusal::Conflict));
    }
    entry_rows::insert(tx, &entry, signed, now_millis).await?;
    claimed.extend(conflicts::note_claim(tx, &entry).await?);
    let wanted = attachments::wanted(tx, &entry).await?;
    attachments::expect(tx, &entry, &wanted).await?;
    let wants = attachments::missing(tx, &wanted).await?;
    review_queue::enqueue(tx, &device.school_code, &entry, wants.is_empty()).await?;
    Ok(Ok(Accepted { id: entry.id, wants }))
}
