//! Pictures up, in the order of their entries, each from the byte at which the server stands. One that cannot be read here, or that
//! the server fails on, is set aside.

use crate::client::{Client, Upload};
use crate::enrol::blocking;
use crate::failure::Failure;
use crate::pass::Pass;
use crate::retries::{Item, Retries, Sort};
use protocol::WireError;
use sentences::codes;
use std::collections::BTreeSet;
use store::{PendingPicture, Store};

/// Pictures sent in one round; entries of newer visits go before the next lot.
const PICTURES_PER_ROUND: usize = 100;
/// Attempts at one picture in one round: a server that keeps moving the offset must not hold up the rest.
const STEPS_PER_PICTURE: usize = 64;

/// What was sent.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sent {
    /// How many pictures the server has whole now.
    pub sent: usize,
    /// There are more.
    pub more: bool,
}

/// Sends what is due.
pub(super) async fn send(client: &Client, store: &Store, retries: &mut Retries) -> Result<Sent, Failure> {
    let limit = PICTURES_PER_ROUND + retries.count(Sort::Picture);
    let mut pending = blocking(store, move |s| s.pending_pictures(limit)).await?;
    let is_all = pending.len() < limit;
    if is_all {
        let waiting: BTreeSet<Item> = pending.iter().map(|p| Item::Picture(p.hash)).collect();
        retries.keep_only(Sort::Picture, &waiting);
    }
    pending.retain(|p| !retries.waits(Item::Picture(p.hash)));
    pending.sort_by_key(|p| retries.is_last(Item::Picture(p.hash)));
    let mut pass = Pass::new(Sort::Picture, retries);
    for one in &pending {
        let item = Item::Picture(one.hash);
        match picture(client, store, one).await {
            Ok(()) => pass.succeeded(item),
            Err(failure) => pass.failed(item, Some(one.sequence), failure)?,
        }
        if pass.is_hopeless() {
            break;
        }
    }
    let passed = pass.finish()?;
    Ok(Sent { sent: passed.sent, more: passed.sent > 0 && (passed.ended_early || !is_all) })
}

/// Sends one picture from the server's offset to its end.
async fn picture(client: &Client, store: &Store, pending: &PendingPicture) -> Result<(), Failure> {
    let hash = pending.hash;
    // Erased meanwhile: nothing is left to send.
    let Some(picture) = blocking(store, move |s| s.picture(hash)).await? else { return Ok(()) };
    let all = &picture.bytes;
    let mut at = client.picture_offset(hash).await?;
    for _ in 0..STEPS_PER_PICTURE {
        let offset = match at {
            Upload::At(offset) => usize::try_from(offset).unwrap_or(usize::MAX),
            Upload::Whole => return Ok(blocking(store, move |s| s.mark_uploaded(hash)).await?),
            Upload::Unexpected => {
                return Err(Failure::Fault { status: 404, code: codes::SERVER_PICTURE_UNKNOWN });
            }
        };
        at = client.send_picture(hash, all, offset).await?;
    }
    Err(WireError::Form("the server keeps asking for the same bytes of a picture".to_owned()).into())
}
