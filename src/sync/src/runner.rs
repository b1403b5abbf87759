//! The task that runs rounds, and the handle by which the kiosk wakes and watches it.

use crate::backoff::{Backoff, jittered};
use crate::client::Client;
use crate::enrol::blocking;
use crate::retries::Retries;
use crate::round::{self, Done};
use crate::{Config, Failure, Link, Status};
use sentences::Code;
use std::sync::Arc;
use std::time::{Duration, SystemTime};
use store::Store;
use tokio::runtime::Handle;
use tokio::sync::{Notify, watch};
use tokio::task::JoinHandle;
use tokio::time::Instant;

/// The traffic with the server, as a task.
#[derive(Debug)]
pub struct Sync;

impl Sync {
    /// Starts the traffic on `runtime`. Before the kiosk is enrolled it waits; [`SyncHandle::nudge`] after enrolment.
    #[must_use]
    pub fn spawn(store: Store, config: Config, runtime: &Handle) -> SyncHandle {
        let (status, watched) = watch::channel(Status::new());
        let wakes = Arc::new(WakeSignals::default());
        let runner = Runner {
            store,
            backoff: Backoff::new(config.backoff),
            refusals: Backoff::new(config.refused),
            refused: None,
            retries: Retries::new(config.held),
            config,
            status,
            wakes: wakes.clone(),
        };
        let task = Arc::new(runtime.spawn(runner.run()));
        SyncHandle { wakes, watched, task }
    }
}

#[derive(Debug, Default)]
struct WakeSignals {
    /// There is something to send.
    work: Notify,
    /// Staff wants a round now.
    staff: Notify,
}

/// A handle on the traffic. The traffic continues when handles are dropped, until [`SyncHandle::stop`] or the end of
/// the runtime.
#[derive(Clone, Debug)]
pub struct SyncHandle {
    wakes: Arc<WakeSignals>,
    watched: watch::Receiver<Status>,
    task: Arc<JoinHandle<()>>,
}

impl SyncHandle {
    /// There is something to send: the next round begins at once. Without effect while the server refuses this kiosk.
    pub fn nudge(&self) {
        self.wakes.work.notify_one();
    }

    /// Staff wants a round now: it begins at once, whatever is waited for, and tries everything that was set aside.
    pub fn sync_now(&self) {
        self.wakes.staff.notify_one();
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
    refusals: Backoff,
    /// The server's last word, if it was a refusal.
    refused: Option<Code>,
    retries: Retries,
    status: watch::Sender<Status>,
    wakes: Arc<WakeSignals>,
}

/// What is waited for between two rounds.
#[derive(Clone, Copy, Debug)]
enum Pause {
    /// Nothing: there is more to do.
    None,
    /// The time, or something to send.
    For(Duration),
    /// The time; what there is to send does not matter.
    AtLeast(Duration),
    /// Something to send.
    Idle,
}

impl Runner {
    async fn run(mut self) {
        let mut client = None;
        loop {
            self.tell_queue().await;
            let outcome = self.round(&mut client).await;
            // Before the queue: a queue that is empty must not stand beside what was still set aside before.
            self.tell_held();
            self.tell_queue().await;
            let pause = match outcome {
                Ok(Some(done)) => self.went_through(client.as_ref(), done),
                Ok(None) => {
                    self.ended(Link::Unenrolled);
                    Pause::Idle
                }
                Err(failure) => {
                    client = None;
                    self.broke_off(&failure)
                }
            };
            self.wait(pause).await;
        }
    }

    /// One round; `None` before the kiosk is enrolled.
    async fn round(&mut self, client: &mut Option<Client>) -> Result<Option<Done>, Failure> {
        let client = match client {
            Some(client) => client,
            None => {
                let Some(identity) = blocking(&self.store, |s| s.identity()).await? else { return Ok(None) };
                self.status.send_modify(|s| s.device = Some(identity.device.clone()));
                client.insert(Client::device(&identity, &self.config)?)
            }
        };
        round::run(client, &self.store, &mut self.retries).await.map(Some)
    }

    fn went_through(&mut self, client: Option<&Client>, done: Done) -> Pause {
        self.refused = None;
        self.refusals.reset();
        let time = client.and_then(Client::server_time);
        self.status.send_modify(|s| {
            s.server_time = time;
            s.misread += done.misread;
            s.set_aside += done.set_aside;
        });
        if let Some(failure) = done.failed {
            return self.offline(&failure);
        }
        self.backoff.reset();
        self.status.send_modify(|s| {
            s.last_success = Some(SystemTime::now());
            s.rounds += 1;
        });
        self.ended(Link::Online);
        let pause = jittered(self.config.poll);
        // Not at once: what is due may have to wait for its turn.
        let due = self.retries.next_due().map_or(pause, |due| due.max(self.config.backoff.min));
        if done.more { Pause::None } else { Pause::For(pause.min(due)) }
    }

    fn broke_off(&mut self, failure: &Failure) -> Pause {
        if let Failure::Refused { code } = failure {
            self.refused = Some(*code);
        } else if failure.is_an_answer() {
            self.refused = None;
        }
        match self.refused {
            Some(code) => self.refused_still(code, failure),
            None => self.offline(failure),
        }
    }

    fn offline(&mut self, failure: &Failure) -> Pause {
        let retry_in = self.backoff.next();
        let (cause, code, reason) = (failure.cause(), failure.code(), failure.to_string());
        tracing::warn!(%code, reason, retry_ms = retry_in.as_millis(), "the round broke off");
        self.ended(Link::Offline { cause, code, reason, retry_in });
        Pause::For(retry_in)
    }

    /// The server's last word was a refusal, whatever the network says now.
    fn refused_still(&mut self, code: Code, failure: &Failure) -> Pause {
        let retry_in = self.refusals.next();
        tracing::error!(%code, reason = %failure, retry_ms = retry_in.as_millis(), "the server refuses this kiosk");
        self.ended(Link::Refused { code, retry_in });
        Pause::AtLeast(retry_in)
    }

    /// A round has ended like this.
    fn ended(&self, link: Link) {
        self.status.send_modify(|s| {
            s.link = link;
            s.is_asked_for = false;
        });
    }

    /// Waits, and wakes early when there is reason to. Staff ends every wait.
    async fn wait(&mut self, pause: Pause) {
        let end = match pause {
            Pause::None => Some(Instant::now()),
            Pause::For(time) | Pause::AtLeast(time) => Some(Instant::now() + time),
            Pause::Idle => None,
        };
        let by_staff = loop {
            tokio::select! {
                biased;
                () = self.wakes.staff.notified() => break true,
                () = until(end) => break false,
                () = self.wakes.work.notified() => match pause {
                    // Visits continue, and only the queue grows.
                    Pause::AtLeast(_) => self.tell_queue().await,
                    Pause::None | Pause::For(_) | Pause::Idle => break false,
                },
            }
        };
        if by_staff {
            tracing::info!("staff asked for a round");
            self.retries.retry_all();
            self.status.send_modify(|s| s.is_asked_for = true);
        }
    }

    fn tell_held(&self) {
        let held = self.retries.list();
        self.status.send_if_modified(|s| {
            let changed = s.held != held;
            s.held = held;
            changed
        });
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

/// Until that moment, or for ever.
async fn until(end: Option<Instant>) {
    match end {
        Some(end) => tokio::time::sleep_until(end).await,
        None => std::future::pending().await,
    }
}
