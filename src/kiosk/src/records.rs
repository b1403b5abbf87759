//! The records thread: looks up whose code it is, keeps what happened, and answers. It is the only caller of the store's door.

use crate::inbox::{Event, Post};
use crate::link::Link;
use crate::pins::Pins;
use collection::payload::{self, Claim, CodeFault};
use collection::{Durable, EnrolmentId, Entry, EntryId, Kind, PictureHash, Task, TaskId, quota};
use jiff::civil::Date;
use standard::Preset;
use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};
use store::{EntryDraft, PictureIn, PictureRole, Store, StoreError};
use visit::{CodeOutcome, Effect, Input, Receipt, Reply, StoreOutcome, Subject, TaskCard, Ticket};
use zeroize::Zeroizing;

/// The finished portrait and the original, overwritten once they are kept.
pub type Photos = (Zeroizing<Vec<u8>>, Zeroizing<Vec<u8>>);

/// An effect that needs the store.
pub struct Ask {
    /// The effect.
    pub effect: Effect,
    /// The school's day.
    pub day: Date,
    /// The finished portrait and the original, for a submission.
    pub photos: Option<Photos>,
}

/// Starts the records thread; it ends when the sender is dropped.
///
/// # Errors
/// When the thread cannot be started.
pub fn spawn(store: Store, link: Link, page: Option<String>, post: Post) -> std::io::Result<Sender<Ask>> {
    let (tx, rx) = channel::<Ask>();
    let mut clerk = Clerk { store, link, page, post, pins: Pins::default(), produced: HashMap::new() };
    std::thread::Builder::new().name("records".into()).spawn(move || {
        while let Ok(ask) = rx.recv() {
            let failed = failure(&ask.effect);
            if catch_unwind(AssertUnwindSafe(|| clerk.work(ask))).is_err() {
                tracing::error!("a record panicked");
                if let Some((ticket, reply)) = failed {
                    clerk.reply(ticket, reply);
                }
            }
        }
    })?;
    Ok(tx)
}

/// What an asker is told when the clerk broke off: nothing happened, and nobody waits for ever.
fn failure(effect: &Effect) -> Option<(Ticket, Reply)> {
    let code = || "store.failed".to_owned();
    Some(match effect {
        Effect::Match(ticket, _) => {
            (*ticket, Reply::Code(CodeOutcome::Refused { code: code(), args: Vec::new() }))
        }
        Effect::CheckBirth(ticket, ..) => (*ticket, Reply::Birth(Err(0))),
        Effect::CheckPin(ticket, _) => (*ticket, Reply::Pin(visit::PinOutcome::Wrong)),
        Effect::LoadTasks(ticket, _) => (*ticket, Reply::Tasks(Vec::new())),
        Effect::Submit { ticket, .. } => (*ticket, Reply::Stored(StoreOutcome::Failed { code: code() })),
        _ => return None,
    })
}

struct Clerk {
    store: Store,
    link: Link,
    page: Option<String>,
    post: Post,
    pins: Pins,
    /// The newest `Produced` entry of each enrolment in hand: what a submission is about.
    produced: HashMap<EnrolmentId, EntryId>,
}

impl Clerk {
    fn work(&mut self, ask: Ask) {
        match ask.effect {
            Effect::Match(ticket, payload) => {
                self.reply(ticket, Reply::Code(self.whose(ticket.visit, &payload)));
            }
            Effect::CheckBirth(ticket, enrolment, typed) => {
                let answer = self.check_birth(enrolment, &typed);
                self.reply(ticket, Reply::Birth(answer));
            }
            Effect::CheckPin(ticket, pin) => {
                let outcome = self.pins.check(&self.store, &pin);
                self.reply(ticket, Reply::Pin(outcome));
            }
            Effect::LoadTasks(ticket, enrolment) => self.reply(ticket, Reply::Tasks(self.cards(enrolment))),
            effect @ Effect::Submit { .. } => self.submit(effect, ask.photos),
            effect => self.record(effect),
        }
    }

    fn reply(&self, ticket: Ticket, reply: Reply) {
        self.post.input(Input::Reply(ticket, reply));
    }

    fn whose(&self, visit: u64, payload: &[u8]) -> CodeOutcome {
        match self.look_up(visit, payload) {
            Ok(Ok(subject)) => CodeOutcome::Matched(Box::new(subject)),
            Ok(Err(fault)) => CodeOutcome::Refused { code: fault.code().to_owned(), args: fault.args() },
            Err(error) => {
                tracing::error!(%error, "a code could not be looked up");
                CodeOutcome::Refused { code: error.code().to_owned(), args: Vec::new() }
            }
        }
    }

