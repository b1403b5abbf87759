//! What failed by itself: one entry, one picture. It waits, longer with each failure, while everything else goes on.
//!
//! A failure may also be the server's as a whole, although it came with one entry. So whatever was set aside while nothing of its
//! sort succeeded is *doubtful*: it is tried again as soon as something does. A broken connection sets nothing aside; what
//! it broke on goes last in the next round, so that an entry or picture on which it breaks every time holds up no other.
//!
//! Nothing of this is durable: after a restart everything is tried once more.

use crate::backoff::Backoff;
use crate::config::Delays;
use crate::failure::{Cause, Failure};
use collection::PictureHash;
use protocol::MAX_BATCH_ENTRIES;
use sentences::Code;
use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

/// One thing that is sent or fetched by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Item {
    /// An entry of this kiosk, by its number.
    Entry(u64),
    /// A picture or record that goes up.
    Picture(PictureHash),
    /// An admission photo that comes down.
    AdmissionPhoto(PictureHash),
}

/// What sort of thing an [`Item`] is: what one call of the server takes or gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    Entry,
    Picture,
    AdmissionPhoto,
}

impl Item {
    pub(crate) const fn sort(self) -> Sort {
        match self {
            Item::Entry(_) => Sort::Entry,
            Item::Picture(_) => Sort::Picture,
            Item::AdmissionPhoto(_) => Sort::AdmissionPhoto,
        }
    }
}

/// Something that was set aside and is tried again later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// What.
    pub item: Item,
    /// Number of this kiosk's entry that it is or belongs to; none for an admission photo.
    pub sequence: Option<u64>,
    /// What has to be looked at.
    pub cause: Cause,
    /// The sentence of the reason.
    pub code: Code,
}

#[derive(Debug)]
struct Record {
    held: Held,
    backoff: Backoff,
    due: Instant,
    /// Nothing of its sort has succeeded since it failed first, so the fault may be the server's.
    doubtful: bool,
}

/// What waits by itself, and until when.
#[derive(Debug)]
pub(crate) struct Retries {
    delays: Delays,
    records: BTreeMap<Item, Record>,
    last: BTreeSet<Item>,
    batch: usize,
    feed_failed: bool,
}

impl Retries {
    pub fn new(delays: Delays) -> Self {
        let (records, last) = (BTreeMap::new(), BTreeSet::new());
        Retries { delays, records, last, batch: MAX_BATCH_ENTRIES, feed_failed: false }
    }

    /// Sets an item aside until its delay is over.
    pub fn hold(&mut self, held: Held) {
        let delays = self.delays;
        let doubtful = held.cause != Cause::Store;
        let new = || Record { held, backoff: Backoff::new(delays), due: Instant::now(), doubtful };
        let record = self.records.entry(held.item).or_insert_with(new);
        record.held = held;
        record.due = Instant::now() + record.backoff.next();
    }

    /// Whether the item's delay is not over.
    pub fn waits(&self, item: Item) -> bool {
        self.records.get(&item).is_some_and(|record| record.due > Instant::now())
    }

    /// The connection broke on this item.
    pub fn put_last(&mut self, item: Item) {
        self.last.insert(item);
    }

    /// Whether the item goes after the others: it failed before.
    pub fn is_last(&self, item: Item) -> bool {
        self.last.contains(&item) || self.records.contains_key(&item)
    }

    /// Whether the item failed although others of its sort succeeded, so that its failure says nothing about the server.
    pub fn is_at_fault(&self, item: Item) -> bool {
        self.records.get(&item).is_some_and(|record| !record.doubtful)
    }

    /// The item went through, or is no longer to be sent.
    pub fn forget(&mut self, item: Item) {
        self.records.remove(&item);
        self.last.remove(&item);
    }

    /// What of this sort is not in `waiting` any more is forgotten.
    pub fn keep_only(&mut self, sort: Sort, waiting: &BTreeSet<Item>) {
        let is_gone = |item: &Item| item.sort() == sort && !waiting.contains(item);
        self.records.retain(|item, _| !is_gone(item));
        self.last.retain(|item| !is_gone(item));
    }

    /// Something of this sort succeeded: what is doubtful is tried at once, the rest of the sort was at fault itself.
    pub fn sort_succeeded(&mut self, sort: Sort, failed_now: &BTreeSet<Item>) {
        for (item, record) in &mut self.records {
            if record.doubtful && item.sort() == sort {
                record.doubtful = false;
                if !failed_now.contains(item) {
                    record.due = Instant::now();
                }
            }
        }
    }

    /// How the feed fared in this round. The first success after a failure lets everything doubtful be tried at once.
    pub fn feed_fared(&mut self, well: bool) {
        if well && self.feed_failed {
            self.records.values_mut().filter(|r| r.doubtful).for_each(|r| r.due = Instant::now());
        }
        self.feed_failed = !well;
    }

    /// Staff asked: everything is tried at once.
    pub fn retry_all(&mut self) {
        self.records.values_mut().for_each(|record| record.due = Instant::now());
    }

