//! Something is being fetched; what was on the screen stays there, because it takes less time than a change of screens would.

use crate::behaviour::{Open, Resting};
use crate::context::Context;
use crate::next::{Next, NextAction};
use crate::personal::Payload;
use crate::photo::Draft;
use crate::reply::{BindOutcome, Reply};
use crate::request::RecordsRequest;
use crate::sentence::Sentence;
use crate::subject::EnrolmentRef;
use crate::touch::Touch;
use collection::rights::{Act, Actor, permits};
use collection::{Enrolment, EnrolmentId, Task, TaskId};
use sentences::codes;

/// What is being fetched, and what for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LoadingStage {
    /// The task, for somebody who is on no roster.
    Task(TaskId),
    /// The binding of a code to the student in front.
    Binding {
        /// Whose it becomes.
        of: EnrolmentRef,
        /// What the code says.
        payload: Payload,
    },
    /// The portrait that was made and not submitted.
    Draft(EnrolmentId),
}

impl Resting for LoadingStage {
    fn is_busy(&self) -> bool {
        true
    }
}

impl Open for LoadingStage {
    fn begin(&mut self, cx: &mut Context<'_>) {
        cx.ask_records(match self {
            LoadingStage::Task(task) => RecordsRequest::LoadTask(task.clone()),
            LoadingStage::Binding { of, payload } => {
                RecordsRequest::BindCode { of: of.clone(), payload: payload.clone() }
            }
            LoadingStage::Draft(enrolment) => RecordsRequest::LoadDraft(*enrolment),
        });
    }

    fn touch(&mut self, _cx: &mut Context<'_>, _touch: Touch) -> Next {
        Next::Stay
    }

    fn reply(&mut self, cx: &mut Context<'_>, reply: Reply) -> Next {
        match self {
            LoadingStage::Task(_) => {
                let Reply::Task(task) = reply else { return Next::Stay };
                task_loaded(cx, task)
            }
            LoadingStage::Binding { .. } => {
                let Reply::Bound(outcome) = reply else { return Next::Stay };
                bound(cx, outcome)
            }
            LoadingStage::Draft(_) => {
                let Reply::Draft(draft) = reply else { return Next::Stay };
                draft_loaded(cx, draft)
            }
        }
    }
}

fn task_loaded(cx: &Context<'_>, task: Option<Box<Task>>) -> Next {
    let Some(task) = task else {
        return Next::Say(Sentence::plain(codes::ENTRY_TOO_MANY), NextAction::End, None);
    };
    // Nothing has happened yet to somebody whom nobody knows.
    let nobody = Enrolment::new(EnrolmentId::DEVICE);
    match permits(Actor::Student, Act::EnterManually, &nobody, &task, cx.today()) {
        Err(refusal) => Next::Refuse(refusal),
        Ok(()) => Next::TypePerson(task),
    }
}

fn bound(cx: &mut Context<'_>, outcome: BindOutcome) -> Next {
    match outcome {
        BindOutcome::Bound | BindOutcome::Failed => Next::GoOn,
        BindOutcome::SecondClaimant => cx.with_subject(|_, subject| {
            let sentence = Sentence::with(codes::VISIT_SECOND_CLAIMANT, "phone", subject.phone());
            Next::Say(sentence, NextAction::GoOn, None)
        }),
    }
}

/// A portrait that was made at another kiosk is not here: a new one is made.
fn draft_loaded(cx: &mut Context<'_>, draft: Option<Draft>) -> Next {
    if let Some(Draft { made, original, compared }) = draft {
        return Next::ShowResult { made, original, compared, draft: true };
    }
    cx.with_subject(|_, subject| {
        subject.enrolment.draft = None;
        Next::GoOn
    })
}
