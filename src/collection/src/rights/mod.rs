//! Rights: whether something may be done now, by whom, and if not, why and until when.
//!
//! [`permits`] is asked before anything is written. The fold judges what was written all the same, because a kiosk without a
//! network cannot know everything.

mod act;
mod money;
mod person;
mod portrait;
mod refusal;
mod server;
#[cfg(test)]
mod tests;

pub use act::{Act, Actor};
pub use portrait::submission_act;
pub use refusal::{Reason, Refusal};

use crate::{Enrolment, PaymentMode, Task, Window};
use jiff::civil::Date;

/// Whether `actor` may do `act` on the school's day `today`.
///
/// # Errors
/// The reason, and the telephone of the registry.
pub fn permits(
    actor: Actor,
    act: Act,
    enrolment: &Enrolment,
    task: &Task,
    today: Date,
) -> Result<(), Refusal> {
    judge(actor, act, enrolment, task, today)
        .map_err(|reason| Refusal { reason, phone: task.registry_phone.clone() })
}

fn judge(actor: Actor, act: Act, enrolment: &Enrolment, task: &Task, today: Date) -> Result<(), Reason> {
    authority(actor, act)?;
    if act.least() != Actor::Server {
        person::not_erased(enrolment)?;
    }
    if act.needs_open_task() {
        window(task, today)?;
    }
    match act {
        Act::Produce => portrait::produce(enrolment, task, today),
        Act::ResumeDraft => portrait::resume_draft(enrolment, task),
        Act::Submit | Act::Replace | Act::Resubmit => portrait::submit(act, enrolment, task),
        Act::Pay => money::pay_by(PaymentMode::WechatNative, enrolment, task),
        Act::RedeemVoucher => money::pay_by(PaymentMode::Voucher, enrolment, task),
        Act::PayLater => money::pay_by(PaymentMode::PayLater, enrolment, task),
        Act::SecondFactor => person::second_factor(enrolment),
        Act::GiveAddress => person::give_address(enrolment, task),
        Act::Unbind => person::unbind(enrolment),
        Act::Withdraw => person::withdraw(enrolment),
        Act::RequestErasure => person::request_erasure(enrolment),
        Act::EnterManually => Reason::NoManualEntry.refuses_if(!task.settings.manual_entry),
        Act::Import => Reason::NoImport.refuses_if(!task.settings.import),
        Act::SeeTasks
        | Act::LinkPhone
        | Act::Override
        | Act::GrantProduction
        | Act::UnlockSecondFactor
        | Act::VerifyByStaff => Ok(()),
        Act::BeginReview => server::begin_review(enrolment),
        Act::Decide => server::decide(enrolment),
        Act::HandOver => server::hand_over(enrolment, task),
        Act::Publish => server::publish(enrolment),
        Act::Print => server::print(enrolment, task),
        Act::Mail => server::mail(enrolment),
        Act::Refund => server::refund(enrolment),
        Act::ResolveCase => Reason::NoCase.refuses_if(enrolment.open_cases().next().is_none()),
        Act::Erase => server::erase(enrolment),
    }
}

fn authority(actor: Actor, act: Act) -> Result<(), Reason> {
    if actor.is_enough_for(act.least()) {
        return Ok(());
    }
    Err(match (actor, act.least()) {
        (Actor::Server, _) => Reason::KioskOnly,
        (_, Actor::Verified) => Reason::SecondFactorNeeded,
        (_, Actor::Server) => Reason::ServerOnly,
        (_, Actor::Student | Actor::Staff) => Reason::StaffOnly,
    })
}

/// Whether the task collects on this day.
fn window(task: &Task, today: Date) -> Result<(), Reason> {
    match task.window(today) {
        Window::NotOpen => Err(Reason::NotOpen { opens: task.opens }),
        Window::Open => Ok(()),
        Window::Closed => Err(Reason::Closed { closes: task.closes }),
    }
}
