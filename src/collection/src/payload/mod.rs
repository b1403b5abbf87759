//! Whose a collection code is: its payload, tried on the decoders that the open tasks list, in their order.
//!
//! A payload is bytes from outside. It is bounded, nothing of it is believed before a signature or the roster vouched for
//! it, and every way in which it can be the wrong code has its own [`CodeFault`], because the student in front should hear what
//! to do.
//!
//! The first decoder that knows the code decides. `signed` knows codes of its keys, `masked` texts with all its fields,
//! `external` what the collector's command does not turn away, `token` codes that a student used before. Knowing it and finding
//! it wrong ends the reading; not knowing it, or a command that fails, passes it on. What nobody knows is the unknown token of
//! the typed road, unless a decoder that passed it on, or the look of it, tells more.

mod bytes;
mod external;
mod fault;
mod kind;
mod masked;
mod said;
mod signed;

pub use bytes::Payload;
pub use external::MAX_REPLY_BYTES;
pub use fault::CodeFault;
pub use masked::{Format, Masked};
pub use signed::{CodeError, sign_code};

use crate::{Decoder, EnrolmentId, RosterEntry, Standing, Task, TaskId, TokenHash, UniqueNumber, standing};
use external::Answer;
use jiff::Timestamp;
use said::settle;

/// Largest payload that is looked at, bytes. The largest QR code holds 2,953.
pub const MAX_PAYLOAD_BYTES: usize = 4 * 1024;

/// Whose a code is.
#[derive(Clone, Debug)]
pub struct Match {
    /// The task.
    pub task: Task,
    /// The student on its roster.
    pub entry: RosterEntry,
    /// Nothing in the code says so, only that this student used it first: whoever says "not me" may claim it.
    pub bound: bool,
}

/// Why a collector's command gave no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// It did not answer in time.
    TimedOut,
    /// It is not configured, could not be shut off from the network, broke off, or its reply is no reply.
    Failed,
}

/// What reading a code asks of the kiosk around it.
pub trait Outside {
    /// Why the kiosk cannot answer; ends the reading.
    type Error;

    /// Runs the command configured under this name on the payload; its reply, at most [`MAX_REPLY_BYTES`].
    ///
    /// # Errors
    /// [`Failure`], which only passes the code on.
    fn decode(&mut self, decoder: &str, payload: &[u8]) -> Result<Vec<u8>, Failure>;

    /// The student with this unique number on the task's roster.
    ///
    /// # Errors
    /// When the roster cannot be read.
    fn student(&mut self, task: &TaskId, number: &UniqueNumber) -> Result<Option<RosterEntry>, Self::Error>;

    /// The enrolments to which this code was bound.
    ///
    /// # Errors
    /// When they cannot be read.
    fn holders(&mut self, task: &TaskId, token: &TokenHash) -> Result<Vec<EnrolmentId>, Self::Error>;

    /// The roster's entry of an enrolment.
    ///
    /// # Errors
    /// When the roster cannot be read.
    fn enrolled(&mut self, enrolment: EnrolmentId) -> Result<Option<RosterEntry>, Self::Error>;

    /// Whether a portrait of this enrolment was handed in: who did may look at it after the task closed.
    ///
    /// # Errors
    /// When it cannot be read.
    fn handed_in(&mut self, enrolment: EnrolmentId) -> Result<bool, Self::Error>;
}

/// How one decoder took a code.
enum Turn<'t> {
    /// This student's at this task.
    Here(&'t Task, Box<RosterEntry>),
    /// It knows the code, and the code does not do.
    Wrong(CodeFault),
    /// Not its code; what to say if nobody else knows it either.
    Pass(Option<CodeFault>),
}

/// Whose a payload is, among the tasks that this kiosk collects for, at trusted time `now`. `Ok(Err(…))` says what is wrong
/// with the code.
///
/// # Errors
/// When the kiosk cannot look something up.
pub fn whose<O: Outside>(
    bytes: &[u8],
    tasks: &[Task],
    now: Timestamp,
    outside: &mut O,
) -> Result<Result<Match, CodeFault>, O::Error> {
    if bytes.len() > MAX_PAYLOAD_BYTES {
        return Ok(Err(CodeFault::TooLong));
    }
    let payload = Payload::new(bytes);
    if let Some(fault) = kind::at_once(payload.as_bytes()) {
        return Ok(Err(fault));
    }
    let mut passed = None;
    for (decoder, listing) in order(tasks) {
        match turn(decoder, &listing, tasks, payload, now, outside)? {
            Turn::Here(task, entry) => {
                let bound = matches!(decoder, Decoder::Token);
                return admit(Match { task: task.clone(), entry: *entry, bound }, now, outside);
            }
            Turn::Wrong(fault) => return Ok(Err(fault)),
            Turn::Pass(why) => passed = passed.or(why),
        }
    }
    Ok(Err(kind::foreign(payload.as_bytes()).or(passed).unwrap_or(CodeFault::UnknownToken)))
}

