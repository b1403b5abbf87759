//! Whose code or number is it? The answer carries all that the visit needs: the task, its standard, and the admission photo.

use super::RecordsWorker;
use crate::lookup;
use crate::preview::fitted;
use crate::vault::Admission;
use collection::payload::CodeFault;
use collection::{EnrolmentId, Found, RosterEntry, Task, TaskId};
use sentences::{Code, codes};
use standard::Preset;
use std::sync::Arc;
use store::{RowFault, StoreError};
use visit::{CodeOutcome, FoundOutcome, FrameId, IdentifiedBy, Sentence, Subject, Typed};

impl RecordsWorker {
    pub(super) fn whose(&self, payload: &[u8]) -> CodeOutcome {
        match self.look_up(payload) {
            Ok(Ok(subject)) => CodeOutcome::Matched(Box::new(subject)),
            Ok(Err(fault)) => {
                let sentence = Sentence { code: fault.code(), args: fault.args() };
                if fault.offers_typing() {
                    CodeOutcome::Unknown(Sentence::plain(fault.code()))
                } else {
                    CodeOutcome::Refused(sentence)
                }
            }
            Err(error) => {
                tracing::error!(%error, "a code could not be looked up");
                CodeOutcome::Refused(Sentence::plain(error.code()))
            }
        }
    }

    /// A student for whom staff vouches.
    pub(super) fn vouched(&self, enrolment: EnrolmentId) -> CodeOutcome {
        let found = self.store.roster_by_enrolment(enrolment).and_then(|entry| {
            let Some(entry) = entry else { return Ok(None) };
            let Some(task) = self.store.task(&entry.task)? else { return Ok(None) };
            self.subject(task, entry, IdentifiedBy::Staff).map(Some)
        });
        match found {
            Ok(Some(subject)) => CodeOutcome::Matched(Box::new(subject)),
            Ok(None) => CodeOutcome::Refused(Sentence::plain(codes::STAFF_NOBODY)),
            Err(error) => {
                tracing::error!(%error, "a student could not be fetched");
                CodeOutcome::Refused(Sentence::plain(error.code()))
            }
        }
    }

    /// The student whom the typed numbers mean, if they mean one.
    pub(super) fn find(&self, typed: &[Typed], task: Option<&TaskId>) -> FoundOutcome {
        let nobody = |code: Code| FoundOutcome::Nobody(Sentence::plain(code));
        let found = lookup::typed(&self.store, typed, task).and_then(|found| match found {
            Found::One(entry) => {
                let Some(task) = self.store.task(&entry.task)? else {
                    return Ok(nobody(codes::ENTRY_NOBODY));
                };
                let subject = self.subject(task, *entry, IdentifiedBy::Number)?;
                Ok(FoundOutcome::One(Box::new(subject)))
            }
            Found::Ambiguous(collection::More::Teacher) => Ok(nobody(collection::More::Teacher.code())),
            Found::Ambiguous(more) => Ok(FoundOutcome::More(Sentence::plain(more.code()))),
            Found::None => Ok(nobody(codes::ENTRY_NOBODY)),
        });
        found.unwrap_or_else(|error| {
            tracing::error!(%error, "a number could not be looked up");
            nobody(error.code())
        })
    }

    fn look_up(&self, payload: &[u8]) -> Result<Result<Subject, CodeFault>, StoreError> {
        let now = jiff::Timestamp::now();
        let found = match lookup::whose(&self.store, &self.context.decoders, payload, now)? {
            Ok(found) => found,
            Err(fault) => return Ok(Err(fault)),
        };
        let identified_by = if found.bound { IdentifiedBy::BoundCode } else { IdentifiedBy::Code };
        self.subject(found.task, found.entry, identified_by).map(Ok)
    }

    pub(super) fn subject(
        &self,
        task: Task,
        entry: RosterEntry,
        identified_by: IdentifiedBy,
    ) -> Result<Subject, StoreError> {
        if !self.store.space()?.admits_visit() {
            return Err(StoreError::Full { object: "a new visit".to_owned() });
        }
        let enrolment = self.store.enrolment(entry.enrolment)?;
        let preset = self.preset(&task)?;
        let admission_photo = self.admission_photo(&entry)?;
        Ok(Subject { task, preset, entry, enrolment, identified_by, admission_photo })
    }

    /// The task's standard. The server checks presets before it sends them; without one nothing could be judged.
    fn preset(&self, task: &Task) -> Result<Arc<Preset>, StoreError> {
        let object = || format!("the preset {}", task.preset);
        let text =
            self.store.preset(&task.preset)?.ok_or_else(|| StoreError::Missing { object: object() })?;
        // Why it does not parse quotes the text; the server, which checks presets, says it where the file is edited.
        let unusable = |_| StoreError::Row { object: object(), fault: RowFault::Text };
        Preset::parse(&text).map(Arc::new).map_err(unusable)
    }

    /// The school's photo, laid into the vault: decoded and scaled here, so that the screen's thread only shows it.
    fn admission_photo(&self, entry: &RosterEntry) -> Result<Option<FrameId>, StoreError> {
        let Some(hash) = entry.admission_photo else { return Ok(None) };
        let Some(picture) = self.store.picture(hash)? else { return Ok(None) };
        let decoded = portrait::decode(&picture.bytes).ok();
        let shown = decoded.and_then(|picture| fitted(&picture, ui::size::REFERENCE));
        if shown.is_none() {
            tracing::warn!("an admission photo cannot be shown");
        }
        let admission = Admission { file: picture.bytes.to_vec(), shown };
        Ok(Some(self.context.vault.put_admission(admission)))
    }
}
