//! The reply of a collector's own decoder: a JSON object on its standard output, believed no more than any other outside bytes.
//!
//! Either what the code says (`unique_number`, and as far as it knows `name`, `number`, `school`), or why it does not do
//! (`error`). What it says is held against the roster like a masked code; what it cannot say here, the kiosk looks up.

use super::said::{Said, filled, unique_number};
use super::{CodeFault, Failure};
use crate::Stars;
use serde::Deserialize;

/// Longest reply that is read, bytes.
pub const MAX_REPLY_BYTES: usize = 16 * 1024;

/// Why a decoder turned a code away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Refusal {
    /// Not a code that it reads: the next decoder's turn.
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
    Said(Said),
    /// It read the code, and the code does not do.
    Wrong(CodeFault),
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
        (None, Some(number)) => Ok(Answer::Said(Said {
            unique_number: unique_number(&number).ok_or(Failure::Failed)?,
            name: filled(reply.name),
            number: filled(reply.number),
            school: filled(reply.school),
            stars: reply.stars,
        })),
        // Both or neither: it does not know itself what it says.
        _ => Err(Failure::Failed),
    }
}

fn refused(error: Refusal) -> Answer {
    Answer::Wrong(match error {
        Refusal::NotMine => return Answer::NotMine,
        Refusal::OtherSchool => CodeFault::OtherSchool,
        Refusal::OtherTask => CodeFault::OtherTask,
        Refusal::Expired => CodeFault::Expired,
        Refusal::Forged => CodeFault::Forged,
        Refusal::UnknownKey => CodeFault::UnknownKey,
        Refusal::Damaged => CodeFault::Damaged,
    })
}
