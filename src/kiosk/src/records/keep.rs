//! What happened, kept: entries where no answer is waited for, and the submission, which says 提交成功 only when it is durable.

use super::{Photos, RecordsWorker};
use collection::{Disowned, EnrolmentId, Entry, EntryId, Kind, PictureHash, StaffId, TaskId};
use sentences::{Code, codes};
use standard::Preset;
use store::{PictureIn, PictureRole, StoreError};
use visit::{
    Agreed, EnrolmentRef, JournalEvent, JournalRequest, Receipt, Reply, Sentence, StoreOutcome, Submission,
};

impl RecordsWorker {
    /// Keeps what happened where no answer is waited for.
    pub(super) fn record(&mut self, happened: JournalRequest, photos: Option<&Photos>) {
        let done = match happened {
            JournalRequest::Produced(production) => return self.produced(&production, photos),
            JournalRequest::Happened(of, event) => self.happened(&of, event),
            JournalRequest::Paused(staff, notice) => {
                self.of_this_kiosk(Kind::Paused { staff, reason: notice.code.to_string() })
            }
            JournalRequest::Resumed(staff) => self.of_this_kiosk(Kind::Resumed { staff }),
        };
        if let Err(error) = done {
            // The submission that follows fails on the same store, and says so on the screen.
            tracing::error!(%error, "what happened could not be kept");
        }
    }

    fn happened(&self, of: &EnrolmentRef, event: JournalEvent) -> Result<Entry, StoreError> {
        let (about, kind) = match event {
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
                let made = self.produced.get(&of.enrolment).copied();
                (made.filter(|_| picture != Disowned::Identity), Kind::NotMe { picture })
            }
            JournalEvent::StaffVerified(staff) => (None, Kind::StaffVerified { staff }),
            JournalEvent::PayLater => (None, Kind::PayLater),
        };
        self.append(of, about, kind)
    }

    /// Keeps something about the kiosk itself. An entry names a task; any of this kiosk's will do.
    pub(super) fn of_this_kiosk(&self, kind: Kind) -> Result<Entry, StoreError> {
        let task = self.store.tasks()?.into_iter().next().map(|t| t.id);
        let task = task.ok_or_else(|| StoreError::Row {
            object: "an entry of the kiosk".to_owned(),
            reason: "no task is here yet".to_owned(),
        })?;
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

    /// Keeps a portrait that is submitted; 提交成功 only when it is durable.
    pub(super) fn submit(&mut self, submission: &Submission, photos: Option<&Photos>) -> StoreOutcome {
        let failed = |code: Code| StoreOutcome::Failed(Sentence::plain(code));
        // The visit held both a moment ago; without them there is nothing to submit.
        let Some(photos) = photos else { return failed(codes::VISIT_FRAME_GONE) };
        let enrolment = submission.of.enrolment;
        let known = self.store.enrolment(enrolment).ok();
        let replaces = known.as_ref().and_then(|e| e.candidate()).map(|c| c.id);
        if !known.is_some_and(|e| e.consent.is_some_and(|c| c.service)) {
            tracing::error!("a submission without recorded consent was not kept");
            return failed(codes::STORE_FAILED);
        }
        match self.keep_submission(submission, photos, replaces) {
            Ok(entry) => {
                self.produced.remove(&enrolment);
                StoreOutcome::Stored(self.receipt(&entry))
            }
            Err(error) => {
                tracing::error!(%error, "a submission could not be kept");
                failed(error.code())
            }
        }
    }

    fn keep_submission(
        &self,
        submission: &Submission,
        (portrait, original): &Photos,
        replaces: Option<EntryId>,
    ) -> Result<Entry, StoreError> {
        let kind = Kind::Submitted {
            portrait: PictureHash::of(portrait),
            original: PictureHash::of(original),
            preset: self.preset_hash(&submission.of.task)?,
            comparison: submission.comparison,
            score_tenths: submission.score_tenths,
            replaces,
        };
        let pictures = [
            PictureIn { bytes: portrait, role: PictureRole::Portrait },
            PictureIn { bytes: original, role: PictureRole::Original },
        ];
        let about = self.produced.get(&submission.of.enrolment).copied();
        self.append_with(&submission.of, about, kind, &pictures)
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
