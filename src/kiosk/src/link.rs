//! The server's link as the screen knows it: online or not, and how many entries wait. The traffic itself is `sync`'s.

use crate::inbox::{Event, LinkNews, Post};
use sync::SyncHandle;

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

    /// Whether the server answers this kiosk.
    #[must_use]
    pub fn is_online(&self) -> bool {
        self.0.status().is_online()
    }
}
