//! Entries up, oldest first. A batch that the server fails on is halved until the entry is found that it fails on; that one is set
//! aside. An entry that the server refuses is marked in the store, and offered again after a growing delay.

use crate::client::Client;
use crate::enrol::blocking;
use crate::failure::{Cause, Failure, Reach};
use crate::pass::{Pass, Passed};
use crate::retries::{Held, Item, Retries, Sort};
use protocol::{JournalBatch, JournalReply, WireError};
use sentences::{Code, codes};
use std::collections::BTreeSet;
use store::{PendingEntry, Store};

/// Sends what is due.
pub(super) async fn send(client: &Client, store: &Store, retries: &mut Retries) -> Result<Passed, Failure> {
    let mut pass = Pass::new(Sort::Entry, retries);
    loop {
        let batch = due(store, &mut pass).await?;
        if batch.is_empty() || pass.is_hopeless() {
            return pass.finish();
        }
        send_batch(client, store, &mut pass, batch).await?;
    }
}

/// The next batch: what waits and is not set aside, then what the server refused before.
async fn due(store: &Store, pass: &mut Pass<'_>) -> Result<Vec<PendingEntry>, Failure> {
    let limit = pass.retries.batch() + pass.retries.count(Sort::Entry);
    let (mut entries, unreadable) = blocking(store, move |s| s.entries_to_send(limit)).await?;
    let refused = blocking(store, move |s| s.refused_to_send(limit)).await?;
    let is_all = entries.len() < limit && refused.len() < limit;
    entries.extend(refused);
    if is_all {
        let waiting = entries.iter().map(|e| e.sequence).chain(unreadable.iter().copied());
        let waiting: BTreeSet<Item> = waiting.map(Item::Entry).collect();
        pass.retries.keep_only(Sort::Entry, &waiting);
    }
    for sequence in unreadable {
        let item = Item::Entry(sequence);
        if !pass.retries.waits(item) {
            tracing::error!(sequence, "an entry cannot be read; its page is damaged");
            let code = codes::STORE_DAMAGED;
            pass.hold(Held { item, sequence: Some(sequence), cause: Cause::Store, code });
        }
    }
    entries.retain(|entry| !pass.retries.waits(Item::Entry(entry.sequence)));
    entries.sort_by_key(|entry| pass.retries.is_last(Item::Entry(entry.sequence)));
    entries.truncate(pass.retries.batch());
    Ok(entries)
}

/// Sends a batch, in halves where the server fails on it.
async fn send_batch(
    client: &Client,
    store: &Store,
    pass: &mut Pass<'_>,
    batch: Vec<PendingEntry>,
) -> Result<(), Failure> {
    let mut parts = vec![batch];
    while let Some(mut part) = parts.pop() {
        if pass.is_hopeless() {
            break;
        }
        let wire = JournalBatch { entries: part.iter().map(|p| p.wire.clone()).collect() };
        match client.journal(&wire).await {
            Ok(reply) => {
                pass.retries.batch_fared(part.len(), true);
                settle(store, pass, &part, reply).await?;
            }
            Err(failure) if failure.reach() == Reach::Item && part.len() > 1 => {
                let newer = part.split_off(part.len() / 2);
                parts.extend([newer, part]);
            }
            Err(failure) if part.len() > 1 => {
                pass.retries.batch_fared(part.len(), failure.reach() != Reach::Round);
                return Err(failure);
            }
            Err(failure) => {
                let sequence = part[0].sequence;
                pass.failed(Item::Entry(sequence), Some(sequence), failure)?;
            }
        }
    }
    Ok(())
}

/// Stores the reply to a batch. What it does not mention is set aside.
async fn settle(
    store: &Store,
    pass: &mut Pass<'_>,
    sent: &[PendingEntry],
    reply: JournalReply,
) -> Result<(), Failure> {
    let mut open: BTreeSet<u64> = sent.iter().map(|entry| entry.sequence).collect();
    for refused in &reply.refused {
        let Some(entry) = sent.get(refused.index) else { continue };
        tracing::error!(entry = %entry.id, code = refused.code, "the server refused an entry");
        let (id, code) = (entry.id, refused.code.chars().take(60).collect::<String>());
        let held = Held {
            item: Item::Entry(entry.sequence),
            sequence: Some(entry.sequence),
            cause: Cause::Fault,
            code: Code::find_or_general(&code),
        };
        blocking(store, move |s| s.mark_refused(id, &code)).await?;
        pass.hold(held);
        open.remove(&entry.sequence);
    }
    let accepted = reply.accepted.iter().filter_map(|a| sent.iter().find(|e| e.id == a.id));
    for entry in accepted {
        pass.succeeded(Item::Entry(entry.sequence));
        open.remove(&entry.sequence);
    }
    blocking(store, move |s| {
        s.mark_accepted(&reply.accepted)?;
        s.set_durable(reply.durable_sequence)
    })
    .await?;
    for sequence in open {
        let unmentioned = WireError::Form("an entry was neither taken nor refused".to_owned());
        pass.failed(Item::Entry(sequence), Some(sequence), unmentioned.into())?;
    }
    Ok(())
}