    fn look_up(&self, visit: u64, payload: &[u8]) -> Result<Result<Subject, CodeFault>, StoreError> {
        let tasks = self.store.tasks()?;
        let (task, entry) = match payload::read(payload, &tasks, jiff::Timestamp::now()) {
            Err(fault) => return Ok(Err(fault)),
            Ok(Claim::Student { task, unique_number, .. }) => {
                let Some(task) = tasks.into_iter().find(|t| t.id == task) else {
                    return Ok(Err(CodeFault::OtherTask));
                };
                match self.store.roster_by_unique(&task.id, &unique_number)? {
                    None => return Ok(Err(CodeFault::not_on_roster(&task))),
                    Some(entry) => (task, entry),
                }
            }
            Ok(Claim::Token(tokens)) => {
                let mut found = None;
                for token in tokens {
                    for enrolment in self.store.enrolments_by_token(&token.task, &token.hash)? {
                        if found.is_some() {
                            // Bound to two students: nobody is guessed, a teacher looks.
                            return Ok(Err(CodeFault::UsedByAnother));
                        }
                        found = self.store.roster_by_enrolment(enrolment)?;
                    }
                }
                let Some(entry) = found else { return Ok(Err(CodeFault::UnknownToken)) };
                let Some(task) = tasks.into_iter().find(|t| t.id == entry.task) else {
                    return Ok(Err(CodeFault::OtherTask));
                };
                (task, entry)
            }
        };
        if !self.store.space()?.admits_visit() {
            return Err(StoreError::Full { object: "a new visit".to_owned() });
        }
        let enrolment = self.store.enrolment(entry.enrolment)?;
        self.hand_over(visit, &task, entry.admission_photo)?;
        Ok(Ok(Subject { task, entry, enrolment }))
    }

    /// Gives the screen and the workers what they need of the task, before the visit hears of it.
    fn hand_over(&self, visit: u64, task: &Task, photo: Option<PictureHash>) -> Result<(), StoreError> {
        let text = self.store.preset(&task.preset)?;
        let preset = text.as_deref().map(Preset::parse);
        let preset = match preset {
            Some(Ok(preset)) => preset,
            other => {
                // The server checks presets before it sends them; without one nothing could be judged.
                let reason = other.map_or_else(
                    || "it is not here".to_owned(),
                    |r| r.err().map_or_else(String::new, |e| e.to_string()),
                );
                return Err(StoreError::Row { object: format!("the preset {}", task.preset), reason });
            }
        };
        let admission = match photo {
            Some(hash) => self.store.picture(hash)?.map(|p| p.bytes),
            None => None,
        };
        let (task, preset) = (Box::new(task.clone()), Arc::new(preset));
        self.post.event(Event::Subject { visit, task, preset, admission });
        Ok(())
    }

    fn check_birth(&self, enrolment: EnrolmentId, typed: &str) -> Result<(), u32> {
        match self.try_birth(enrolment, typed) {
            Ok(answer) => answer,
            Err(error) => {
                tracing::error!(%error, "the second factor could not be checked");
                Err(0)
            }
        }
    }

    fn try_birth(&self, enrolment: EnrolmentId, typed: &str) -> Result<Result<(), u32>, StoreError> {
        let Some(entry) = self.store.roster_by_enrolment(enrolment)? else { return Ok(Err(0)) };
        let Some(task) = self.store.task(&entry.task)? else { return Ok(Err(0)) };
        if quota::second_factor_left(&self.store.enrolment(enrolment)?) == 0 {
            return Ok(Err(0));
        }
        let right = task.key().is_ok_and(|key| key.birth_month_day(typed) == entry.matching.birth_month_day);
        self.append(&task.id, enrolment, None, Kind::SecondFactorTried { right })?;
        if right {
            return Ok(Ok(()));
        }
        Ok(Err(quota::second_factor_left(&self.store.enrolment(enrolment)?)))
    }

    fn append(
        &self,
        task: &TaskId,
        enrolment: EnrolmentId,
        about: Option<EntryId>,
        kind: Kind,
    ) -> Result<Entry, StoreError> {
        self.append_with(task, enrolment, about, kind, &[])
    }

