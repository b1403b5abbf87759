//! Taking in what kiosks did. Bytes and signature are kept verbatim; the same bytes again are a success, other bytes under
//! the same id never are. What an entry means is `collection`'s business; this room keeps it and queues what reviewers see.

use super::table::{entry, entry_picture, picture};
use super::{Device, Ledger, LedgerError, across, erase, review, whole};
use collection::{Entry, EntryError, PictureHash, SignedEntry, Signer};
use protocol::{Accepted, JournalReply, Refused};
use sea_orm::{ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Sentence codes of refusals.
const CONFLICT: &str = "server.entry.conflict";
const SIGNATURE: &str = "server.entry.signature";
const DEVICE: &str = "server.entry.device";
const FORM: &str = "server.entry.form";

/// An entry that was read and verified, or the code of the reason why not.
type Read = (SignedEntry, Result<Entry, &'static str>);

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
        let batch: Vec<Read> = batch.into_iter().map(|signed| read(&device, signed)).collect();
        self.write(move |tx| {
            Box::pin(async move {
                let (mut accepted, mut refused, mut touched) = (Vec::new(), Vec::new(), BTreeSet::new());
                let mut used = BTreeSet::new();
                for (index, (signed, entry)) in batch.into_iter().enumerate() {
                    let taken = match entry {
                        Ok(entry) => {
                            touched.insert(entry.enrolment);
                            keep(tx, &device, &signed, entry, &mut used, now_millis).await?
                        }
                        Err(code) => Err(code),
                    };
                    match taken {
                        Ok(one) => accepted.push(one),
                        Err(code) => refused.push(Refused { index, code: code.to_owned() }),
                    }
                }
                across::settle(tx, &signer, used, now_millis).await?;
                for enrolment in touched {
                    review::settle(tx, enrolment).await?;
                }
                let durable_sequence = whole::advance(tx, device.id.as_str()).await?;
                Ok(JournalReply { accepted, refused, durable_sequence })
            })
        })
        .await
    }
}

fn read(device: &Device, signed: SignedEntry) -> Read {
    let entry = match signed.verify(&device.journal_key) {
        Ok(entry) if entry.device != device.id => Err(DEVICE),
        Ok(entry) if entry.sequence == 0 || i64::try_from(entry.sequence).is_err() => Err(FORM),
        Ok(entry) => Ok(entry),
        // An entry of another device carries another key's signature; say which of the two it is.
        Err(EntryError::Signature) if signed.read().is_ok_and(|e| e.device != device.id) => Err(DEVICE),
        Err(EntryError::Signature) => Err(SIGNATURE),
        Err(_) => Err(FORM),
    };
    (signed, entry)
}

async fn keep(
    tx: &DatabaseTransaction,
    device: &Device,
    signed: &SignedEntry,
    entry: Entry,
    used: &mut BTreeSet<String>,
    now_millis: i64,
) -> Result<Result<Accepted, &'static str>, LedgerError> {
    let id = entry.id.to_string();
    let sequence = i64::try_from(entry.sequence).unwrap_or(i64::MAX);
    if let Some(old) = entry::Entity::find().filter(entry::Column::Id.eq(&id)).one(tx).await? {
        if old.bytes != signed.bytes {
            return Ok(Err(CONFLICT));
        }
        return Ok(Ok(Accepted { id: entry.id, wants: missing(tx, &wanted(tx, &entry).await?).await? }));
    }
    let taken = entry::Entity::find()
        .filter(entry::Column::Device.eq(device.id.as_str()))
        .filter(entry::Column::Sequence.eq(sequence))
        .one(tx)
        .await?;
    if taken.is_some() {
        return Ok(Err(CONFLICT));
    }
    insert(tx, &entry, signed, now_millis).await?;
    used.extend(across::note(tx, &entry).await?);
    let wanted = wanted(tx, &entry).await?;
    for hash in &wanted {
        let row = entry_picture::ActiveModel {
            entry: Set(id.clone()),
            picture: Set(hash.to_string()),
            device: Set(device.id.as_str().to_owned()),
        };
        entry_picture::Entity::insert(row).exec(tx).await?;
    }
    let wants = missing(tx, &wanted).await?;
    review::enqueue(tx, &device.school_code, &entry, wants.is_empty()).await?;
    Ok(Ok(Accepted { id: entry.id, wants }))
}

/// Writes one entry's row; used for kiosks' entries and the server's own.
pub(super) async fn insert(
    tx: &DatabaseTransaction,
    entry: &Entry,
    signed: &SignedEntry,
    now_millis: i64,
) -> Result<(), LedgerError> {
    let row = entry::ActiveModel {
        id: Set(entry.id.to_string()),
        device: Set(entry.device.as_str().to_owned()),
        sequence: Set(i64::try_from(entry.sequence).unwrap_or(i64::MAX)),
        enrolment: Set(entry.enrolment.to_string()),
        clock_millis: Set(i64::try_from(entry.clock.millis).unwrap_or(i64::MAX)),
        received_millis: Set(now_millis),
        bytes: Set(signed.bytes.clone()),
        signature: Set(signed.signature.clone()),
        ..Default::default()
    };
    entry::Entity::insert(row).exec(tx).await?;
    Ok(())
}

/// What an entry says lies beside the journal: pictures and records. Of a student who was erased nothing is taken any more.
async fn wanted(tx: &DatabaseTransaction, entry: &Entry) -> Result<BTreeSet<PictureHash>, LedgerError> {
    let beside = BTreeSet::from_iter(entry.kind.beside());
    if beside.is_empty() || erase::is_erased(tx, entry.enrolment).await? {
        return Ok(BTreeSet::new());
    }
    Ok(beside)
}

async fn missing(
    tx: &DatabaseTransaction,
    wanted: &BTreeSet<PictureHash>,
) -> Result<Vec<PictureHash>, LedgerError> {
    let mut missing = Vec::new();
    for hash in wanted {
        if picture::Entity::find_by_id(hash.to_string()).one(tx).await?.is_none() {
            missing.push(*hash);
        }
    }
    Ok(missing)
}
