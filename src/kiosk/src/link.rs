//! The server's link as the screen knows it: online or not, how many entries wait, what stops the traffic and what could not be sent by
//! itself. The traffic itself is `sync`'s.

use crate::inbox::{Event, LinkNews, Post};
use collection::DeviceId;
use sentences::{Code, codes};
use sync::{Cause, Item, Status, SyncHandle};
use visit::Sentence;

/// A way to wake the traffic and to ask how it is.
#[derive(Clone)]
pub struct Link(SyncHandle);

impl Link {
    /// Reports every change to the inbox from now on.
    #[must_use]
    pub fn watch(handle: SyncHandle, post: Post, runtime: &tokio::runtime::Handle) -> Link {
        let mut watched = handle.clone();
        runtime.spawn(async move {
            let mut status = watched.status();
            while post.is_open() {
                let queued = status.queue.entries + status.queue.pictures;
                post.event(Event::Link(LinkNews { online: status.is_online(), queued }));
                status = watched.changed().await;
            }
        });
        Link(handle)
    }

    /// There is something to send, or somebody waits for news.
    pub fn nudge(&self) {
        self.0.nudge();
    }

    /// Staff wants everything sent now, also what was set aside and when the server has refused this kiosk.
    pub fn sync_now(&self) {
        self.0.sync_now();
    }

    /// Whether the server answers this kiosk.
    #[must_use]
    pub fn is_online(&self) -> bool {
        self.0.status().is_online()
    }

    /// The sentence of what stops the traffic; `None` while nothing does.
    #[must_use]
    pub fn trouble(&self) -> Option<Code> {
        trouble(&self.0.status())
    }

    /// What could not be sent or fetched by itself, a sentence each.
    #[must_use]
    pub fn held(&self) -> Vec<Sentence> {
        held(&self.0.status())
    }
}

fn trouble(status: &Status) -> Option<Code> {
    if status.is_asked_for {
        // Staff has just pressed the button; what was said before is being tried again.
        return Some(codes::PANEL_QUEUE_TRYING);
    }
    match &status.link {
        sync::Link::Online => None,
        sync::Link::Connecting => Some(codes::PANEL_QUEUE_TRYING),
        sync::Link::Unenrolled => Some(codes::STORE_NOT_ENROLLED),
        sync::Link::Offline { code, .. } | sync::Link::Refused { code, .. } => Some(*code),
    }
}

fn held(status: &Status) -> Vec<Sentence> {
    let number = |sequence: Option<u64>| match (&status.device, sequence) {
        (Some(device), Some(sequence)) => receipt_number(device, sequence),
        (None, _) | (_, None) => String::new(),
    };
    let mut photos = 0_u32;
    let mut sentences = Vec::new();
    for held in &status.held {
        let damaged = held.cause == Cause::Store;
        let code = match held.item {
            Item::Entry(_) if damaged => codes::PANEL_HELD_ENTRY_DAMAGED,
            Item::Entry(_) => codes::PANEL_HELD_ENTRY,
            Item::Picture(_) if damaged => codes::PANEL_HELD_PICTURE_DAMAGED,
            Item::Picture(_) => codes::PANEL_HELD_PICTURE,
            Item::AdmissionPhoto(_) => {
                photos += 1;
                continue;
            }
        };
        sentences.push(Sentence::with(code, "number", number(held.sequence)));
    }
    let changes = status.misread + status.set_aside;
    let counted =
        [(codes::PANEL_HELD_ADMISSION_PHOTOS, u64::from(photos)), (codes::PANEL_HELD_CHANGES, changes)];
    let counted = counted.into_iter().filter(|(_, count)| *count > 0);
    sentences.extend(counted.map(|(code, count)| Sentence::with(code, "count", count.to_string())));
    sentences
}

/// The number as it stands on receipts: the kiosk's short name and the entry's number.
fn receipt_number(device: &DeviceId, sequence: u64) -> String {
    let device = device.as_str();
    let short = device.strip_prefix("kiosk-").unwrap_or(device).to_uppercase();
    format!("{short}-{sequence:04}")
}

#[cfg(test)]
mod tests;
