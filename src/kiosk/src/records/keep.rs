//! What happened, kept: entries where no answer is waited for, and the submission, which says 提交成功 only when it is durable.

use super::{Photos, RecordsWorker};
use collection::{Disowned, EnrolmentId, Entry, Kind, PictureHash, StaffId, TaskId};
use standard::Preset;
use store::{PictureIn, PictureRole, StoreError};
use visit::{Effect, Receipt, Reply, StoreOutcome};

impl RecordsWorker {
    /// Keeps what happened where no answer is waited for.
    pub(super) fn record(&self, effect: Effect) {
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
            Effect::RecordNotMe { enrolment, task, what } => {
                // At E it is said of the portrait that was just made, whichever of the two pictures is the wrong one.
                let made = self.produced.get(&enrolment).copied().filter(|_| what != Disowned::Identity);
                self.append(&task, enrolment, made, Kind::NotMe { picture: what })
            }
            Effect::RecordStaffVerified { enrolment, task, staff } => {
                self.append(&task, enrolment, None, Kind::StaffVerified { staff })
            }
            Effect::RecordPayLater { enrolment, task } => self.append(&task, enrolment, None, Kind::PayLater),
            Effect::SetPause(staff, notice) => self.of_this_kiosk(match notice {
                Some(notice) => Kind::Paused { staff, reason: notice.code },
                None => Kind::Resumed { staff },
            }),
            // Everything else is not kept.
            _ => return,
        };
        if let Err(error) = done {
            // The submission that follows fails on the same store, and says so on the screen.
            tracing::error!(%error, "what happened could not be kept");
        }
    }

    /// Keeps something about the kiosk itself. An entry names a task; any of this kiosk's will do.
    pub(super) fn of_this_kiosk(&self, kind: Kind) -> Result<Entry, StoreError> {
        let task = self.store.tasks()?.into_iter().next().map(|t| t.id);
        let task = task.ok_or_else(|| StoreError::Row {
            object: "an entry of the kiosk".to_owned(),
            reason: "no task is here yet".to_owned(),
        })?;
        self.append(&task, EnrolmentId::DEVICE, None, kind)
    }

    /// Opens the second factor again: about the newest try.
    pub(super) fn unlock(&self, enrolment: EnrolmentId, task: &TaskId, staff: StaffId) -> Reply {
        let newest = self.store.enrolment(enrolment).ok().and_then(|e| e.last_try);
        self.act(task, enrolment, newest, Kind::SecondFactorUnlocked { staff })
    }

    fn notice_version(&self, task: &TaskId) -> Result<u32, StoreError> {
        Ok(self.store.task(task)?.map_or(0, |t| t.notice_version))
    }

    pub(super) fn submit(&mut self, effect: Effect, photos: Option<Photos>) {
        let Effect::Submit { ticket, enrolment, task, comparison, score_tenths, .. } = effect else { return };
        let Some((portrait, original)) = photos else {
            // The visit held both a moment ago; without them there is nothing to hand in.
            let code = "visit.frame_gone".to_owned();
            return self.reply(ticket, Reply::Stored(StoreOutcome::Failed { code }));
        };
        let known = self.store.enrolment(enrolment).ok();
        let replaces = known.as_ref().and_then(|e| e.candidate()).map(|c| c.id);
        if !known.is_some_and(|e| e.consent.is_some_and(|c| c.service)) {
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
                replaces,
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
        let page =
            self.context.pages.as_ref().map(|base| format!("{}/{}", base.trim_end_matches('/'), entry.id));
        Receipt { number, page: page.unwrap_or_default(), uploaded: false }
    }
}
