//! Which stage follows: begins what a stage named as its next. The only place that knows all stages.

use crate::arrival::{self, Arrival};
use crate::context::Context;
use crate::next::{After, Help, Next, NextAction, Override};
use crate::sentence::Sentence;
use crate::stage::{
    AddressStage, BirthStage, CaptureStage, EntryStage, HelpStage, IdentityStage, LoadingStage, ManualStage,
    PaymentStage, PickStage, ReceiptStage, ResultStage, ScanStage, SchoolStage, SentenceStage, StaffStage,
    StaffTask, Stage, WhoStage, address, entry, payment, staff,
};
use crate::subject::{Purpose, Subject};
use collection::rights::Act;

/// What became of a step.
pub(crate) enum Outcome {
    /// The stage stays.
    Stay(Stage),
    /// Another one begins.
    Enter(Stage),
    /// The visit ends; perhaps the scanner says why.
    End(Option<Sentence>),
}

/// Follows what `stage` named until a stage begins, or none.
pub(crate) fn follow(cx: &mut Context<'_>, stage: Stage, mut next: Next) -> Outcome {
    loop {
        let arrival = match next {
            Next::Stay => return Outcome::Stay(stage),
            Next::End => return Outcome::End(None),
            Next::EndWith(sentence) => return Outcome::End(Some(sentence)),
            Next::CallStaff => return call_staff(stage),
            Next::LeaveStaff(over) => return leave_staff(cx, stage, over),
            Next::Say(sentence, action, help) => say(sentence, action, help),
            Next::Refuse(refusal) => {
                let help = arrival::help(&refusal);
                say(refusal.into(), NextAction::End, help)
            }
            Next::Help => at(Stage::Help(HelpStage)),
            Next::Scan(purpose) => at(Stage::Scan(ScanStage::for_purpose(purpose))),
            Next::ChooseTask(purpose, problem) => choose_task(cx, purpose, problem),
            Next::TypeNumber { purpose, problem, wrong } => {
                at(Stage::Entry(EntryStage::new(cx, purpose, problem, wrong)))
            }
            Next::Missed(purpose, problem) => {
                cx.student.subject = None;
                Arrival::Elsewhere(entry::missed(cx, purpose, problem))
            }
            Next::NotOnRoster => not_on_roster(cx),
            Next::TypePerson(task) => at(Stage::Manual(ManualStage::new(task))),
            Next::AskWho(subject, purpose) => {
                cx.student.subject = Some(subject);
                at(Stage::Who(WhoStage { purpose }))
            }
            Next::Meet(subject, purpose) => {
                cx.student.subject = Some(subject);
                meet(cx, purpose)
            }
            Next::MeetAgain => {
                let purpose = cx.student.purpose;
                meet(cx, purpose)
            }
            Next::Prove(purpose) => known(cx, |cx, subject| arrival::prove(cx, subject, purpose)),
            Next::BindOrGoOn => known(cx, arrival::bind_or_go_on),
            Next::GoOn => known(cx, |cx, subject| arrival::go_on(cx, subject)),
            Next::AskConsent => at(Stage::Identity(IdentityStage::default())),
            Next::Pay => known(cx, |_, subject| Arrival::Elsewhere(payment::first(subject))),
            Next::PayBy { at, skipped } => known(cx, |_, subject| match payment::mode_at(subject, at) {
                Some(mode) => Arrival::At(Stage::Payment(PaymentStage::new(mode, skipped))),
                None => Arrival::Elsewhere(Next::BeforeCamera),
            }),
            Next::BeforeCamera => known(cx, before_camera),
            Next::AskAddress(after) => at(Stage::Address(AddressStage::new(after))),
            Next::AddressSettled(after) => address_settled(cx, after),
            Next::Capture => at(Stage::Capture(CaptureStage::default())),
            Next::AnotherTry => known(cx, |cx, subject| another_try(cx, subject)),
            Next::Pick(frames) => {
                known(cx, |cx, subject| at(Stage::Pick(PickStage::new(cx, subject, frames))))
            }
            Next::ShowResult { made, original, compared, draft } => at(Stage::Result(ResultStage {
                made,
                original,
                compared,
                submitting: false,
                failure: None,
                draft,
            })),
            Next::ShowReceipt(receipt, portrait) => {
                let until = cx.now() + cx.kiosk.timings.receipt;
                at(Stage::Receipt(ReceiptStage { receipt, portrait, until }))
            }
        };
        match arrival {
            Arrival::At(stage) => return Outcome::Enter(stage),
            Arrival::Elsewhere(further) => next = further,
        }
    }
}

fn at(stage: Stage) -> Arrival {
    Arrival::At(stage)
}

