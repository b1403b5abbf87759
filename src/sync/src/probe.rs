//! Asks the server once, as a round would, and changes nothing: for `kiosk doctor`.

use crate::client::Client;
use crate::{Config, Failure};
use protocol::JournalBatch;
use std::time::Duration;
use store::Identity;

/// Longest wait for a reply: somebody stands there and waits.
const TIMEOUT: Duration = Duration::from_secs(10);

/// Whether the server of this identity answers and accepts this kiosk. An empty batch only asks for the durable point.
///
/// # Errors
/// The failure that a round would meet.
pub async fn probe(identity: &Identity) -> Result<(), Failure> {
    let config = Config { request_timeout: TIMEOUT, ..Config::default() };
    let client = Client::device(identity, &config)?;
    client.journal(&JournalBatch { entries: Vec::new() }).await?;
    Ok(())
}
