//! The task that runs rounds, and the handle by which the kiosk nudges and watches it.

use crate::backoff::{Backoff, jittered};
use crate::client::Client;
use crate::enrol::blocking;
use crate::round::{self, Done};
use crate::{Config, Failure, Link, Status};
use std::sync::Arc;
use std::time::{Duration, SystemTime};
use store::Store;
use tokio::runtime::Handle;
use tokio::sync::{Notify, watch};
use tokio::task::JoinHandle;

/// The traffic with the server, as a task.
#[derive(Debug)]
pub struct Sync;

impl Sync {
    /// Starts the traffic on `runtime`. Before the kiosk is enrolled it waits; [`SyncHandle::nudge`] after enrolment.
    #[must_use]
    pub fn spawn(store: Store, config: Config, runtime: &Handle) -> SyncHandle {
        let (status, watched) = watch::channel(Status::new());
        let bells = Arc::new(Bells::default());
        let runner = Runner { store, backoff: Backoff::new(&config), config, status, bells: bells.clone() };
        let task = Arc::new(runtime.spawn(runner.run()));
        SyncHandle { bells, watched, task }
    }
}

#[derive(Debug, Default)]
struct Bells {
    nudge: Notify,
    resume: Notify,
}

/// A handle on the traffic. The traffic continues when handles are dropped, until [`SyncHandle::stop`] or the end of
/// the runtime.
#[derive(Clone, Debug)]
pub struct SyncHandle {
    bells: Arc<Bells>,
    watched: watch::Receiver<Status>,
    task: Arc<JoinHandle<()>>,
}

impl SyncHandle {
    /// There is something to send: the next round begins at once. Without effect while the server refuses this kiosk.
    pub fn nudge(&self) {
        self.bells.nudge.notify_one();
    }

    /// Tries again after the server refused this kiosk, once a person fixed the cause.
    pub fn resume(&self) {
        self.bells.resume.notify_one();
        self.bells.nudge.notify_one();
    }

    /// The current status.
    #[must_use]
    pub fn status(&self) -> Status {
        self.watched.borrow().clone()
    }

    /// Waits for the status to change.
    pub async fn changed(&mut self) -> Status {
        if self.watched.changed().await.is_err() {
            // The task has ended; nothing will change any more.
            std::future::pending::<()>().await;
        }
        self.watched.borrow_and_update().clone()
    }

    /// Ends the traffic. An unfinished step is repeated at the next start.
    pub fn stop(&self) {
        self.task.abort();
    }
}

struct Runner {
    store: Store,
    config: Config,
    backoff: Backoff,
    status: watch::Sender<Status>,
    bells: Arc<Bells>,
}

impl Runner {
    async fn run(mut self) {
        let mut client = None;
        loop {
            self.tell_queue().await;
            match self.round(&mut client).await {
                Ok(Some(done)) => self.went_through(client.as_ref(), done).await,
                Ok(None) => {
                    self.status.send_modify(|s| s.link = Link::Unenrolled);
                    self.bells.nudge.notified().await;
                }
                Err(Failure::Refused { code }) => {
                    client = None;
                    tracing::error!(%code, "the server refuses this kiosk; waiting for a person");
                    self.tell_queue().await;
                    self.status.send_modify(|s| s.link = Link::Refused { code });
                    self.wait_for_a_person().await;
                }
                Err(failure) => {
                    client = None;
                    self.failed(&failure).await;
                }
            }
        }
    }

    /// One round; `None` before the kiosk is enrolled.
    async fn round(&self, client: &mut Option<Client>) -> Result<Option<Done>, Failure> {
        let client = match client {
            Some(client) => client,
            None => {
                let Some(identity) = blocking(&self.store, |s| s.identity()).await? else { return Ok(None) };
                client.insert(Client::device(&identity, &self.config)?)
            }
        };
        round::run(client, &self.store).await.map(Some)
    }

    async fn went_through(&mut self, client: Option<&Client>, done: Done) {
        self.backoff.reset();
        self.tell_queue().await;
        let time = client.and_then(Client::server_time);
        self.status.send_modify(|s| {
            s.link = Link::Online;
            s.last_success = Some(SystemTime::now());
            s.server_time = time;
            s.rounds += 1;
            s.misread += done.misread;
            s.set_aside += done.set_aside;
        });
        if !done.more {
            self.pause(jittered(self.config.poll)).await;
        }
    }

    async fn failed(&mut self, failure: &Failure) {
        let retry_in = self.backoff.next();
        let code = failure.code();
        tracing::warn!(%code, reason = %failure, retry_ms = retry_in.as_millis(), "the round broke off");
        self.tell_queue().await;
        let reason = failure.to_string();
        self.status.send_modify(|s| s.link = Link::Offline { code, reason, retry_in });
        self.pause(retry_in).await;
    }

    /// Only the queue's length is updated meanwhile: visits continue.
    async fn wait_for_a_person(&self) {
        loop {
            tokio::select! {
                () = self.bells.resume.notified() => return,
                () = self.bells.nudge.notified() => self.tell_queue().await,
            }
        }
    }

    /// Waits that long, or until a nudge.
    async fn pause(&self, pause: Duration) {
        let _ = tokio::time::timeout(pause, self.bells.nudge.notified()).await;
    }

    async fn tell_queue(&self) {
        if let Ok(queue) = blocking(&self.store, |s| s.queue()).await {
            self.status.send_if_modified(|s| {
                let changed = s.queue != queue;
                s.queue = queue;
                changed
            });
        }
    }
}