fn say(sentence: Sentence, action: NextAction, help: Option<Help>) -> Arrival {
    at(Stage::Sentence(SentenceStage { sentence, action, help }))
}

/// With the student in front; where there is none, the visit ends.
fn known(cx: &mut Context<'_>, step: impl FnOnce(&mut Context<'_>, &Subject) -> Arrival) -> Arrival {
    let Some(subject) = cx.student.subject.take() else { return Arrival::Elsewhere(Next::End) };
    let arrival = step(cx, &subject);
    cx.student.subject = Some(subject);
    arrival
}

fn meet(cx: &mut Context<'_>, purpose: Purpose) -> Arrival {
    known(cx, |cx, subject| Arrival::Elsewhere(arrival::meet(cx, subject, purpose)))
}

/// Before anything is typed: which task is it for? 我的任务 is about all of them.
fn choose_task(cx: &Context<'_>, purpose: Purpose, problem: Option<Sentence>) -> Arrival {
    if purpose != Purpose::Portrait || cx.student.task.is_some() {
        return Arrival::Elsewhere(Next::TypeNumber { purpose, problem, wrong: false });
    }
    at(Stage::School(SchoolStage::new(problem)))
}

fn not_on_roster(cx: &Context<'_>) -> Arrival {
    match cx.student.task.clone() {
        Some(task) => at(Stage::Loading(LoadingStage::Task(task))),
        None => Arrival::Elsewhere(Next::Stay),
    }
}

/// The camera, or the address first. A student who only showed a code answers with month and day of birth before; one who
/// cannot any more goes on without.
fn before_camera(cx: &mut Context<'_>, subject: &Subject) -> Arrival {
    let asked = address::is_wanted(cx, subject);
    if asked && cx.student.proven {
        return Arrival::Elsewhere(Next::AskAddress(After::Camera));
    }
    if asked && cx.may(Act::SecondFactor, subject).is_ok() {
        cx.student.purpose = Purpose::Address;
        return at(Stage::Birth(BirthStage::new(Purpose::Address)));
    }
    cx.student.purpose = Purpose::Portrait;
    Arrival::Elsewhere(Next::Capture)
}

fn address_settled(cx: &mut Context<'_>, after: After) -> Arrival {
    cx.student.address_settled = true;
    let (purpose, next) = match after {
        After::Camera => (Purpose::Portrait, Next::Capture),
        After::Tasks => (Purpose::MyTasks, Next::GoOn),
    };
    cx.student.purpose = purpose;
    Arrival::Elsewhere(next)
}

/// Retakes are free and unlimited, until the registry has to decide.
fn another_try(cx: &Context<'_>, subject: &Subject) -> Arrival {
    Arrival::Elsewhere(match cx.may(Act::Produce, subject) {
        Ok(()) => Next::Capture,
        Err(refusal) => Next::Refuse(refusal),
    })
}

/// Staff is asked for their PIN, about the frame or the sentence on the screen.
fn call_staff(stage: Stage) -> Outcome {
    let task = match &stage {
        Stage::Pick(pick) => Some(StaffTask::Override(pick.clone())),
        Stage::Sentence(said) => StaffTask::about(said.clone()),
        Stage::Scan(_)
        | Stage::Help(_)
        | Stage::Paused(_)
        | Stage::School(_)
        | Stage::Entry(_)
        | Stage::Manual(_)
        | Stage::Loading(_)
        | Stage::Who(_)
        | Stage::Birth(_)
        | Stage::Identity(_)
        | Stage::Payment(_)
        | Stage::Address(_)
        | Stage::Capture(_)
        | Stage::Staff(_)
        | Stage::Result(_)
        | Stage::Receipt(_)
        | Stage::Tasks(_) => None,
    };
    match task {
        Some(task) => Outcome::Enter(Stage::Staff(StaffStage::new(task))),
        None => Outcome::Stay(stage),
    }
}

/// Back to what the student saw, with what staff let pass.
fn leave_staff(cx: &mut Context<'_>, stage: Stage, over: Option<Override>) -> Outcome {
    let Stage::Staff(StaffStage { task, .. }) = stage else { return Outcome::Stay(stage) };
    let arrival = match task {
        StaffTask::Override(pick) => {
            known(cx, |cx, subject| at(Stage::Pick(staff::overridden(cx, subject, pick, over))))
        }
        StaffTask::Grant(said) | StaffTask::Unlock(said) | StaffTask::Verify(said) => {
            at(Stage::Sentence(said))
        }
    };
    match arrival {
        Arrival::At(stage) => Outcome::Enter(stage),
        Arrival::Elsewhere(_) => Outcome::End(None),
    }
}
