//! The records thread: looks up whose code it is, keeps what happened, and answers. It is the only caller of the store's door.

mod draft;
mod keep;
mod panel;
mod personal;
mod student;
mod who;

use crate::decoder::Decoders;
use crate::inbox::Post;
use crate::link::Link;
use crate::pins::Pins;
use crate::vault::Vault;
use collection::{EnrolmentId, Entry, EntryId, Kind, TaskId};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Sender, channel};
use store::{EntryDraft, PictureIn, Store, StoreError};
use visit::{
    BindOutcome, CodeOutcome, Effect, EnteredOutcome, FoundOutcome, Input, KeptOutcome, PayOutcome, Reply,
    StoreOutcome, Ticket,
};
use zeroize::Zeroizing;

/// The finished portrait and the original, overwritten once they are kept.
pub type Photos = (Zeroizing<Vec<u8>>, Zeroizing<Vec<u8>>);

/// An effect that needs the store.
pub struct Ask {
    /// The effect.
    pub effect: Effect,
    /// The school's day.
    pub day: Date,
    /// The finished portrait and the original, for a production and a submission.
    pub photos: Option<Photos>,
}

/// What the worker works with besides the store.
pub struct RecordsContext {
    /// The collector's decoders.
    pub decoders: Decoders,
    /// The server.
    pub link: Link,
    /// Address of the students' pages.
    pub pages: Option<String>,
    /// Where a portrait from an earlier visit is laid.
    pub vault: Vault,
    /// The school's time zone.
    pub zone: TimeZone,
}

/// Starts the records thread; it ends when the sender is dropped.
///
/// # Errors
/// When the thread cannot be started.
pub fn spawn(store: Store, context: RecordsContext, post: Post) -> std::io::Result<Sender<Ask>> {
    let (tx, rx) = channel::<Ask>();
    let mut worker = RecordsWorker { store, context, post, pins: Pins::default(), produced: HashMap::new() };
    std::thread::Builder::new().name("records".into()).spawn(move || {
        while let Ok(ask) = rx.recv() {
            let failed = failure(&ask.effect);
            if catch_unwind(AssertUnwindSafe(|| worker.work(ask))).is_err() {
                tracing::error!("a record panicked");
                if let Some((ticket, reply)) = failed {
                    worker.reply(ticket, reply);
                }
            }
        }
    })?;
    Ok(tx)
}

/// What an asker is told when the worker broke off: nothing happened, and nobody waits for ever.
fn failure(effect: &Effect) -> Option<(Ticket, Reply)> {
    let code = || "store.failed".to_owned();
    Some(match effect {
        Effect::Match(ticket, _) | Effect::Meet(ticket, _) => {
            (*ticket, Reply::Code(CodeOutcome::Refused { code: code(), args: Vec::new() }))
        }
        Effect::LoadSchools(ticket) => (*ticket, Reply::Schools(Vec::new())),
        Effect::LoadTask(ticket, _) => (*ticket, Reply::Task(None)),
        Effect::KeepManualEntry { ticket, .. } => {
            (*ticket, Reply::Entered(EnteredOutcome::Failed { code: code() }))
        }
        Effect::Find { ticket, .. } => {
            (*ticket, Reply::Found(FoundOutcome::Nobody { code: code(), args: Vec::new() }))
        }
        Effect::CheckBirth(ticket, ..) => (*ticket, Reply::Birth(Err(0))),
        Effect::BindCode { ticket, .. } => (*ticket, Reply::Bound(BindOutcome::Failed)),
        Effect::LoadDraft(ticket, _) => (*ticket, Reply::Draft(None)),
        Effect::CheckPin(ticket, _) => (*ticket, Reply::Pin(visit::PinOutcome::Wrong)),
        Effect::LoadTasks(ticket, _) => (*ticket, Reply::Tasks(Vec::new())),
        Effect::Unbind { ticket, .. } => (*ticket, Reply::Unbound(false)),
        Effect::OpenOrder(ticket, ..) | Effect::RedeemVoucher { ticket, .. } => {
            (*ticket, Reply::Paid(PayOutcome::NotConnected))
        }
        Effect::GrantProduction { ticket, .. }
        | Effect::UnlockSecondFactor { ticket, .. }
        | Effect::KeepAddress { ticket, .. }
        | Effect::ConfirmClock(ticket, _) => (*ticket, Reply::Kept(KeptOutcome::Failed)),
        Effect::FindStudent(ticket, _) | Effect::LoadStudent(ticket, _) => (*ticket, Reply::Student(None)),
        Effect::LoadRows(ticket, _) => (*ticket, Reply::Rows(Vec::new())),
        Effect::Submit { ticket, .. } => (*ticket, Reply::Stored(StoreOutcome::Failed { code: code() })),
        // The board and the evening's question are asked again by themselves; a made-up answer would be worse than none.
        _ => return None,
    })
}