    fn append_with(
        &self,
        task: &TaskId,
        enrolment: EnrolmentId,
        about: Option<EntryId>,
        kind: Kind,
        pictures: &[PictureIn<'_>],
    ) -> Result<Entry, StoreError> {
        let task_version = self.store.task(task)?.map_or(0, |t| t.version);
        let draft = EntryDraft { about, enrolment, task: task.clone(), task_version, kind };
        let entry = self.store.append(draft, pictures)?;
        self.link.nudge();
        Ok(entry)
    }

    /// Keeps what happened where no answer is waited for.
    fn record(&mut self, effect: Effect) {
        let done = match effect {
            Effect::RecordConsent { enrolment, task, service, comparison, ctid } => {
                self.notice_version(&task).and_then(|notice_version| {
                    let kind = Kind::Consented { notice_version, service, comparison, ctid };
                    self.append(&task, enrolment, None, kind)
                })
            }
            Effect::RecordOverride { enrolment, task, staff, reason, checks } => {
                self.append(&task, enrolment, None, Kind::Overridden { staff, reason, checks })
            }
            Effect::RecordComparisonFailed { enrolment, task, score_tenths } => {
                self.append(&task, enrolment, None, Kind::ComparisonFailed { score_tenths })
            }
            Effect::RecordProduced { enrolment, task, day, comparison } => {
                let entry = self.append(&task, enrolment, None, Kind::Produced { day, comparison });
                if let Ok(entry) = &entry {
                    self.produced.insert(enrolment, entry.id);
                }
                entry
            }
            // Everything else is not kept.
            _ => return,
        };
        if let Err(error) = done {
            // The submission that follows fails on the same store, and says so on the screen.
            tracing::error!(%error, "what happened could not be kept");
        }
    }

    fn notice_version(&self, task: &TaskId) -> Result<u32, StoreError> {
        Ok(self.store.task(task)?.map_or(0, |t| t.notice_version))
    }

    fn submit(&mut self, effect: Effect, photos: Option<Photos>) {
        let Effect::Submit { ticket, enrolment, task, comparison, score_tenths, .. } = effect else { return };
        let Some((portrait, original)) = photos else {
            // The visit held both a moment ago; without them there is nothing to hand in.
            let code = "visit.frame_gone".to_owned();
            return self.reply(ticket, Reply::Stored(StoreOutcome::Failed { code }));
        };
        if !self.store.enrolment(enrolment).is_ok_and(|e| e.consent.is_some_and(|c| c.service)) {
            tracing::error!("a submission without recorded consent was not kept");
            let code = "store.failed".to_owned();
            return self.reply(ticket, Reply::Stored(StoreOutcome::Failed { code }));
        }
        let kept = self.preset_hash(&task).and_then(|preset| {
            let kind = Kind::Submitted {
                portrait: PictureHash::of(&portrait),
                original: PictureHash::of(&original),
                preset,
                comparison,
                score_tenths,
            };
            let pictures = [
                PictureIn { bytes: &portrait, role: PictureRole::Portrait },
                PictureIn { bytes: &original, role: PictureRole::Original },
            ];
            let about = self.produced.get(&enrolment).copied();
            self.append_with(&task, enrolment, about, kind, &pictures)
        });
        let outcome = match kept {
            Ok(entry) => {
                self.produced.remove(&enrolment);
                StoreOutcome::Stored(self.receipt(&entry))
            }
            Err(error) => {
                tracing::error!(%error, "a submission could not be kept");
                StoreOutcome::Failed { code: error.code().to_owned() }
            }
        };
        self.reply(ticket, Reply::Stored(outcome));
    }

    fn preset_hash(&self, task: &TaskId) -> Result<String, StoreError> {
        let Some(task) = self.store.task(task)? else { return Ok(String::new()) };
        let text = self.store.preset(&task.preset)?;
        Ok(text.and_then(|t| Preset::parse(&t).ok()).map(|p| p.hash).unwrap_or_default())
    }

    fn receipt(&self, entry: &Entry) -> Receipt {
        let device = entry.device.as_str();
        let short = device.strip_prefix("kiosk-").unwrap_or(device).to_uppercase();
        let number = format!("{short}-{:04}", entry.sequence);
        let page = self.page.as_ref().map(|base| format!("{}/{}", base.trim_end_matches('/'), entry.id));
        Receipt { number, page: page.unwrap_or_default(), uploaded: false }
    }

    fn cards(&self, enrolment: EnrolmentId) -> Vec<TaskCard> {
        match self.card(enrolment) {
            Ok(card) => card.into_iter().collect(),
            Err(error) => {
                tracing::error!(%error, "the tasks could not be read");
                Vec::new()
            }
        }
    }

    fn card(&self, id: EnrolmentId) -> Result<Option<TaskCard>, StoreError> {
        let Some(entry) = self.store.roster_by_enrolment(id)? else { return Ok(None) };
        let Some(task) = self.store.task(&entry.task)? else { return Ok(None) };
        let Some(identity) = self.store.identity()? else { return Ok(None) };
        let enrolment = self.store.enrolment(id)?;
        let durable = Durable::Kiosk { device: &identity.device, sequence: self.store.durable_sequence()? };
        let reason = enrolment.candidate().and_then(|c| match &c.review {
            collection::Review::Rejected { reason } => Some(reason.clone()),
            _ => None,
        });
        Ok(Some(TaskCard {
            state: enrolment.photo_state(durable).code().to_owned(),
            reason,
            tries_left: quota::resubmissions_left(&enrolment, &task),
            fresh: self.link.is_online(),
            task: task.name,
            school: task.school,
        }))
    }
}