    /// How many items of this sort failed before: so many more have to be looked at to find others.
    pub fn count(&self, sort: Sort) -> usize {
        let last = self.last.iter().filter(|item| !self.records.contains_key(item));
        self.records.keys().chain(last).filter(|item| item.sort() == sort).count()
    }

    /// Time until the first delay is over; `None` when nothing waits.
    pub fn next_due(&self) -> Option<Duration> {
        let first = self.records.values().map(|record| record.due).min()?;
        Some(first.saturating_duration_since(Instant::now()))
    }

    /// Everything that is set aside: entries and pictures by number, then admission photos.
    pub fn list(&self) -> Vec<Held> {
        let mut list: Vec<Held> = self.records.values().map(|record| record.held).collect();
        list.sort_by_key(|held| (held.sequence.is_none(), held.sequence));
        list
    }

    /// Entries in the next batch. It shrinks when the connection breaks on a batch and grows with each success.
    pub fn batch(&self) -> usize {
        self.batch
    }

    /// How a batch of that many entries fared.
    pub fn batch_fared(&mut self, entries: usize, well: bool) {
        let next = if well { self.batch.max(entries) * 2 } else { entries / 2 };
        self.batch = next.clamp(1, MAX_BATCH_ENTRIES);
    }
}

impl Held {
    /// An item that failed like this.
    pub(crate) fn new(item: Item, sequence: Option<u64>, failure: &Failure) -> Held {
        Held { item, sequence, cause: failure.cause(), code: failure.code() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sentences::codes;

    fn retries(min: u64, max: u64) -> Retries {
        Retries::new(Delays { min: Duration::from_millis(min), max: Duration::from_millis(max) })
    }

    fn held(item: Item, cause: Cause) -> Held {
        Held { item, sequence: Some(1), cause, code: codes::SERVER_OFFLINE_FAULT }
    }

    const HOURS: u64 = 3_600_000;

    #[test]
    fn a_delay_grows_with_each_failure_and_ends_at_once_when_staff_ask() {
        let mut retries = retries(1000, HOURS);
        let item = Item::Entry(1);
        let mut before = Duration::ZERO;
        for _ in 0..6 {
            retries.hold(held(item, Cause::Fault));
            retries.hold(held(item, Cause::Fault));
            let due = retries.next_due().unwrap();
            assert!(due > before && retries.waits(item), "{due:?} after {before:?}");
            before = due;
        }
        retries.retry_all();
        assert!(!retries.waits(item));
        assert_eq!(retries.list().len(), 1, "it stays named until it goes through");
        retries.forget(item);
        assert!(retries.list().is_empty() && retries.next_due().is_none());
    }

    #[test]
    fn what_failed_while_nothing_succeeded_is_tried_when_something_does_and_only_once() {
        let mut retries = retries(HOURS, HOURS);
        let (server, own) = (Item::Entry(1), Item::Entry(2));
        retries.hold(held(server, Cause::Fault));
        retries.hold(held(own, Cause::Store));
        retries.sort_succeeded(Sort::AdmissionPhoto, &BTreeSet::new());
        assert!(retries.waits(server), "another sort says nothing about it");
        retries.sort_succeeded(Sort::Entry, &BTreeSet::new());
        assert!(!retries.waits(server) && retries.waits(own));
        retries.hold(held(server, Cause::Fault));
        retries.sort_succeeded(Sort::Entry, &BTreeSet::from([server]));
        retries.sort_succeeded(Sort::Entry, &BTreeSet::new());
        assert!(retries.waits(server), "it failed while others succeeded, so it waits");
    }

    #[test]
    fn what_failed_together_with_the_feed_is_tried_when_the_feed_is_back() {
        let mut retries = retries(HOURS, HOURS);
        retries.feed_fared(false);
        retries.hold(held(Item::Entry(1), Cause::Fault));
        retries.feed_fared(false);
        assert!(retries.waits(Item::Entry(1)));
        retries.feed_fared(true);
        assert!(!retries.waits(Item::Entry(1)));
    }

    #[test]
    fn a_batch_on_which_the_connection_breaks_shrinks_to_one_entry_and_grows_again() {
        let mut retries = retries(1, 1);
        for expected in [100, 50, 25, 12, 6, 3, 1, 1] {
            retries.batch_fared(retries.batch(), false);
            assert_eq!(retries.batch(), expected);
        }
        for expected in [2, 4, 8] {
            retries.batch_fared(1, true);
            assert_eq!(retries.batch(), expected);
        }
    }

    #[test]
    fn what_is_no_longer_to_be_sent_is_no_longer_named() {
        let mut retries = retries(HOURS, HOURS);
        retries.hold(held(Item::Entry(1), Cause::Fault));
        retries.hold(held(Item::Entry(2), Cause::Fault));
        let photo = Item::AdmissionPhoto(PictureHash::from_bytes([1; 32]));
        retries.hold(held(photo, Cause::Fault));
        retries.keep_only(Sort::Entry, &BTreeSet::from([Item::Entry(2)]));
        let left: Vec<Item> = retries.list().into_iter().map(|h| h.item).collect();
        assert_eq!(left, [Item::Entry(2), photo]);
    }
}