/// What a task's decoders cannot mean, one line each; asked when the task is made, because a kiosk can only pass over them.
#[must_use]
pub fn mistakes(decoders: &[Decoder]) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut keys = std::collections::BTreeSet::new();
    for decoder in decoders {
        match decoder {
            Decoder::Signed { key_id, public_key, .. } => {
                if !keys.insert(key_id) {
                    wrong.push(format!("the key id {key_id} stands there twice"));
                }
                if crate::PublicKey::parse(public_key).is_err() {
                    wrong.push(format!("the public key of {key_id} is not 32 bytes of hex"));
                }
            }
            Decoder::Masked(masked) => wrong.extend(masked.mistakes()),
            Decoder::External { name } if name.is_empty() => {
                wrong.push("an external decoder has no name".to_owned());
            }
            Decoder::External { .. } | Decoder::Token => {}
        }
    }
    wrong
}

/// The distinct decoders in order of first mention, each with the tasks that list it. All keys of our own codes are one
/// decoder: which key signed, the code says.
fn order(tasks: &[Task]) -> Vec<(&Decoder, Vec<&Task>)> {
    let mut order: Vec<(&Decoder, Vec<&Task>)> = Vec::new();
    let signed = |d: &Decoder| matches!(d, Decoder::Signed { .. });
    for task in tasks {
        for decoder in &task.decoders {
            let known = order.iter_mut().find(|(d, _)| *d == decoder || (signed(d) && signed(decoder)));
            match known {
                Some((_, listing)) if listing.iter().any(|t| t.id == task.id) => {}
                Some((_, listing)) => listing.push(task),
                None => order.push((decoder, vec![task])),
            }
        }
    }
    order
}

fn turn<'t, O: Outside>(
    decoder: &Decoder,
    listing: &[&'t Task],
    tasks: &'t [Task],
    payload: Payload<'_>,
    now: Timestamp,
    outside: &mut O,
) -> Result<Turn<'t>, O::Error> {
    let day = |task: &Task| task.day(now);
    let bytes = payload.as_bytes();
    match decoder {
        Decoder::Signed { .. } => signed::turn(bytes, tasks, now, outside),
        Decoder::Masked(masked) => match masked.read(bytes) {
            Some(said) => settle(&said, listing, day, outside),
            None => Ok(Turn::Pass(None)),
        },
        Decoder::External { name } => {
            match outside.decode(name, bytes).and_then(|reply| external::answer(&reply)) {
                Ok(Answer::Said(said)) => settle(&said, listing, day, outside),
                Ok(Answer::Wrong(fault)) => Ok(Turn::Wrong(fault)),
                Ok(Answer::NotMine) => Ok(Turn::Pass(None)),
                Err(Failure::TimedOut) => Ok(Turn::Pass(Some(CodeFault::DecoderTimedOut))),
                Err(Failure::Failed) => Ok(Turn::Pass(Some(CodeFault::DecoderFailed))),
            }
        }
        Decoder::Token => token(payload, listing, outside),
    }
}

/// Whose token it is; bound to two, nobody is guessed.
fn token<'t, O: Outside>(
    payload: Payload<'_>,
    listing: &[&'t Task],
    outside: &mut O,
) -> Result<Turn<'t>, O::Error> {
    let mut found = None;
    for task in listing {
        let Ok(key) = task.key() else { continue };
        match standing(outside.holders(&task.id, &key.token(payload))?) {
            Standing::Free => {}
            Standing::Bound(_) if found.is_some() => return Ok(Turn::Wrong(CodeFault::UsedByAnother)),
            Standing::Bound(one) => found = Some((*task, one)),
            Standing::Contested(_) => return Ok(Turn::Wrong(CodeFault::UsedByAnother)),
        }
    }
    let Some((task, enrolment)) = found else { return Ok(Turn::Pass(None)) };
    Ok(match outside.enrolled(enrolment)? {
        Some(entry) => Turn::Here(task, Box::new(entry)),
        None => Turn::Wrong(CodeFault::not_on_roster(task)),
    })
}

/// A task that collects today lets everybody in, one that is over those who have something to look at.
fn admit<O: Outside>(
    found: Match,
    now: Timestamp,
    outside: &mut O,
) -> Result<Result<Match, CodeFault>, O::Error> {
    match CodeFault::outside(&found.task, found.task.day(now)) {
        Some(CodeFault::Closed { .. }) if outside.handed_in(found.entry.enrolment)? => {}
        Some(fault) => return Ok(Err(fault)),
        None => {}
    }
    Ok(Ok(found))
}

#[cfg(test)]
mod tests;
