//! The change feed, page by page. A change that cannot be read or stored is passed over and counted; the changes after it are applied.

use crate::client::Client;
use crate::enrol::blocking;
use crate::failure::{Failure, is_about_one_object};
use protocol::{ChangePage, WireError};
use store::{Admitted, Store, StoreError};

/// What was read of the feed without being applied.
#[derive(Debug, Default)]
pub(super) struct Followed {
    /// Changes that this version could not read.
    pub misread: u64,
    /// Entries that were not believed, and changes that the store could not keep.
    pub set_aside: u64,
}

/// Follows the feed to its end.
pub(super) async fn follow(client: &Client, store: &Store) -> Result<Followed, Failure> {
    let mut done = Followed::default();
    loop {
        let (epoch, cursor) = blocking(store, |s| s.cursor()).await?;
        let (page, misread) = client.changes(&epoch, cursor).await?;
        for one in &misread {
            tracing::warn!(kind = one.kind, reason = one.reason, "a change was not understood");
        }
        done.misread += misread.len() as u64;
        let (more, next) = (page.more, page.cursor);
        let admitted = blocking(store, move |s| admit(s, &page, cursor)).await?;
        done.set_aside += admitted.set_aside as u64;
        if admitted.restart {
            tracing::warn!("the server starts its feed over; so do we");
        } else if !more {
            return Ok(done);
        } else if next <= cursor {
            return Err(WireError::Form("the feed's cursor stands still".to_owned()).into());
        }
    }
}

/// Applies a page; change by change where one of them cannot be stored.
fn admit(store: &Store, page: &ChangePage, cursor: u64) -> Result<Admitted, StoreError> {
    match store.admit(page) {
        Err(e) if is_about_one_object(&e) => {
            tracing::warn!(error = %e, "a page of the feed could not be stored; its changes are taken one by one");
        }
        done => return done,
    }
    let mut all = Admitted::default();
    for change in &page.changes {
        // The cursor moves at the end, with the rest of the page.
        let one = ChangePage { epoch: page.epoch.clone(), changes: vec![change.clone()], cursor, more: true };
        match store.admit(&one) {
            Ok(done) if done.restart => return Ok(done),
            Ok(done) => {
                all.applied += done.applied;
                all.set_aside += done.set_aside;
            }
            Err(e) if is_about_one_object(&e) => {
                tracing::error!(error = %e, "a change of the feed could not be stored and is passed over");
                all.set_aside += 1;
            }
            Err(e) => return Err(e),
        }
    }
    let end = ChangePage { epoch: page.epoch.clone(), changes: vec![], cursor: page.cursor, more: page.more };
    store.admit(&end)?;
    Ok(all)
}
