//! Whose code is this, and whose number? The roster's and the journal's answers out of the store.
//!
//! The rules are `collection`'s; here is only where they find what they ask for. Nothing is written: binding a code is said as a
//! [`Binding`], the caller appends the entry.

use crate::decoder::Decoders;
use collection::payload::{self, CodeFault, Failure, Match, Payload, RosterLookup};
use collection::{
    Asked, Binding, EnrolmentId, Found, MatchingKey, RosterEntry, Task, TaskId, TokenHash, UniqueNumber,
    binding, search,
};
use store::{MatchBy, Store, StoreError};

/// Whose a code is, by the decoders that the tasks list; see [`collection::payload`].
///
/// # Errors
/// When the store cannot be read.
pub fn whose(
    store: &Store,
    decoders: &Decoders,
    bytes: &[u8],
    now: jiff::Timestamp,
) -> Result<Result<Match, CodeFault>, StoreError> {
    payload::resolve(bytes, &store.tasks()?, now, &mut StoreLookup { store, decoders })
}

/// The kiosk as a code's reading sees it.
struct StoreLookup<'a> {
    store: &'a Store,
    decoders: &'a Decoders,
}

impl RosterLookup for StoreLookup<'_> {
    type Error = StoreError;

    fn decode(&mut self, decoder: &str, payload: &[u8]) -> Result<Vec<u8>, Failure> {
        self.decoders.run(decoder, payload)
    }

    fn student(&mut self, task: &TaskId, number: &UniqueNumber) -> Result<Option<RosterEntry>, StoreError> {
        self.store.roster_by_unique(task, number)
    }

    fn holders(&mut self, task: &TaskId, token: &TokenHash) -> Result<Vec<EnrolmentId>, StoreError> {
        self.store.enrolments_by_token(task, token)
    }

    fn enrolled(&mut self, enrolment: EnrolmentId) -> Result<Option<RosterEntry>, StoreError> {
        self.store.roster_by_enrolment(enrolment)
    }

    fn has_submitted(&mut self, enrolment: EnrolmentId) -> Result<bool, StoreError> {
        Ok(self.store.standing(enrolment)?.is_some_and(|standing| standing.submissions > 0))
    }
}

/// Searches the roster of this task, or of all tasks of this kiosk, for the student whom every typed text means, see
/// [`collection::search`].
///
/// # Errors
/// When the store cannot be read.
pub fn typed(store: &Store, typed: &[impl AsRef<str>], only: Option<&TaskId>) -> Result<Found, StoreError> {
    let Some(first) = typed.first() else { return Ok(Found::None) };
    let mut candidates: Vec<(MatchingKey, RosterEntry)> = Vec::new();
    for task in store.tasks()?.into_iter().filter(|t| only.is_none_or(|id| *id == t.id)) {
        // A task whose key is unreadable has a roster that nobody can be found on.
        let Ok(key) = task.key() else { continue };
        let Some(asked) = Asked::of(&key, first.as_ref()) else { continue };
        let mut found = store.roster_matching(&task.id, MatchBy::StudentNumber(&asked.student_number))?;
        if let Some(last6) = &asked.number_last6 {
            found.extend(store.roster_matching(&task.id, MatchBy::NumberLast6(last6))?);
        }
        candidates.extend(found.into_iter().map(|entry| (key.clone(), entry)));
    }
    Ok(search(candidates.iter().map(|(key, entry)| (key, entry)), typed))
}

/// What it means that this student, with the second factor passed, came with this code: the hash to append as
/// `TokenBound` unless [`Binding::Again`]. `None` when the task has no readable key.
///
/// # Errors
/// When the store cannot be read.
pub fn bind(
    store: &Store,
    task: &Task,
    enrolment: EnrolmentId,
    payload: &[u8],
) -> Result<Option<(TokenHash, Binding)>, StoreError> {
    let Ok(key) = task.key() else { return Ok(None) };
    let token = key.token(Payload::new(payload));
    let holders = store.enrolments_by_token(&task.id, &token)?;
    Ok(Some((token, binding(enrolment, holders))))
}

#[cfg(test)]
mod tests;
