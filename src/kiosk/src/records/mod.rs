//! The records thread: looks up whose code it is, keeps what happened, and answers. It is the only caller of the store's door.

mod draft;
mod in_hand;
mod keep;
mod panel;
mod personal;
mod student;
mod who;

#[cfg(test)]
mod tests;

use self::in_hand::InHand;
use crate::decoder::Decoders;
use crate::inbox::Post;
use crate::link::Link;
use crate::pins::Pins;
use crate::typing::regions;
use crate::vault::Vault;
use collection::{EnrolmentId, Entry, EntryId, Kind};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Sender, channel};
use store::{EntryDraft, PictureIn, Store, StoreError};
use visit::{
    Answered, Asked, EnrolmentRef, Input, JournalRequest, KeptOutcome, PayOutcome, RecordsRequest, Region,
    Reply, StaffRequest,
};
use zeroize::Zeroizing;

/// The finished portrait and the original, overwritten once they are kept.
pub type Photos = (Zeroizing<Vec<u8>>, Zeroizing<Vec<u8>>);

/// What this thread is given to do.
pub enum Job {
    /// A question of a visit; with the finished portrait and the original, for a submission.
    Records(Asked<RecordsRequest>, Option<Photos>),
    /// A question of staff.
    Staff(Asked<StaffRequest>),
    /// Something that happened; with the finished portrait and the original, for a production.
    Journal(JournalRequest, Option<Photos>),
    /// The visit is over: what is remembered of its student is let go of.
    Forget,
}

/// A job on the school's day.
pub struct Ask {
    /// What is to be done.
    pub job: Job,
    /// The school's day.
    pub day: Date,
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
    let mut worker = RecordsWorker { store, context, post, pins: Pins::default(), in_hand: HashMap::new() };
    std::thread::Builder::new().name("records".into()).spawn(move || {
        while let Ok(ask) = rx.recv() {
            worker.work(ask);
        }
    })?;
    Ok(tx)
}

struct RecordsWorker {
    store: Store,
    context: RecordsContext,
    post: Post,
    pins: Pins,
    /// What the submission of each enrolment in hand will rest on. Forgotten with the visit.
    in_hand: HashMap<EnrolmentId, InHand>,
}

impl RecordsWorker {
    fn work(&mut self, ask: Ask) {
        let day = ask.day;
        match ask.job {
            Job::Records(asked, photos) => {
                self.answer(asked, |worker, request| Some(worker.serve(request, day, photos.as_ref())));
            }
            Job::Staff(asked) => self.answer(asked, |worker, request| worker.serve_staff(request, day)),
            Job::Journal(happened, photos) => {
                let kept = catch_unwind(AssertUnwindSafe(|| self.record(happened, photos.as_ref())));
                if kept.is_err() {
                    tracing::error!("a record panicked");
                }
            }
            Job::Forget => self.in_hand.clear(),
        }
    }

    /// Answers a question. A panic ends the question and not the kiosk: the reply says that nothing happened.
    fn answer<R: Answered>(&mut self, asked: Asked<R>, serve: impl FnOnce(&mut Self, R) -> Option<Reply>) {
        let Asked { ticket, request } = asked;
        let failed = request.failure();
        let reply = catch_unwind(AssertUnwindSafe(|| serve(self, request))).unwrap_or_else(|_| {
            tracing::error!("a question to the records panicked");
            failed
        });
        if let Some(reply) = reply {
            self.post.input(Input::Reply(ticket, reply));
        }
    }

    fn serve(&mut self, request: RecordsRequest, day: Date, photos: Option<&Photos>) -> Reply {
        use RecordsRequest as R;
        match request {
            R::Match(payload) => Reply::Code(self.whose(&payload)),
            R::Meet(enrolment) => Reply::Code(self.vouched(enrolment)),
            R::CheckBirth(enrolment, typed) => Reply::Birth(self.check_birth(enrolment, &typed)),
            R::LoadSchools => Reply::Schools(self.schools()),
            R::LoadTask(task) => Reply::Task(self.whole_task(&task)),
            R::Find { typed, task } => Reply::Found(self.find(&typed, task.as_ref())),
            R::KeepManualEntry { task, person } => {
                Reply::Entered(self.keep_manual_entry(&task, &person, day))
            }
            R::LoadRegions(within) => Reply::Regions(within, regions(within)),
            R::KeepAddress { of, address } => Reply::Kept(self.keep_address(&of, &address)),
            R::BindCode { of, payload } => Reply::Bound(self.bind(&of, &payload)),
            R::LoadDraft(enrolment) => Reply::Draft(self.draft(enrolment)),
            R::LoadTasks(enrolment) => Reply::Tasks(self.cards(enrolment, day)),
            R::Unbind(of) => Reply::Unbound(self.unbind(&of)),
            // No adapter is connected here.
            R::OpenOrder(..) | R::RedeemVoucher(..) => Reply::Paid(PayOutcome::NotConnected),
            R::Submit(submission) => Reply::Stored(self.submit(&submission, day, photos)),
        }
    }

    fn serve_staff(&mut self, request: StaffRequest, day: Date) -> Option<Reply> {
        use StaffRequest as S;
        Some(match request {
            S::CheckPin(pin) => Reply::Pin(self.pins.check(&self.store, &pin)),
            S::GrantProduction { of, staff, day } => {
                self.act(&of, None, Kind::ProductionGranted { staff, day })
            }
            S::UnlockSecondFactor { of, staff } => self.unlock(&of, staff),
            S::LoadBoard => Reply::Board(Box::new(self.board(day)?)),
            S::LoadRows(list) => Reply::Rows(self.rows(list)),
            S::LoadStudent(id) => Reply::Student(self.dossier(id, day)),
            S::FindStudent(typed) => Reply::Student(self.find_student(&typed, day)),
            S::ConfirmClock(staff) => self.confirm_clock(staff),
            S::CheckDay => Reply::DayEnd(self.day_end(day)?),
        })
    }

    fn append(&self, of: &EnrolmentRef, about: Option<EntryId>, kind: Kind) -> Result<Entry, StoreError> {
        self.append_with(of, about, kind, &[])
    }

    fn append_with(
        &self,
        of: &EnrolmentRef,
        about: Option<EntryId>,
        kind: Kind,
        pictures: &[PictureIn<'_>],
    ) -> Result<Entry, StoreError> {
        let entry = self.store.append(self.draft_of(of, about, kind)?, pictures)?;
        self.context.link.nudge();
        Ok(entry)
    }

    /// An entry of this enrolment, decided by the settings of the task as it is now.
    fn draft_of(
        &self,
        of: &EnrolmentRef,
        about: Option<EntryId>,
        kind: Kind,
    ) -> Result<EntryDraft, StoreError> {
        let EnrolmentRef { enrolment, task } = of.clone();
        let task_version = self.store.task(&task)?.map_or(0, |t| t.version);
        Ok(EntryDraft { about, enrolment, task, task_version, kind })
    }

    /// Keeps an act of staff and says whether it was kept.
    fn act(&self, of: &EnrolmentRef, about: Option<EntryId>, kind: Kind) -> Reply {
        Reply::Kept(match self.append(of, about, kind) {
            Ok(_) => KeptOutcome::Kept,
            Err(error) => {
                tracing::error!(%error, "an act of staff could not be kept");
                KeptOutcome::Failed
            }
        })
    }
}

/// The regions within this one, for an address.
fn regions(within: Option<u32>) -> Vec<Region> {
    let named = |r: regions::Region| Region { code: r.code, name: r.name.to_owned() };
    regions::within(within).into_iter().map(named).collect()
}
