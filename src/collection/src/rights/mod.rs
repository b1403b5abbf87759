//! Rights: may this be done now, by whom, and if not, why and from when on.
//!
//! [`permits`] is asked before anything is written; the fold judges what was written all the same, because a kiosk without a
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
pub use refusal::{CODES, Refusal};

use crate::{Enrolment, Participation, Task};
use jiff::civil::{Date, time};

/// Whether `actor` may do `act` on the school's day `today`.
///
/// # Errors
/// The reason, as a sentence's code, and when it reopens.
pub fn permits(
    actor: Actor,
    act: Act,
    enrolment: &Enrolment,
    task: &Task,
    today: Date,
) -> Result<(), Refusal> {
    authority(actor, act, task)?;
    if act.least() == Actor::Server {
        return server::permits(act, enrolment, task);
    }
    if enrolment.participation == Participation::Erased {
        return Err(Refusal::new("rights.erased").phone(task));
    }
    match act {
        Act::Produce | Act::Submit | Act::Replace | Act::Resubmit | Act::ResumeDraft => {
            window(task, today)?;
            portrait::permits(act, enrolment, task, today)
        }
        Act::Pay | Act::RedeemVoucher | Act::PayLater => {
            window(task, today)?;
            money::permits(act, enrolment, task)
        }
        Act::EnterByHand | Act::Import | Act::GrantProduction => {
            window(task, today)?;
            person::permits(act, enrolment, task)
        }
        _ => person::permits(act, enrolment, task),
    }
}

fn authority(actor: Actor, act: Act, task: &Task) -> Result<(), Refusal> {
    if actor.is_enough_for(act.least()) {
        return Ok(());
    }
    let code = match (actor, act.least()) {
        (Actor::Server, _) => "rights.kiosk_only",
        (_, Actor::Verified) => "rights.second_factor_needed",
        (_, Actor::Server) => "rights.server_only",
        _ => "rights.staff_only",
    };
    Err(Refusal::new(code).phone(task))
}

/// Whether the task collects on this day.
///
/// # Errors
/// When it has not opened yet or is closed.
pub fn window(task: &Task, today: Date) -> Result<(), Refusal> {
    if today < task.opens {
        let mut refusal = Refusal::new("rights.not_open").with("opens", &task.opens).phone(task);
        refusal.reopens = Some(task.opens.to_datetime(time(0, 0, 0, 0)));
        return Err(refusal);
    }
    if today > task.closes {
        return Err(Refusal::new("rights.closed").with("closes", &task.closes).phone(task));
    }
    Ok(())
}
