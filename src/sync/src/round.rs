//! One round: changes down, entries up, pictures up, the durable point, admission photos down. Each step is stored
//! before the next begins, so a round may fail anywhere.

use crate::Failure;
use crate::client::{Client, Upload};
use crate::enrol::blocking;
use protocol::{JournalBatch, JournalReply, MAX_BATCH_ENTRIES, WireError};
use store::{PendingEntry, PendingPicture, Store};

/// Admission photos fetched in one round; entries and pictures of visits go before the next lot.
const PHOTOS_PER_ROUND: usize = 50;
/// Pictures sent in one round; entries of newer visits go before the next lot.
const PICTURES_PER_ROUND: usize = 100;
/// Attempts at one picture in one round: a server that keeps moving the offset must not hold up the rest.
const STEPS_PER_PICTURE: usize = 64;

/// What a round did.
#[derive(Debug, Default)]
pub(crate) struct Done {
    /// There is more to do immediately.
    pub more: bool,
    pub misread: u64,
    pub set_aside: u64,
}

/// Runs one round.
pub(crate) async fn run(client: &Client, store: &Store) -> Result<Done, Failure> {
    let mut done = Done::default();
    changes(client, store, &mut done).await?;
    entries(client, store).await?;
    let sent = pictures(client, store, &mut done).await?;
    if sent || behind(store).await? {
        durable_point(client, store).await?;
    }
    photos(client, store, &mut done).await?;
    if let Some(time) = client.server_time() {
        blocking(store, move |s| s.record_server_time(time)).await?;
    }
    Ok(done)
}

async fn changes(client: &Client, store: &Store, done: &mut Done) -> Result<(), Failure> {
    loop {
        let (epoch, cursor) = blocking(store, |s| s.cursor()).await?;
        let (page, misread) = client.changes(&epoch, cursor).await?;
        for one in &misread {
            tracing::warn!(kind = one.kind, reason = one.reason, "a change was not understood");
        }
        done.misread += misread.len() as u64;
        let (more, next) = (page.more, page.cursor);
        let admitted = blocking(store, move |s| s.admit(&page)).await?;
        done.set_aside += admitted.set_aside as u64;
        if admitted.restart {
            tracing::warn!("the server starts its feed over; so do we");
        } else if !more {
            return Ok(());
        } else if next <= cursor {
            return Err(WireError::Form("the feed's cursor stands still".to_owned()).into());
        }
    }
}

async fn entries(client: &Client, store: &Store) -> Result<(), Failure> {
    loop {
        let pending = blocking(store, |s| s.pending_entries(MAX_BATCH_ENTRIES)).await?;
        if pending.is_empty() {
            return Ok(());
        }
        let batch = JournalBatch { entries: pending.iter().map(|p| p.wire.clone()).collect() };
        let reply = client.journal(&batch).await?;
        if settle(store, &pending, reply).await? == 0 {
            return Err(WireError::Form("the batch was neither taken nor refused".to_owned()).into());
        }
    }
}

/// Stores the reply to a batch; returns how many of its entries were accepted or refused.
async fn settle(store: &Store, sent: &[PendingEntry], reply: JournalReply) -> Result<usize, Failure> {
    let mut settled = 0;
    for refused in &reply.refused {
        let Some(entry) = sent.get(refused.index) else { continue };
        tracing::error!(entry = %entry.id, code = refused.code, "the server refused an entry");
        let (id, code) = (entry.id, refused.code.chars().take(60).collect::<String>());
        blocking(store, move |s| s.mark_refused(id, &code)).await?;
        settled += 1;
    }
    settled += reply.accepted.iter().filter(|a| sent.iter().any(|e| e.id == a.id)).count();
    blocking(store, move |s| {
        s.mark_accepted(&reply.accepted)?;
        s.set_durable(reply.durable_sequence)
    })
    .await?;
    Ok(settled)
}

/// Sends pending pictures; returns whether any was sent.
async fn pictures(client: &Client, store: &Store, done: &mut Done) -> Result<bool, Failure> {
    let pending = blocking(store, |s| s.pending_pictures(PICTURES_PER_ROUND)).await?;
    let mut sent = 0;
    for one in &pending {
        sent += usize::from(picture(client, store, one).await?);
    }
    done.more |= sent > 0 && pending.len() == PICTURES_PER_ROUND;
    Ok(sent > 0)
}

/// Sends one picture from the server's offset; returns whether it is finished.
async fn picture(client: &Client, store: &Store, pending: &PendingPicture) -> Result<bool, Failure> {
    let hash = pending.hash;
    let Some(picture) = blocking(store, move |s| s.picture(hash)).await? else { return Ok(false) };
    let all = &picture.bytes;
    let mut at = client.picture_offset(hash).await?;
    for _ in 0..STEPS_PER_PICTURE {
        let offset = match at {
            Upload::At(offset) => usize::try_from(offset).unwrap_or(usize::MAX),
            Upload::Whole => {
                blocking(store, move |s| s.mark_uploaded(hash)).await?;
                return Ok(true);
            }
            Upload::Unexpected => {
                tracing::warn!(picture = %hash, "the server does not expect a picture of ours");
                return Ok(false);
            }
        };
        at = client.send_picture(hash, all, offset).await?;
    }
    tracing::warn!(picture = %hash, "the server keeps asking for the same bytes of a picture");
    Ok(false)
}

/// Whether the server has entries that are not durable yet.
async fn behind(store: &Store) -> Result<bool, Failure> {
    Ok(blocking(store, |s| Ok(s.durable_sequence()? < s.last_sequence()?)).await?)
}

async fn durable_point(client: &Client, store: &Store) -> Result<(), Failure> {
    let reply = client.journal(&JournalBatch { entries: Vec::new() }).await?;
    Ok(blocking(store, move |s| s.set_durable(reply.durable_sequence)).await?)
}

async fn photos(client: &Client, store: &Store, done: &mut Done) -> Result<(), Failure> {
    let wanted = blocking(store, |s| s.wanted_photos(PHOTOS_PER_ROUND)).await?;
    let mut came = 0;
    for hash in &wanted {
        let hash = *hash;
        let Some(bytes) = client.picture(hash).await? else {
            tracing::warn!(picture = %hash, "the server does not have an admission photo that its roster names");
            continue;
        };
        match blocking(store, move |s| s.put_admission_photo(hash, &bytes)).await {
            Ok(()) => came += 1,
            Err(e @ store::StoreError::PictureOther { .. }) => {
                tracing::warn!(%e, "an admission photo is another");
            }
            Err(e) => return Err(e.into()),
        }
    }
    done.more |= came > 0 && wanted.len() == PHOTOS_PER_ROUND;
    Ok(())
}
