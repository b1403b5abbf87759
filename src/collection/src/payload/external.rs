//! Reads the reply of a collector's decoder: a JSON object on its standard output, trusted no more than any other untrusted bytes.
//!
//! It holds either what the code claims (`unique_number`, and as far as the decoder knows `name`, `number`, `school`), or why the
//! code is rejected (`error`). The claims are compared with the roster as those of a masked code are.

use super::claims::{Claims, filled, unique_number};
use super::fault::CodeFault;
use super::lookup::Failure;
use crate::Stars;
use serde::Deserialize;

/// Longest reply that is read, bytes.
pub const MAX_REPLY_BYTES: usize = 16 * 1024;

/// Why a decoder rejected a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Refusal {
    /// Not a code that it reads; the next decoder is tried.
    NotMine,
    OtherSchool,
    OtherTask,
    Expired,
    Forged,
    UnknownKey,
    Damaged,
}

#[derive(Deserialize)]
struct Reply {
    error: Option<Refusal>,
    unique_number: Option<String>,
    name: Option<String>,
    number: Option<String>,
    school: Option<String>,
    #[serde(default)]
    stars: Stars,
}

/// What a reply says.
pub(super) enum Answer {
    Claims(Claims),
    /// It read the code and rejects it.
    Fault(CodeFault),
    NotMine,
}

/// Reads a reply.
pub(super) fn answer(reply: &[u8]) -> Result<Answer, Failure> {
    if reply.len() > MAX_REPLY_BYTES {
        return Err(Failure::Failed);
    }
    let reply: Reply = serde_json::from_slice(reply).map_err(|_| Failure::Failed)?;
    match (reply.error, reply.unique_number) {
        (Some(error), None) => Ok(refused(error)),
        (None, Some(number)) => Ok(Answer::Claims(Claims {
            unique_number: unique_number(&number).ok_or(Failure::Failed)?,
            name: filled(reply.name),
            number: filled(reply.number),
            school: filled(reply.school),
            stars: reply.stars,
        })),
        // Both or neither: the reply contradicts itself.
        _ => Err(Failure::Failed),
    }
}

fn refused(error: Refusal) -> Answer {
    Answer::Fault(match error {
        Refusal::NotMine => return Answer::NotMine,
        Refusal::OtherSchool => CodeFault::OtherSchool,
        Refusal::OtherTask => CodeFault::OtherTask,
        Refusal::Expired => CodeFault::Expired,
        Refusal::Forged => CodeFault::Forged,
        Refusal::UnknownKey => CodeFault::UnknownKey,
        Refusal::Damaged => CodeFault::Damaged,
    })
}
