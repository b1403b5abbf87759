//! The door of the one loop: workers post events, the UI thread takes them out in order.

use camera::State;
use slint::{Rgb8Pixel, SharedPixelBuffer};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use visit::Input;

/// Four corners in a frame, as fractions of its width and height.
pub type Outline = [(f32, f32); 4];

/// What reaches the UI thread.
pub enum Event {
    /// Something happened to the visit.
    Input(Input),
    /// A new preview picture.
    Preview(SharedPixelBuffer<Rgb8Pixel>),
    /// Where a code is seen in the newest frame.
    Outline(Option<Outline>),
    /// The camera's state.
    Camera(State),
    /// The server's link and how many entries wait.
    Link(LinkNews),
}

/// The server's link as the screen knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinkNews {
    /// The server answers this kiosk.
    pub online: bool,
    /// Entries and pictures that have not reached it.
    pub queued: u64,
}

/// A way to post events from any thread.
#[derive(Clone)]
pub struct Post {
    tx: Sender<Event>,
    wake: Arc<dyn Fn() + Send + Sync>,
    open: Arc<AtomicBool>,
}

impl Post {
    /// Posts an event and wakes the loop.
    pub fn event(&self, event: Event) {
        if self.tx.send(event).is_ok() {
            (self.wake)();
        }
    }

    /// Posts an input of the visit.
    pub fn input(&self, input: Input) {
        self.event(Event::Input(input));
    }

    /// Whether anybody still listens.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.open.load(Ordering::Relaxed)
    }
}

/// The receiving end.
pub struct Inbox {
    rx: Receiver<Event>,
    open: Arc<AtomicBool>,
}

impl Inbox {
    /// The next event, if there is one.
    pub fn take(&self) -> Option<Event> {
        self.rx.try_recv().ok()
    }
}

impl Drop for Inbox {
    fn drop(&mut self) {
        self.open.store(false, Ordering::Relaxed);
    }
}

/// A new inbox; `wake` is called after every post, from the posting thread.
pub fn inbox(wake: impl Fn() + Send + Sync + 'static) -> (Post, Inbox) {
    let (tx, rx) = channel();
    let open = Arc::new(AtomicBool::new(true));
    (Post { tx, wake: Arc::new(wake), open: Arc::clone(&open) }, Inbox { rx, open })
}
