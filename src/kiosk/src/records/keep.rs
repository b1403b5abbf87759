//! What happened, kept: entries where no answer is waited for, and the submission, which says 提交成功 only when it is durable
//! together with the production that it is about and with whatever else it rests on.

use super::in_hand::InHand;
use super::{Photos, RecordsWorker};
use collection::{Disowned, EnrolmentId, Entry, EntryId, Kind, PictureHash, StaffId, TaskId};
use jiff::civil::Date;
use sentences::{Code, codes};
use standard::Preset;
use store::{NewEntry, PictureIn, PictureRole, StoreError};
use visit::{
    Agreed, EnrolmentRef, JournalEvent, JournalRequest, Receipt, Reply, Sentence, StoreOutcome, Submission,
};

impl RecordsWorker {
    /// Keeps what happened where no answer is waited for.
    pub(super) fn record(&mut self, happened: JournalRequest, photos: Option<&Photos>) {
        let done = match happened {
            JournalRequest::Produced(production) => return self.produced(&production, photos),
            JournalRequest::Happened(of, event) => return self.happened(&of, event),
            JournalRequest::Paused(staff, notice) => {
                self.of_this_kiosk(Kind::Paused { staff, reason: notice.code.to_string() })
            }
            JournalRequest::Resumed(staff) => self.of_this_kiosk(Kind::Resumed { staff }),
        };
        if let Err(error) = done {
            tracing::error!(%error, "what happened to this kiosk could not be kept");
        }
    }

    fn happened(&mut self, of: &EnrolmentRef, event: JournalEvent) {
        let kept = self.entry_of(of, event.clone()).and_then(|(about, kind)| self.append(of, about, kind));
        let hand = self.in_hand.entry(of.enrolment).or_default();
        match kept {
            Ok(_) => hand.kept(&event),
            Err(error) => {
                tracing::error!(%error, "what happened could not be kept");
                hand.owe(event);
            }
        }
    }

    /// What an event's entry is about, and what it says.
    fn entry_of(
        &self,
        of: &EnrolmentRef,
        event: JournalEvent,
    ) -> Result<(Option<EntryId>, Kind), StoreError> {
        Ok(match event {
            JournalEvent::Consented(Agreed { service, comparison, ctid }) => {
                let notice_version = self.notice_version(&of.task)?;
                (None, Kind::Consented { notice_version, service, comparison, ctid })
            }
            JournalEvent::ComparisonFailed { score_tenths } => {
                (None, Kind::ComparisonFailed { score_tenths })
            }
            JournalEvent::Overridden { staff, reason, checks } => {
                (None, Kind::Overridden { staff, reason: reason.to_string(), checks })
            }
            JournalEvent::NotMe(picture) => {
                // Next to a finished portrait it is said of that portrait, whichever of the two pictures is the wrong one.
                let made = self.in_hand.get(&of.enrolment).and_then(InHand::produced);
                (made.filter(|_| picture != Disowned::Identity), Kind::NotMe { picture })
            }
            JournalEvent::StaffVerified(staff) => (None, Kind::StaffVerified { staff }),
            JournalEvent::PayLater => (None, Kind::PayLater),
        })
    }

    /// Keeps something about the kiosk itself. An entry names a task; any of this kiosk's will do.
    pub(super) fn of_this_kiosk(&self, kind: Kind) -> Result<Entry, StoreError> {
        let task = self.store.tasks()?.into_iter().next().map(|t| t.id);
        let task = task.ok_or_else(|| StoreError::Missing { object: "a task".to_owned() })?;
        self.append(&EnrolmentRef { enrolment: EnrolmentId::DEVICE, task }, None, kind)
    }

    /// Opens the second factor again: about the newest try.
    pub(super) fn unlock(&self, of: &EnrolmentRef, staff: StaffId) -> Reply {
        let newest = self.store.enrolment(of.enrolment).ok().and_then(|e| e.last_try);
        self.act(of, newest, Kind::SecondFactorUnlocked { staff })
    }

