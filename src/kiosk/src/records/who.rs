//! Whose code or number is it? What the screen and the workers need of the student goes to them before the visit hears of it.

use super::RecordsWorker;
use crate::inbox::{Admission, Event};
use crate::lookup;
use crate::preview::fitted;
use collection::payload::CodeFault;
use collection::{EnrolmentId, Found, PictureHash, RosterEntry, Task, TaskId};
use standard::Preset;
use std::sync::Arc;
use store::StoreError;
use visit::{CodeOutcome, FoundOutcome, IdentifiedBy, Subject};
use zeroize::Zeroizing;

impl RecordsWorker {
    pub(super) fn whose(&self, visit: u64, payload: &[u8]) -> CodeOutcome {
        match self.look_up(visit, payload) {
            Ok(Ok(subject)) => CodeOutcome::Matched(Box::new(subject)),
            Ok(Err(fault)) if fault.offers_typing() => CodeOutcome::Unknown(fault.code()),
            Ok(Err(fault)) => CodeOutcome::Refused { code: fault.code().to_owned(), args: fault.args() },
            Err(error) => {
                tracing::error!(%error, "a code could not be looked up");
                CodeOutcome::Refused { code: error.code().to_owned(), args: Vec::new() }
            }
        }
    }

    /// A student for whom staff vouches.
    pub(super) fn vouched(&self, visit: u64, enrolment: EnrolmentId) -> CodeOutcome {
        let found = self.store.roster_by_enrolment(enrolment).and_then(|entry| {
            let Some(entry) = entry else { return Ok(None) };
            let Some(task) = self.store.task(&entry.task)? else { return Ok(None) };
            self.subject(visit, task, entry, IdentifiedBy::Staff).map(Some)
        });
        match found {
            Ok(Some(subject)) => CodeOutcome::Matched(Box::new(subject)),
            Ok(None) => CodeOutcome::Refused { code: "staff.nobody".to_owned(), args: Vec::new() },
            Err(error) => {
                tracing::error!(%error, "a student could not be fetched");
                CodeOutcome::Refused { code: error.code().to_owned(), args: Vec::new() }
            }
        }
    }

    /// The student whom the typed numbers mean, if they mean one.
    pub(super) fn find(&self, visit: u64, typed: &[String], task: Option<&TaskId>) -> FoundOutcome {
        let nobody = |code: &str| FoundOutcome::Nobody { code: code.to_owned(), args: Vec::new() };
        let found = lookup::typed(&self.store, typed, task).and_then(|found| match found {
            Found::One(entry) => {
                let Some(task) = self.store.task(&entry.task)? else { return Ok(nobody("entry.nobody")) };
                let subject = self.subject(visit, task, *entry, IdentifiedBy::Number)?;
                Ok(FoundOutcome::One(Box::new(subject)))
            }
            Found::Ambiguous(collection::More::Teacher) => Ok(nobody(collection::More::Teacher.code())),
            Found::Ambiguous(more) => Ok(FoundOutcome::More { code: more.code().to_owned() }),
            Found::None => Ok(nobody("entry.nobody")),
        });
        found.unwrap_or_else(|error| {
            tracing::error!(%error, "a number could not be looked up");
            nobody(error.code())
        })
    }

    fn look_up(&self, visit: u64, payload: &[u8]) -> Result<Result<Subject, CodeFault>, StoreError> {
        let now = jiff::Timestamp::now();
        let found = match lookup::whose(&self.store, &self.context.decoders, payload, now)? {
            Ok(found) => found,
            Err(fault) => return Ok(Err(fault)),
        };
        let identified_by = if found.bound { IdentifiedBy::BoundCode } else { IdentifiedBy::Code };
        self.subject(visit, found.task, found.entry, identified_by).map(Ok)
    }

    pub(super) fn subject(
        &self,
        visit: u64,
        task: Task,
        entry: RosterEntry,
        identified_by: IdentifiedBy,
    ) -> Result<Subject, StoreError> {
        if !self.store.space()?.admits_visit() {
            return Err(StoreError::Full { object: "a new visit".to_owned() });
        }
        let enrolment = self.store.enrolment(entry.enrolment)?;
        self.hand_over(visit, &task, entry.admission_photo)?;
        Ok(Subject { task, entry, enrolment, identified_by })
    }

    /// Gives the screen and the workers what they need of the task.
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
            Some(hash) => self.store.picture(hash)?.map(|picture| admission(picture.bytes)),
            None => None,
        };
        let (task, preset) = (Box::new(task.clone()), Arc::new(preset));
        self.post.event(Event::Subject { visit, task, preset, admission });
        Ok(())
    }
}

/// Decoded and scaled here, so that the screen's thread only shows it.
fn admission(bytes: Zeroizing<Vec<u8>>) -> Admission {
    let shown = portrait::decode(&bytes).ok().and_then(|picture| fitted(&picture, ui::size::BESIDE));
    if shown.is_none() {
        tracing::warn!("an admission photo cannot be shown");
    }
    Admission { bytes, shown }
}
