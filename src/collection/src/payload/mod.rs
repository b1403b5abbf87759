//! Finds the student whom a collection code names: its payload is tried on the decoders that the open tasks list, in their order.
//!
//! A payload is untrusted bytes. It is bounded, nothing of it is believed before a signature or the roster confirms it, and every
//! way in which it can be the wrong code has its own [`CodeFault`], so that the student is told what to do.
//!
//! The first decoder that knows the code decides. `signed` knows codes of its keys, `masked` texts with all its fields,
//! `external` what the collector's command does not reject as foreign, `token` codes that a student used before. A decoder that
//! knows the code and rejects it ends the search; one that does not know it, or a command that fails, leaves it to the next. A
//! code that none of them knows is an unknown token, for which the student types a number, unless a decoder or the form of the
//! payload gives a better reason.

mod bytes;
mod claims;
mod external;
mod fault;
mod format;
mod kind;
mod lookup;
mod masked;
mod signed;

pub use bytes::Payload;
pub use external::MAX_REPLY_BYTES;
pub use fault::CodeFault;
pub use format::{Format, Masked};
pub use lookup::{Failure, Match, RosterLookup};
pub use signed::{CodeError, sign_code};

use crate::{Decoder, Standing, Task, standing};
use claims::find_student;
use external::Answer;
use jiff::Timestamp;
use lookup::Outcome;

/// Largest payload that is looked at, bytes. The largest QR code holds 2,953.
pub const MAX_PAYLOAD_BYTES: usize = 4 * 1024;

/// The student whom a payload names, among the tasks that this kiosk collects for, at trusted time `now`. `Ok(Err(…))` says what
/// is wrong with the code.
///
/// # Errors
/// When the kiosk cannot look something up.
pub fn resolve<O: RosterLookup>(
    bytes: &[u8],
    tasks: &[Task],
    now: Timestamp,
    lookup: &mut O,
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
        match turn(decoder, &listing, tasks, payload, now, lookup)? {
            Outcome::Student(task, entry) => {
                let bound = matches!(decoder, Decoder::Token);
                return admit(Match { task: task.clone(), entry: *entry, bound }, now, lookup);
            }
            Outcome::Fault(fault) => return Ok(Err(fault)),
            Outcome::NotMine(why) => passed = passed.or(why),
        }
    }
    Ok(Err(kind::foreign(payload.as_bytes()).or(passed).unwrap_or(CodeFault::UnknownToken)))
}

/// Mistakes in a task's decoders, one line each; checked when the task is made, because a kiosk can only skip such decoders.
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

/// The distinct decoders in order of first mention, each with the tasks that list it. All keys of signed codes are one decoder:
/// the code names its key.
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

fn turn<'t, O: RosterLookup>(
    decoder: &Decoder,
    listing: &[&'t Task],
    tasks: &'t [Task],
    payload: Payload<'_>,
    now: Timestamp,
    lookup: &mut O,
) -> Result<Outcome<'t>, O::Error> {
    let day = |task: &Task| task.day(now);
    let bytes = payload.as_bytes();
    match decoder {
        Decoder::Signed { .. } => signed::turn(bytes, tasks, now, lookup),
        Decoder::Masked(masked) => match masked.read(bytes) {
            Some(claims) => find_student(&claims, listing, day, lookup),
            None => Ok(Outcome::NotMine(None)),
        },
        Decoder::External { name } => {
            match lookup.decode(name, bytes).and_then(|reply| external::answer(&reply)) {
                Ok(Answer::Claims(claims)) => find_student(&claims, listing, day, lookup),
                Ok(Answer::Fault(fault)) => Ok(Outcome::Fault(fault)),
                Ok(Answer::NotMine) => Ok(Outcome::NotMine(None)),
                Err(Failure::TimedOut) => Ok(Outcome::NotMine(Some(CodeFault::DecoderTimedOut))),
                Err(Failure::Failed) => Ok(Outcome::NotMine(Some(CodeFault::DecoderFailed))),
            }
        }
        Decoder::Token => token(payload, listing, lookup),
    }
}

/// The student to whom the code is bound. A code that is bound to two students names neither.
fn token<'t, O: RosterLookup>(
    payload: Payload<'_>,
    listing: &[&'t Task],
    lookup: &mut O,
) -> Result<Outcome<'t>, O::Error> {
    let mut found = None;
    for task in listing {
        let Ok(key) = task.key() else { continue };
        match standing(lookup.holders(&task.id, &key.token(payload))?) {
            Standing::Free => {}
            Standing::Bound(_) if found.is_some() => return Ok(Outcome::Fault(CodeFault::UsedByAnother)),
            Standing::Bound(one) => found = Some((*task, one)),
            Standing::Contested(_) => return Ok(Outcome::Fault(CodeFault::UsedByAnother)),
        }
    }
    let Some((task, enrolment)) = found else { return Ok(Outcome::NotMine(None)) };
    Ok(match lookup.enrolled(enrolment)? {
        Some(entry) => Outcome::Student(task, Box::new(entry)),
        None => Outcome::Fault(CodeFault::not_on_roster(task)),
    })
}

/// While the task collects, every student may enter; after it closed, those who submitted a portrait may.
fn admit<O: RosterLookup>(
    found: Match,
    now: Timestamp,
    lookup: &mut O,
) -> Result<Result<Match, CodeFault>, O::Error> {
    match CodeFault::of_day(&found.task, found.task.day(now)) {
        Some(CodeFault::Closed { .. }) if lookup.has_submitted(found.entry.enrolment)? => {}
        Some(fault) => return Ok(Err(fault)),
        None => {}
    }
    Ok(Ok(found))
}

#[cfg(test)]
mod tests;