    fn notice_version(&self, task: &TaskId) -> Result<u32, StoreError> {
        Ok(self.store.task(task)?.map_or(0, |t| t.notice_version))
    }

    /// Keeps a portrait that is submitted; 提交成功 only when it is durable, together with its production and its consent. On a
    /// failure nothing of it is in the journal, the portrait is still in the vault, and the same submission can be tried again.
    pub(super) fn submit(
        &mut self,
        submission: &Submission,
        day: Date,
        photos: Option<&Photos>,
    ) -> StoreOutcome {
        let failed = |code: Code| StoreOutcome::Failed(Sentence::plain(code));
        // The visit held both a moment ago; without them there is nothing to submit.
        let Some(photos) = photos else { return failed(codes::VISIT_FRAME_GONE) };
        match self.keep_submission(submission, day, photos) {
            Ok(Some(entry)) => {
                self.in_hand.remove(&submission.of.enrolment);
                StoreOutcome::Stored(self.receipt(&entry))
            }
            Ok(None) => {
                tracing::error!("a submission without consent was not kept");
                failed(codes::STORE_FAILED)
            }
            Err(error) => {
                tracing::error!(%error, "a submission could not be kept");
                failed(error.code())
            }
        }
    }

    /// The submission's entry, once it is durable; `None` without consent.
    fn keep_submission(
        &self,
        submission: &Submission,
        day: Date,
        photos: &Photos,
    ) -> Result<Option<Entry>, StoreError> {
        let of = &submission.of;
        let known = self.store.enrolment(of.enrolment)?;
        let (none, both) = (InHand::default(), pictures(photos));
        let hand = self.in_hand.get(&of.enrolment).unwrap_or(&none);
        if !hand.has_agreed(&known) {
            return Ok(None);
        }
        let mut entries = Vec::new();
        for event in &hand.owed {
            let (about, kind) = self.entry_of(of, event.clone())?;
            entries.push(NewEntry::new(self.draft_of(of, about, kind)?, &[]));
        }
        // About another portrait's production, or about none, the submission would count nowhere.
        let newest = hand.production.filter(|newest| newest.portrait == submission.portrait);
        let produced = if let Some(entry) = newest.and_then(|newest| newest.entry) {
            entry
        } else {
            let day = newest.map_or(day, |newest| newest.day);
            let kind = Kind::Produced { day, comparison: submission.comparison };
            let production = NewEntry::new(self.draft_of(of, None, kind)?, &both);
            let id = production.id();
            entries.push(production);
            id
        };
        let replaces = known.candidate().map(|c| c.id);
        let kind = self.submitted(submission, photos, replaces)?;
        entries.push(NewEntry::new(self.draft_of(of, Some(produced), kind)?, &both));
        let submitted = self.store.append_all(entries)?.pop();
        self.context.link.nudge();
        if let Some(earlier) = known.draft.filter(|earlier| *earlier != produced) {
            self.discard(earlier);
        }
        Ok(submitted)
    }

    fn submitted(
        &self,
        submission: &Submission,
        (portrait, original): &Photos,
        replaces: Option<EntryId>,
    ) -> Result<Kind, StoreError> {
        Ok(Kind::Submitted {
            portrait: PictureHash::of(portrait),
            original: PictureHash::of(original),
            preset: self.preset_hash(&submission.of.task)?,
            comparison: submission.comparison,
            score_tenths: submission.score_tenths,
            replaces,
        })
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
        let page =
            self.context.pages.as_ref().map(|base| format!("{}/{}", base.trim_end_matches('/'), entry.id));
        Receipt { number, page: page.unwrap_or_default(), uploaded: false }
    }
}

/// Portrait and original, to be attached.
pub(super) fn pictures((portrait, original): &Photos) -> [PictureIn<'_>; 2] {
    [
        PictureIn { bytes: portrait, role: PictureRole::Portrait },
        PictureIn { bytes: original, role: PictureRole::Original },
    ]
}
