//! Where a visit leads once it is known who stands in front: what the rules leave open, what must be proven first, and whether
//! a portrait from an earlier visit waits.

use crate::context::Context;
use crate::next::{After, Help, Next};
use crate::stage::{BirthStage, IdentityStage, LoadingStage, Stage, TasksStage};
use crate::subject::{Purpose, Subject};
use collection::rights::{Act, Reason, Refusal};

/// A stage that begins, or where else it goes on.
pub(crate) enum Arrival {
    /// This stage.
    At(Stage),
    /// Somewhere else.
    Elsewhere(Next),
}

/// It is known who stands in front. What has begun before, or is to be looked at, must be proven.
pub(crate) fn meet(cx: &mut Context<'_>, subject: &Subject, purpose: Purpose) -> Next {
    cx.student.purpose = purpose;
    if let Some(refusal) = refusal(cx, subject) {
        return Next::Refuse(refusal);
    }
    let begun = subject.enrolment.candidate().is_some() || subject.has_draft();
    let guarded = purpose == Purpose::MyTasks || begun;
    if guarded && !cx.student.proven { Next::Prove(purpose) } else { Next::GoOn }
}

/// Why what the student came for is not permitted now.
fn refusal(cx: &Context<'_>, subject: &Subject) -> Option<Refusal> {
    let act = match cx.student.purpose {
        Purpose::MyTasks if cx.student.proven => return None,
        Purpose::MyTasks => Act::SecondFactor,
        Purpose::Address => Act::GiveAddress,
        // The production was counted when it was shown; only submitting is left.
        Purpose::Portrait if subject.has_draft() => Act::ResumeDraft,
        // A production is permitted only where its portrait could be submitted, so this one question is enough.
        Purpose::Portrait => Act::Produce,
    };
    cx.may(act, subject).err()
}

/// Asks for the second factor, unless it is locked.
pub(crate) fn prove(cx: &mut Context<'_>, subject: &Subject, purpose: Purpose) -> Arrival {
    cx.student.purpose = purpose;
    match cx.may(Act::SecondFactor, subject) {
        Err(refusal) => Arrival::Elsewhere(Next::Refuse(refusal)),
        Ok(()) => Arrival::At(Stage::Birth(BirthStage::new(purpose))),
    }
}

/// Nothing more has to be proven: on to what the student came for.
pub(crate) fn go_on(cx: &Context<'_>, subject: &Subject) -> Arrival {
    if let Some(refusal) = refusal(cx, subject) {
        return Arrival::Elsewhere(Next::Refuse(refusal));
    }
    match cx.student.purpose {
        Purpose::MyTasks => Arrival::At(Stage::Tasks(TasksStage::default())),
        Purpose::Address => Arrival::Elsewhere(Next::AskAddress(After::Camera)),
        Purpose::Portrait if subject.has_draft() => {
            Arrival::At(Stage::Loading(LoadingStage::Draft(subject.entry.enrolment)))
        }
        Purpose::Portrait => Arrival::At(Stage::Identity(IdentityStage::default())),
    }
}

/// Month and day were right: a code that nobody knew now belongs to this student.
pub(crate) fn bind_or_go_on(cx: &mut Context<'_>, subject: &Subject) -> Arrival {
    match cx.student.claim.take() {
        Some(payload) => Arrival::At(Stage::Loading(LoadingStage::Binding { of: subject.key(), payload })),
        None => Arrival::Elsewhere(Next::GoOn),
    }
}

/// What staff can do here and now about a refusal.
pub(crate) fn help(refusal: &Refusal) -> Option<Help> {
    let reason = refusal.reason;
    if matches!(reason, Reason::QuotaUsed { .. } | Reason::QuotaUsedLastDay { .. } | Reason::ComparisonCase) {
        Some(Help::Grant)
    } else if reason == Reason::SecondFactorLocked {
        Some(Help::Unlock)
    } else if reason == Reason::CaseOpen {
        // What the registry decides is easier when somebody has looked at the person and the document.
        Some(Help::Verify)
    } else {
        None
    }
}