struct RecordsWorker {
    store: Store,
    context: RecordsContext,
    post: Post,
    pins: Pins,
    /// The newest `Produced` entry of each enrolment in hand: what a submission is about.
    produced: HashMap<EnrolmentId, EntryId>,
}

impl RecordsWorker {
    fn work(&mut self, ask: Ask) {
        let reply = match ask.effect {
            Effect::Match(ticket, payload) => (ticket, Reply::Code(self.whose(ticket.visit, &payload))),
            Effect::Meet(ticket, enrolment) => (ticket, Reply::Code(self.vouched(ticket.visit, enrolment))),
            Effect::LoadSchools(ticket) => (ticket, Reply::Schools(self.schools())),
            Effect::LoadTask(ticket, task) => (ticket, Reply::Task(self.whole_task(&task))),
            Effect::Find { ticket, typed, task } => {
                (ticket, Reply::Found(self.find(ticket.visit, &typed, task.as_ref())))
            }
            Effect::KeepManualEntry { ticket, task, person } => {
                (ticket, Reply::Entered(self.enter_by_hand(ticket.visit, &task, &person, ask.day)))
            }
            Effect::KeepAddress { ticket, enrolment, task, address } => {
                (ticket, Reply::Kept(self.keep_address(enrolment, &task, &address)))
            }
            Effect::CheckBirth(ticket, enrolment, typed) => {
                (ticket, Reply::Birth(self.check_birth(enrolment, &typed)))
            }
            Effect::BindCode { ticket, enrolment, task, payload } => {
                (ticket, Reply::Bound(self.bind(enrolment, &task, &payload)))
            }
            Effect::LoadDraft(ticket, enrolment) => (ticket, Reply::Draft(self.draft(enrolment))),
            Effect::CheckPin(ticket, pin) => (ticket, Reply::Pin(self.pins.check(&self.store, &pin))),
            Effect::LoadTasks(ticket, enrolment) => (ticket, Reply::Tasks(self.cards(enrolment, ask.day))),
            Effect::Unbind { ticket, enrolment, task } => {
                (ticket, Reply::Unbound(self.unbind(enrolment, &task)))
            }
            // No adapter is connected here.
            Effect::OpenOrder(ticket, ..) | Effect::RedeemVoucher { ticket, .. } => {
                (ticket, Reply::Paid(PayOutcome::NotConnected))
            }
            Effect::GrantProduction { ticket, enrolment, task, staff, day } => {
                (ticket, self.act(&task, enrolment, None, Kind::ProductionGranted { staff, day }))
            }
            Effect::UnlockSecondFactor { ticket, enrolment, task, staff } => {
                (ticket, self.unlock(enrolment, &task, staff))
            }
            Effect::ConfirmClock(ticket, staff) => (ticket, self.confirm_clock(staff)),
            Effect::LoadBoard(ticket) => match self.board(ask.day) {
                Some(board) => (ticket, Reply::Board(Box::new(board))),
                None => return,
            },
            Effect::LoadRows(ticket, list) => (ticket, Reply::Rows(self.rows(list))),
            Effect::FindStudent(ticket, typed) => {
                (ticket, Reply::Student(self.find_student(&typed, ask.day)))
            }
            Effect::LoadStudent(ticket, id) => (ticket, Reply::Student(self.dossier(id, ask.day))),
            Effect::CheckDay(ticket) => match self.day_end(ask.day) {
                Some(day) => (ticket, Reply::DayEnd(day)),
                None => return,
            },
            effect @ Effect::Submit { .. } => return self.submit(effect, ask.photos),
            effect @ Effect::RecordProduced { .. } => return self.produced(effect, ask.photos.as_ref()),
            effect => return self.record(effect),
        };
        self.reply(reply.0, reply.1);
    }

    fn reply(&self, ticket: Ticket, reply: Reply) {
        self.post.input(Input::Reply(ticket, reply));
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
        self.context.link.nudge();
        Ok(entry)
    }

    /// Keeps an act of staff and says whether it was kept.
    fn act(&self, task: &TaskId, enrolment: EnrolmentId, about: Option<EntryId>, kind: Kind) -> Reply {
        Reply::Kept(match self.append(task, enrolment, about, kind) {
            Ok(_) => KeptOutcome::Kept,
            Err(error) => {
                tracing::error!(%error, "an act of staff could not be kept");
                KeptOutcome::Failed
            }
        })
    }
}
