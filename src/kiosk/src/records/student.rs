//! What a student may see and change once the second factor is passed: binding and unbinding a code, and 我的任务.

use super::RecordsWorker;
use crate::lookup;
use collection::rights::{Act, Actor, permits, submission_act};
use collection::{Binding, Durable, EnrolmentId, Kind, Review, is_born_on, quota};
use jiff::civil::Date;
use sentences::Code;
use store::StoreError;
use visit::{BindOutcome, EnrolmentRef, TaskCard};

impl RecordsWorker {
    pub(super) fn check_birth(&self, enrolment: EnrolmentId, typed: &str) -> Result<(), u32> {
        match self.try_birth(enrolment, typed) {
            Ok(answer) => answer,
            Err(error) => {
                tracing::error!(%error, "the second factor could not be checked");
                Err(0)
            }
        }
    }

    fn try_birth(&self, enrolment: EnrolmentId, typed: &str) -> Result<Result<(), u32>, StoreError> {
        let Some(entry) = self.person(enrolment)? else { return Ok(Err(0)) };
        let Some(task) = self.store.task(&entry.task)? else { return Ok(Err(0)) };
        if quota::second_factor_left(&self.store.enrolment(enrolment)?) == 0 {
            return Ok(Err(0));
        }
        let right = task.key().is_ok_and(|key| is_born_on(&key, &entry, typed));
        let of = EnrolmentRef { enrolment, task: task.id };
        self.append(&of, None, Kind::SecondFactorTried { right })?;
        if right {
            return Ok(Ok(()));
        }
        Ok(Err(quota::second_factor_left(&self.store.enrolment(enrolment)?)))
    }

    /// Binds a code that nobody knew. A second claimant's binding is kept all the same: both stand in the journal.
    pub(super) fn bind(&self, of: &EnrolmentRef, payload: &[u8]) -> BindOutcome {
        let bound = self.store.task(&of.task).and_then(|found| {
            let Some(found) = found else { return Ok(BindOutcome::Failed) };
            let Some((token, binding)) = lookup::bind(&self.store, &found, of.enrolment, payload)? else {
                return Ok(BindOutcome::Failed);
            };
            if binding != Binding::Again {
                self.append(of, None, Kind::TokenBound { token })?;
            }
            Ok(match binding {
                Binding::First | Binding::Again => BindOutcome::Bound,
                Binding::Second { .. } => BindOutcome::SecondClaimant,
            })
        });
        bound.unwrap_or_else(|error| {
            tracing::error!(%error, "a code could not be bound");
            BindOutcome::Failed
        })
    }

    /// Ends the bindings, on the strength of this visit's second factor.
    pub(super) fn unbind(&self, of: &EnrolmentRef) -> bool {
        let proof = self.store.entries(of.enrolment).map(|entries| {
            let right = |kind: &Kind| matches!(kind, Kind::SecondFactorTried { right: true });
            entries.iter().rev().find(|e| right(&e.kind)).map(|e| e.id)
        });
        let kept = proof.and_then(|about| {
            let ends = self.store.enrolment(of.enrolment)?.bindings.into_iter().collect();
            self.append(of, about, Kind::Unbound { staff: None, ends })
        });
        if let Err(error) = &kept {
            tracing::error!(%error, "a code could not be unbound");
        }
        kept.is_ok()
    }

    pub(super) fn cards(&self, enrolment: EnrolmentId, day: Date) -> Vec<TaskCard> {
        match self.card(enrolment, day) {
            Ok(card) => card.into_iter().collect(),
            Err(error) => {
                tracing::error!(%error, "the tasks could not be read");
                Vec::new()
            }
        }
    }

    fn card(&self, id: EnrolmentId, day: Date) -> Result<Option<TaskCard>, StoreError> {
        let Some(entry) = self.person(id)? else { return Ok(None) };
        let Some(task) = self.store.task(&entry.task)? else { return Ok(None) };
        let Some(identity) = self.store.identity()? else { return Ok(None) };
        let enrolment = self.store.enrolment(id)?;
        let durable = Durable::Kiosk { device: &identity.device, sequence: self.store.durable_sequence()? };
        let reason = enrolment.candidate().and_then(|c| {
            if let Review::Rejected { reason } = &c.review {
                Some(Code::find_or_general(reason))
            } else {
                None
            }
        });
        // A portrait that was made can be submitted even when the day's productions are used.
        let needed = if enrolment.draft.is_some() { Act::ResumeDraft } else { Act::Produce };
        let permitted = permits(Actor::Verified, needed, &enrolment, &task, day).is_ok();
        let again = permitted.then(|| submission_act(&enrolment));
        Ok(Some(TaskCard {
            state: enrolment.photo_state(durable),
            reason,
            tries_left: quota::resubmissions_left(&enrolment, &task),
            again,
            bound: !enrolment.bindings.is_empty(),
            delivery: task.settings.prints.then(|| enrolment.delivery_state()),
            address: permits(Actor::Verified, Act::GiveAddress, &enrolment, &task, day).is_ok(),
            fresh: self.context.link.is_online(),
            task: task.name,
            school: task.school,
        }))
    }
}
