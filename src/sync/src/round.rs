//! One round: changes down, entries up, pictures up, the durable point, admission photos down. Each step is stored before the
//! next begins, so a round may fail anywhere. A step that fails ends the round only when every call would fail; otherwise the other
//! steps go on, and the round reports the failure at its end.

mod entries;
mod feed;
mod photos;
mod pictures;

use crate::client::Client;
use crate::enrol::blocking;
use crate::failure::{Failure, Reach};
use crate::retries::Retries;
use protocol::JournalBatch;
use store::Store;

/// What a round did.
#[derive(Debug, Default)]
pub(crate) struct Done {
    /// There is more to do immediately.
    pub more: bool,
    pub misread: u64,
    pub set_aside: u64,
    /// The first step that failed; the others were done.
    pub failed: Option<Failure>,
}

impl Done {
    /// The result of a step, if it has one.
    fn step<T>(&mut self, step: &'static str, result: Result<T, Failure>) -> Result<Option<T>, Failure> {
        match result {
            Ok(done) => Ok(Some(done)),
            Err(failure) if failure.reach() == Reach::Round => Err(failure),
            Err(failure) => {
                tracing::warn!(step, reason = %failure, "a step failed; the others go on");
                self.failed.get_or_insert(failure);
                Ok(None)
            }
        }
    }
}

/// Runs one round.
pub(crate) async fn run(client: &Client, store: &Store, retries: &mut Retries) -> Result<Done, Failure> {
    let mut done = Done::default();
    let followed = feed::follow(client, store).await;
    let followed = done.step("feed", followed)?;
    retries.feed_fared(followed.is_some());
    if let Some(read) = followed {
        (done.misread, done.set_aside) = (read.misread, read.set_aside);
    }
    let sent = entries::send(client, store, retries).await;
    if let Some(entries) = done.step("entries", sent)? {
        done.more |= entries.ended_early;
    }
    let sent = pictures::send(client, store, retries).await;
    let pictures = done.step("pictures", sent)?.unwrap_or_default();
    done.more |= pictures.more;
    let point = durable_point(client, store, pictures.sent > 0).await;
    done.step("durable point", point)?;
    let fetched = photos::fetch(client, store, retries).await;
    done.more |= done.step("admission photos", fetched)?.unwrap_or_default();
    if let Some(time) = client.server_time() {
        let kept = blocking(store, move |s| s.record_server_time(time)).await;
        done.step("server time", kept.map_err(Failure::from))?;
    }
    Ok(done)
}

/// Asks for the durable point where it may have moved: the server has entries that are not durable yet, or got pictures now.
async fn durable_point(client: &Client, store: &Store, sent: bool) -> Result<(), Failure> {
    let behind = blocking(store, |s| Ok(s.durable_sequence()? < s.last_sequence()?)).await?;
    if !sent && !behind {
        return Ok(());
    }
    let reply = client.journal(&JournalBatch { entries: Vec::new() }).await?;
    Ok(blocking(store, move |s| s.set_durable(reply.durable_sequence)).await?)
}
